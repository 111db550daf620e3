"""Training of the merge score of stories."""
