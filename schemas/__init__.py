"""The contract: every message, every topic, and how a message becomes a CloudEvent."""
