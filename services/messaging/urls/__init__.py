"""The normal form of a URL, and the canonical URL that a page names."""
