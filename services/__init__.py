"""The pipeline: cleaning, tagging and dedup, and what they share."""
