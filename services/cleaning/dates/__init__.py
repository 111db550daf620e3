"""Dates of an article: parsing, the candidates of a page, and the choice among them."""
