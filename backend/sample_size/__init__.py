"""Before fieldwork: how many responses each district and the city need for a stated goal."""
