"""Assign each article to an open story: find candidate stories, score them, and keep them open."""
