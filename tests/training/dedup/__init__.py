"""Train the merge score of stories."""
