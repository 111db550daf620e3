"""Word lists by language: one folder a language, named by its ISO 639-1 code."""
