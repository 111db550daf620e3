"""Dedup: what an article is to the articles before it, and which story it tells."""
