"""Everything that touches the world: web, database, files, clock, command line."""
