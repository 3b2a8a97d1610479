"""Surveys: what is published under which address, in which version, and whether it is open."""
