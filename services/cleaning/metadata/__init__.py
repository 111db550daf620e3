"""Metadata of a page: title, authors, dates and what else it states about itself."""
