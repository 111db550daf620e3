"""The public contract as files: JSON Schema, AsyncAPI, compatibility checks, registry."""
