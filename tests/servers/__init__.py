"""Servers that tests start: PostgreSQL, and Minsheng itself."""
