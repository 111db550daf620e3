"""Language models that mark named entities."""
