"""Generate `docs/metrics.md` from the metrics: `python -m tests.docs.metrics_page`."""

from __future__ import annotations

from pathlib import Path

from services.observability.metrics import VOCABULARY, Metric

PAGE = Path(__file__).parents[2] / "docs" / "metrics.md"

_HEAD = """\
# Metrics

Generated from [`services/observability/metrics.py`](../services/observability/metrics.py)
by `make metrics`; edit the metrics there.

Each worker exposes its own metrics at `/metrics` (ports 9101 to 9103, in containers 9100).
The lag and the number of heartbeats sent are exposed by the exporter (`newsloom run exporter`,
port 9104). The alerts are defined in [`deploy/prometheus`](../deploy/prometheus); the
[runbook](runbook.md) says what to do about each. The names of counters end in `_total`, those
of histograms in `_bucket`, `_sum` and `_count`. The Prometheus client adds the metrics
`process_…` and `python_…`.

The label `stage` is cleaning, tagging or dedup. No label grows without bound: outcomes,
reasons and changes are fixed lists, languages are limited to the first 64 seen, and outlets
to the 20 with the most near-duplicates, which change at most once an hour.

| name | type | labels | meaning | what a bad value means |
|---|---|---|---|---|
"""


def page() -> str:
    """Return the text of the page."""
    return _HEAD + "".join(f"{_row(metric)}\n" for metric in VOCABULARY)


def _row(metric: Metric) -> str:
    name = metric.exposed[0] if metric.kind == "counter" else metric.name
    labels = ", ".join(f"`{label}`" for label in metric.labels) or "-"
    return f"| `{name}` | {metric.kind} | {labels} | {metric.meaning} | {metric.remedy} |"


if __name__ == "__main__":
    PAGE.write_text(page())
