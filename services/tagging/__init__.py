"""The tagging stage: find the entities and the quotations of an article."""
