"""Score stories on a real wire without labels: ``python -m tests.quality.score_stream``.

All dated Reuters stories pass a shard in order. Reports of company results carry tickers in their
titles (``<HYD>``), so it is known of them which are strangers: the score is the share of them that
are in a story with another company's ticker. The largest stories are listed with ids and titles, so
that a reader sees what was merged too much. Entities are those of the tagging stage's own tagger;
``--untagged`` leaves them out, which is quicker and harder.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

from schemas.article import CleanArticle, Provenance, TaggedArticle
from services.dedup.core import Shard
from services.dedup.decision import MessageIdentity
from services.dedup.settings import DedupSettings
from tests.in_memory_rows import InMemoryRows
from tests.quality import report, streams
from tests.quality.tags import NewsloomTagger

WIRE: Final = "bulk/reuters21578.jsonl"
RESULTS_TOPIC: Final = "earn"
LARGEST: Final = 20
"""Stories that are listed."""
TITLES: Final = 3
"""Titles of each that are listed."""
_TICKER = re.compile(r"<([A-Z][A-Z.]*)>")
_DATE = re.compile(r"(\d+-[A-Z]{3}-\d{4}) \d*?([0-2]\d:[0-5]\d:[0-5]\d)")
_NONE = Provenance(name="none", version="1", confidence=0)


def wire(path: Path, limit: int | None) -> list[dict[str, Any]]:
    """Return the first dated rows of the wire with a text, with their dates in ISO format."""
    dated = []
    for row in streams.rows(path):
        # A few times have a digit too many: 605:12:19.
        found = _DATE.search(row["date"] or "")
        if row["text"] and found:
            moment = datetime.strptime(" ".join(found.groups()), "%d-%b-%Y %H:%M:%S")  # noqa: DTZ007
            dated.append({**row, "date": moment.isoformat(), "source": "reuters", "set": "reuters"})
    return sorted(dated, key=lambda row: str(row["date"]))[:limit]


def untagged(article: CleanArticle) -> TaggedArticle:
    """Return an article without entities."""
    return TaggedArticle(**article.model_dump(), tagging=_NONE)


def story_of_each(articles: Sequence[TaggedArticle]) -> list[str]:
    """Return the story id of each article at the end, after all merges and splits."""
    store = InMemoryRows()
    shard = Shard(DedupSettings(copies_kept=timedelta(days=36_500)), store)
    assigned: list[str] = []
    moved: dict[str, str] = {}
    for number, article in enumerate(articles):
        decision = shard.decide(article, MessageIdentity(article.revision_id, 1))
        store.apply(decision.changes)
        assigned.append(str(decision.story_id))
        for update in decision.stories:
            state = shard.story(update.story_id)
            if state is not None and state.merged_into:
                moved[update.story_id] = state.merged_into
        if number % 2000 == 1999:
            report.progress(f"{number + 1} of {len(articles)} articles")
    return [_end(story, moved) for story in assigned]


def _end(story: str, moved: dict[str, str]) -> str:
    while story in moved:
        story = moved[story]
    return story


def strangers(rows: Sequence[dict[str, Any]], found: Sequence[str]) -> tuple[list[int], int]:
    """Return which reports of results are in a story with another ticker, and their number."""
    tickers = [
        _TICKER.findall(row["title"] or "") if RESULTS_TOPIC in (row["topics"] or ()) else []
        for row in rows
    ]
    of_story: dict[str, Counter[str]] = {}
    for story, names in zip(found, tickers, strict=True):
        of_story.setdefault(story, Counter()).update(set(names))
    wrong = [
        i
        for i, (story, names) in enumerate(zip(found, tickers, strict=True))
        if names and not of_story[story].keys() <= set(names)
    ]
    return wrong, sum(map(bool, tickers))


def main() -> None:
    """Score the wire of the evaluation folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--eval", type=Path, default=streams.EVAL)
    parser.add_argument("--limit", type=int, help="read only the first articles")
    parser.add_argument("--untagged", action="store_true", help="leave the entities out")
    options = parser.parse_args()
    path = options.eval / WIRE
    if not path.exists():
        report.progress(f"no wire at {path}: nothing scored")
        return
    rows = wire(path, options.limit)
    tagger = untagged if options.untagged else NewsloomTagger()
    articles = [tagger(one) for one in streams.stream(rows, keep_order=True)]
    found = story_of_each(articles)
    wrong, results = strangers(rows, found)
    share = len(wrong) / max(1, results)
    lines: list[list[object]] = []
    for story, size in Counter(found).most_common(LARGEST):
        listed = [row for row, one in zip(rows, found, strict=True) if one == story]
        titles = "; ".join(f"{row['id']} {row['title'] or ''}" for row in listed[:TITLES])
        lines.append([story, size, titles[:200]])
    report.show("Largest stories", ("story", "articles", "first articles"), lines)
    mixed = [f"{rows[i]['id']} {rows[i]['title']}" for i in wrong[:LARGEST]]
    report.show("Results in a story with another ticker", ("article",), [[one] for one in mixed])
    report.progress(f"{len(wrong)} of {results} reports of results, {100 * share:.1f} %")
    report.write("score-stream", {"results": results, "strangers": len(wrong), "share": share})


if __name__ == "__main__":
    main()
