"""Metrics, logs, spans and health of the workers."""
