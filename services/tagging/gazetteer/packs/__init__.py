"""Packs: rows of the gazetteer for well-known names, with ids in other registers."""
