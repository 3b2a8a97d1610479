"""Fieldwork under way: responses that the quality rules flag, and what people decide on them."""
