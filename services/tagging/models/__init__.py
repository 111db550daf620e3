"""Language models for named-entity recognition."""
