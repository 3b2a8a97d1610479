"""Alembic migrations; run through `backend.db.migrate`, never by a configuration file."""
