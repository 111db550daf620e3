"""Cleaning: from a page or scraped text to the article's own words."""
