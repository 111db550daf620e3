"""Extract the features by which articles are compared: tokens, shingles, entities and dates."""
