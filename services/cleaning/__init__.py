"""Cleaning: extract the text and the metadata of an article from a page or scraped text."""
