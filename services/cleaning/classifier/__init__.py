"""Classify which blocks or lines of a page belong to the article."""
