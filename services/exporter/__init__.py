"""The exporter: consumer lag and the pipeline heartbeat as Prometheus metrics."""
