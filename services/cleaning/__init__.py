"""Cleaning: extract the article from a page, or from scraped text."""
