"""Records, codec, identity, errors, dead letters and trace context."""
