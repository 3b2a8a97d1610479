"""What is asked, and whether an answer is one. Pure: no web, database, clock or chance."""
