"""The document rules: from the names in an article to its entities."""
