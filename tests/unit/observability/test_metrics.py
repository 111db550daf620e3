"""The definitions of the metrics, and the limits of label values."""

from __future__ import annotations

import pytest
from prometheus_client import REGISTRY

from services.observability import metrics
from services.observability.label_cardinality import FirstSeen, TopSources
from services.observability.metrics import VOCABULARY, Metric
from tests.docs.metrics_page import PAGE, page


def test_the_metrics_page_is_up_to_date() -> None:
    """If this fails, run `make metrics`."""
    assert PAGE.read_text() == page()


def test_every_exported_metric_is_defined() -> None:
    served = {family.name for family in REGISTRY.collect() if family.name.startswith("newsloom_")}

    assert served == {metric.name.removesuffix("_info") for metric in VOCABULARY}


@pytest.mark.parametrize("metric", VOCABULARY, ids=lambda metric: metric.name)
def test_every_metric_says_what_it_means_and_what_to_do(metric: Metric) -> None:
    assert metric.name.startswith("newsloom_")
    assert metric.meaning.endswith(".")
    assert metric.remedy.endswith(".")
    assert len({other.name for other in VOCABULARY}) == len(VOCABULARY)


def test_only_the_two_bounded_labels_can_have_values_from_outside() -> None:
    fixed = {"stage", "outcome", "reason", "topic", "partition", "version", "python"}
    fixed |= {"result", "of", "articles", "change"}
    others = {label: m.name for m in VOCABULARY for label in m.labels if label not in fixed}

    assert others == {
        "language": "newsloom_articles_enriched",
        "source": "newsloom_copies_by_source",
    }


def test_buckets_separate_the_measured_times() -> None:
    """Work takes 2 to 10 ms a message and a batch has up to 32 messages, by default.

    End to end p50 is 0.15 s and p99 0.20 s, the target 2 s.
    """
    work, end_to_end = metrics._BATCH_WORK, metrics._END_TO_END

    assert sum(0.002 <= bound < 0.01 for bound in work) >= 2  # a batch of one message
    assert sum(0.05 < bound <= 0.5 for bound in work) >= 5  # full batches
    assert {0.15, 0.2, 0.25, 0.3, 2} <= set(end_to_end)


def test_only_the_first_values_of_an_open_label_are_exported() -> None:
    seen = FirstSeen(most=2)

    assert [seen.label(one) for one in ("en", "fr", "de", "en")] == ["en", "fr", "other", "en"]


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_the_outlets_with_the_most_copies_are_listed_first() -> None:
    sources = TopSources(shown=2, tracked=10, now=Clock())
    for name in ("a", "b", "c", "c", "b", "c"):
        sources.add(name)

    assert sources.top() == {"c": 3, "b": 2}


def test_invented_outlets_do_not_exceed_the_limit_of_series() -> None:
    clock = Clock()
    sources = TopSources(shown=3, tracked=10, now=clock)
    shown: set[str] = set()
    for hour in range(5):
        clock.now = 3600.0 * hour
        for number in range(1000):
            sources.add(f"outlet-{hour}-{number}")
            shown |= sources.top().keys()

    assert len(sources._counts) == 10
    assert len(shown) <= 3 * 5


def test_recent_copies_outweigh_old_ones() -> None:
    clock = Clock()
    sources = TopSources(shown=1, tracked=10, now=clock)
    for _ in range(10):
        sources.add("old")
    assert sources.top() == {"old": 10}

    clock.now = 7 * 24 * 3600.0
    for _ in range(3):
        sources.add("new")

    assert list(sources.top()) == ["new"]
