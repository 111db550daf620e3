"""Stories and their life cycle: created, updated, merged, split, closed."""
