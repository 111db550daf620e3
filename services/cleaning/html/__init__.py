"""Parse an HTML page into blocks of text."""
