"""Tagging: the entities and quotes of an article."""
