"""Generate `docs/metrics.md` from the metrics: `python -m tests.docs.metrics_page`."""

from __future__ import annotations

from pathlib import Path

from services.observability.metrics import VOCABULARY, Metric

PAGE = Path(__file__).parents[2] / "docs" / "metrics.md"

_HEAD = """\
# Metrics

Generated from [`services/observability/metrics.py`](../services/observability/metrics.py)
by `make metrics`; edit the metrics there.

Each worker serves its own at `/metrics` (ports 9101 to 9103, in containers 9100); lag and
the heartbeat's sender are the exporter's (`newsloom run exporter`, 9104). Alerts on them are in
[`deploy/prometheus`](../deploy/prometheus), what to do about each in the
[runbook](runbook.md). Counters end in `_total`, histograms in `_bucket`, `_sum` and `_count`.
Besides these there are `process_…` and `python_…` of the Prometheus client.

The labels: `stage` is cleaning, tagging or dedup. No label grows without bound: outcomes,
reasons and changes are fixed lists, languages are the first 64 met, outlets the 20 that
copy most, changed once an hour at most.

| name | type | labels | meaning | where it looks bad |
|---|---|---|---|---|
"""


def page() -> str:
    """The page's text."""
    return _HEAD + "".join(f"{_row(metric)}\n" for metric in VOCABULARY)


def _row(metric: Metric) -> str:
    name = metric.exposed[0] if metric.kind == "counter" else metric.name
    labels = ", ".join(f"`{label}`" for label in metric.labels) or "-"
    return f"| `{name}` | {metric.kind} | {labels} | {metric.meaning} | {metric.remedy} |"


if __name__ == "__main__":
    PAGE.write_text(page())
