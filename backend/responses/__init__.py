"""Responses: accepting what residents submit, once, and only when it is stored."""
