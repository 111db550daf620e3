"""Delivery audit, diff, replay, redrive and the process supervisor."""
