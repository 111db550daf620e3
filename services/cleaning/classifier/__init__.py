"""Decide which blocks of a page belong to the article."""
