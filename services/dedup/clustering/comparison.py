"""Compare an article with many others, in each of the respects that the merge score uses.

`COLUMNS` names these respects; each gives one number a pair of articles.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from services.dedup.features import similarity
from services.dedup.features.document_frequency import BUCKETS, DocumentFrequencies, sublinear_tf
from services.dedup.features.feature_batch import ARRAY_FIELDS, THOUSANDTHS, FeatureBatch
from services.dedup.features.recurring_template import (
    SharedAndFewer,
    is_table,
    shared_template,
)
from services.dedup.features.tokens import Hashes

COLUMNS: Final = (
    "body_cosine",  # cosine of the TF-IDF weights of all words
    "title_cosine",  # cosine of the headlines
    "lead_cosine",  # cosine of headline and first words
    "entity_cosine",  # cosine of the entities by salience and rarity
    "term_containment",  # share of the weight of the shorter text's words that the other has
    "headline_coverage",  # share of a headline's weight in the other text; the higher of the two
    "rarest_entity",  # rarity of the rarest entity that both name
    "shared_rare_terms",  # log(1 + number of rare words that both have)
    "same_speaker",  # 1 where the same person is quoted most in both
    "shingle_containment",  # share of the shorter text's shingles in the other
    "quote_containment",  # share of one article's quoted words in the other's text
    "shared_days",  # log(1 + number of days that both mention)
    "shared_weekday",  # 1 where both leads name the same weekday
    "recency",  # nearness in time: 1 at the same time, e times less every three days
    "log_days_apart",  # log(1 + days between the two)
    "untitled",  # 1 where one of the two has no title
)
TEXT_OVERLAP_COLUMNS: Final = ("shingle_containment", "quote_containment")
"""Columns that `ArticleComparer.compare` leaves at 0; `fill_text_overlap` fills them on demand."""
WEIGHTED_FIELDS: Final = ("terms", "title_terms", "lead_terms", "entity_keys")
"""Fields that are compared by the TF-IDF weights of their values."""
Matrix = npt.NDArray[np.float64]

_COLUMN = {name: i for i, name in enumerate(COLUMNS)}
_SECONDS_A_DAY = 86_400.0
_RECENCY_DAYS = 3.0
"""Days in which the recency falls by the factor e."""
_UNKNOWN_RECENCY = 0.5
"""Recency where one of the two has no stated date."""
_MIN_QUOTED_SHINGLES = 12
"""Quotes count as having at least this many shingles, so that one shared by chance weighs
little."""
_WEIGHTED_ROWS = [ARRAY_FIELDS.index(name) for name in WEIGHTED_FIELDS]
_MAX_SALIENCE = 255


class ArticleComparer:
    """Compares articles by looking each word up in a table; keeps its tables between calls."""

    def __init__(self, frequencies: DocumentFrequencies) -> None:
        self._frequencies = frequencies
        self._weights = np.zeros((len(WEIGHTED_FIELDS), BUCKETS), dtype=np.float32)
        self._is_present = np.zeros(BUCKETS, dtype=np.uint8)

    def compare(self, one: FeatureBatch, many: FeatureBatch) -> Matrix:
        """Compare one article, a batch of one, with each of many; return a row for each.

        The columns are `COLUMNS`, of which `TEXT_OVERLAP_COLUMNS` are 0.
        """
        rows = np.zeros((len(many), len(COLUMNS)))
        similarity.compare(
            _weighted_fields(one), _weighted_fields(many), many.lengths[_WEIGHTED_ROWS],
            self._frequencies.log_counts, self._frequencies.log_total, self._weights, rows,
        )  # fmt: skip
        speakers = many.scalar("main_speaker")
        same = (speakers == one.scalar("main_speaker")[0]) & (speakers != 0)
        rows[:, _COLUMN["same_speaker"]] = same
        self._fill_dates(one, many, rows)
        is_untitled = many.array_lengths("title_terms") == 0
        rows[:, _COLUMN["untitled"]] = is_untitled | (not len(one.array("title_terms")))
        return rows

    def fill_text_overlap(self, one: FeatureBatch, many: FeatureBatch, rows: Matrix) -> None:
        """Fill the columns `TEXT_OVERLAP_COLUMNS` of rows that `compare` returned."""
        shingles, quoted = one.array("shingles"), one.array("quoted_shingles")
        counts = many.scalar("shingle_count")
        smaller = np.minimum(np.minimum(counts, one.scalar("shingle_count")[0]), len(shingles))
        smaller = np.maximum(1, np.minimum(smaller, many.array_lengths("shingles")))
        shared = self._count_common(shingles, many, "shingles")
        rows[:, _COLUMN["shingle_containment"]] = shared / smaller
        quoted_counts = many.array_lengths("quoted_shingles")
        rows[:, _COLUMN["quote_containment"]] = np.maximum(
            self._count_common(shingles, many, "quoted_shingles")
            / np.maximum(_MIN_QUOTED_SHINGLES, quoted_counts),
            self._count_common(quoted, many, "shingles") / max(_MIN_QUOTED_SHINGLES, len(quoted)),
        )

    def shared_template(self, one: FeatureBatch, many: FeatureBatch) -> Matrix:
        """Return the share of the recurring template that each of many has in common with one."""
        shingles = one.array("template_shingles")
        common = self._count_common(shingles, many, "template_shingles")
        return shared_template(common, len(shingles), many.array_lengths("template_shingles"))

    def are_tables(self, one: FeatureBatch, many: FeatureBatch) -> npt.NDArray[np.bool_]:
        """Return for each of many whether it and one are both tables of numbers."""
        if not is_table(one.array_lengths("numbers"), one.array_lengths("terms"))[0]:
            return np.zeros(len(many), dtype=np.bool_)
        return is_table(many.array_lengths("numbers"), many.array_lengths("terms"))

    def common_names(self, one: FeatureBatch, many: FeatureBatch) -> SharedAndFewer:
        """Return how many names each of many has in common with one, of how many."""
        return self._shared(one, many, "entity_keys")

    def common_numbers(self, one: FeatureBatch, many: FeatureBatch) -> SharedAndFewer:
        """Return how many numbers each of many has in common with one, of how many."""
        return self._shared(one, many, "numbers")

    def compare_companies(self, one: FeatureBatch, many: FeatureBatch) -> npt.NDArray[np.int8]:
        """Return for each of many whether its title names another company by ticker than one's.

        It is 1 where both titles have tickers, none in common, and neither text has one of the
        other's; -1 where a ticker of one title is in the other title or text; 0 otherwise.
        """
        tickers = one.array("tickers")
        counts = many.array_lengths("tickers")
        if not len(tickers) or not counts.any():
            return np.zeros(len(many), dtype=np.int8)
        common = self._count_common(tickers, many, "tickers")
        common += self._count_common(tickers, many, "terms")
        common += self._count_common(one.array("terms"), many, "tickers")
        return np.where(common > 0, -1, counts > 0).astype(np.int8)

    def _shared(self, one: FeatureBatch, many: FeatureBatch, field: str) -> SharedAndFewer:
        """Return how many values of a field are in both, and how many the one with fewer has."""
        values = one.array(field)
        fewer = np.minimum(len(values), many.array_lengths(field)).astype(np.int64)
        return self._count_common(values, many, field), fewer

    def _fill_dates(self, one: FeatureBatch, many: FeatureBatch, rows: Matrix) -> None:
        days = one.array("days")
        if len(days):
            shared = self._count_common(days.astype(np.uint32), many, "days")
            rows[:, _COLUMN["shared_days"]] = np.log1p(shared)
        shared_weekdays = many.scalar("weekdays") & one.scalar("weekdays")[0]
        rows[:, _COLUMN["shared_weekday"]] = shared_weekdays != 0
        seconds = np.abs(many.scalar("event_time") - one.scalar("event_time")[0])
        both_stated = many.scalar("has_stated_date").astype(bool) & bool(
            one.scalar("has_stated_date")[0]
        )
        log_days = np.log1p(seconds / _SECONDS_A_DAY)
        rows[:, _COLUMN["log_days_apart"]] = np.where(both_stated, log_days, 0.0)
        recency = np.exp(-seconds / (_RECENCY_DAYS * _SECONDS_A_DAY))
        rows[:, _COLUMN["recency"]] = np.where(both_stated, recency, _UNKNOWN_RECENCY)

    def _count_common(self, values: Hashes, many: FeatureBatch, field: str) -> Matrix:
        """Return for each of many articles how many values of a field are among ``values``."""
        others = many.array(field).astype(np.uint32, copy=False)
        return similarity.count_common(values, others, many.array_lengths(field), self._is_present)


def _weighted_fields(batch: FeatureBatch) -> list[tuple[Hashes, npt.NDArray[np.float32] | None]]:
    """Return for each of `WEIGHTED_FIELDS` the hashes, and the factors of their IDF weights."""
    saliences = np.divide(batch.array("entity_saliences"), _MAX_SALIENCE, dtype=np.float32)
    return [
        (batch.array("terms"), sublinear_tf(batch.array("term_counts"))),
        (
            batch.array("title_terms"),
            title_weights(batch).repeat(batch.array_lengths("title_terms")),
        ),
        (batch.array("lead_terms"), None),
        (batch.array("entity_keys"), saliences),
    ]


def title_weights(batch: FeatureBatch) -> npt.NDArray[np.float32]:
    """Return for each article how much its title says about its text, from 0 to 1."""
    found: npt.NDArray[np.float32] = np.divide(
        batch.scalar("title_weight"), THOUSANDTHS, dtype=np.float32
    )
    return found
