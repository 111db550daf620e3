"""From marked spans to the entities of an article."""
