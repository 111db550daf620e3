"""Assign an article to an open story."""
