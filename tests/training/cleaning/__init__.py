"""Train the cleaner's block classifier."""
