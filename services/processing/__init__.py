"""What a stage is, and the runner that applies the delivery rules to it."""
