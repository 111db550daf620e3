"""Features of an article that dedup compares: tokens, similarity, dates."""
