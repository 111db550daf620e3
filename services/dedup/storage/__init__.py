"""Stored rows of dedup, and how a shard is rebuilt from them."""
