"""The places of the world, and which of them a name means."""
