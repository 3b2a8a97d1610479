"""Ratings: assessment rounds, registers, the live rating, and the reports made of them."""
