"""The specification of Minsheng, in its users' words."""
