"""The user's own names and ids."""
