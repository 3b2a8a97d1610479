"""From counts to figures to stars. Pure: no web, database, clock or chance."""
