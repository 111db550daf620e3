"""Title, authors, dates and other facts that a page states about itself."""
