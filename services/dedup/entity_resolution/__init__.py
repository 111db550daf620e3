"""Decide which entities of a story are one, under a short and a full name."""
