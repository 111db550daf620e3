"""Bring raw articles into the raw topic."""
