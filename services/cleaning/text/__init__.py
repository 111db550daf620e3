"""Lines, characters and Unicode repair of plain text."""
