"""Plain text: lines, properties of lines, Unicode repair."""
