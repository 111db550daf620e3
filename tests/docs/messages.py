"""Generate the example messages of docs/subscribing.md: `python -m tests.docs.messages`.

The stages process four invented articles without Kafka: an original, its copy in another outlet, a
revision and a retraction. A fifth article is too short and becomes a dead letter.
"""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

from schemas.article import RawArticle, Status
from schemas.topics import DEAD_LETTERS, ENRICHED, RAW, STORIES
from services.messaging import dead_letters, trace_context
from services.messaging.raw_records import raw_record
from services.messaging.records import OutgoingRecord, Record
from services.operations.in_process import Pipeline
from services.processing.stage import DeadLettered

PAGE = Path(__file__).parents[2] / "docs" / "subscribing.md"

_TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
"""Replaces the random trace ids, so that the documentation does not change with each run."""

_TEXT = """NATO opened a rescue centre near Oslo on Sunday, after two years of building.

"We waited two years for this," said Ida Falk, who will lead it, at the gate.

The centre has three helicopters and forty people, and answers calls from ships between \
Norway and Denmark. It cost nine million crowns. The first crew goes on duty at six in the \
morning, and fishermen along the coast say that help will be an hour nearer than before."""

_AT = datetime(2025, 5, 4, 6, 45, 10, tzinfo=UTC)

_FIRST = RawArticle(
    url="https://harbourpost.example/2025/05/04/rescue",
    source="harbourpost.example",
    title="NATO opens rescue centre near Oslo",
    text=_TEXT,
    published_at=_AT - timedelta(minutes=15),
    language="en",
    authors=["Nora Winter"],
)
ARTICLES = (
    _FIRST,
    _FIRST.model_copy(
        update={
            "url": "https://coastradio.example/nato-centre",
            "source": "coastradio.example",
            "published_at": _AT,
        }
    ),
    _FIRST.model_copy(update={"title": "NATO opens rescue centre near Oslo with 40 people"}),
    _FIRST.model_copy(
        update={
            "url": "https://coastradio.example/nato-centre",
            "source": "coastradio.example",
            "status": Status.RETRACTED,
        }
    ),
)
SHORT = RawArticle(
    url="https://harbourpost.example/2025/05/04/short",
    source="harbourpost.example",
    text="More follows.",
)


def run() -> list[OutgoingRecord]:
    """Return the messages in order: enriched articles, stories and a dead letter."""
    pipeline = Pipeline()
    sent: list[OutgoingRecord] = []
    for number, article in enumerate(ARTICLES):
        sent += pipeline.take(article, _AT + timedelta(minutes=number)).sent
    sent.append(_dead_letter(pipeline))
    # The runner adds the same header.
    return [trace_context.with_trace_context(one, _TRACE) for one in sent]


def blocks(sent: list[OutgoingRecord]) -> dict[str, str]:
    """Return the example messages as Markdown, by the name of their block on the page."""
    first = next(one for one in sent if one.topic is ENRICHED)
    story = [one for one in sent if one.topic is STORIES][1]  # with the copy in it
    letter = next(one for one in sent if one.topic is DEAD_LETTERS)
    return {"enriched": _shown(first), "story": _shown(story), "dead-letter": _shown(letter)}


def written(page: str, made: dict[str, str]) -> str:
    """Replace the text between each `<!-- message: NAME -->` and `<!-- end -->` of the page."""
    for name, text in made.items():
        before, begin, rest = page.partition(f"<!-- message: {name} -->\n")
        _, end, after = rest.partition("<!-- end -->")
        assert end, name
        page = before + begin + text + end + after
    return page


def _dead_letter(pipeline: Pipeline) -> OutgoingRecord:
    raw = raw_record(SHORT)
    record = Record(RAW.name, 3, 1042, _AT.timestamp(), raw.key, raw.value, raw.headers)
    (ended,) = pipeline.stages[0].process([record])
    assert isinstance(ended, DeadLettered)
    return dead_letters.create("cleaning", record, ended.rejected, ended.identity)


def _shown(outgoing: OutgoingRecord) -> str:
    """Return a record as Markdown: its key, its headers and its value."""
    lines = [f"key: {(outgoing.key or b'').decode()}"]
    lines += [f"{name}: {value.decode()}" for name, value in outgoing.headers]
    value = json.dumps(json.loads(outgoing.value or b"null"), indent=1, ensure_ascii=False)
    # Short lists and objects are on one line, so that the page is easier to read.
    value = re.sub(r"[{\[]\s*([^{}\[\]]{0,150}?)\s*[}\]]", _on_one_line, value)
    return "```\n" + "\n".join(lines) + f"\n```\n\n```json\n{value}\n```\n"


def _on_one_line(found: re.Match[str]) -> str:
    return " ".join(found[0].split())


if __name__ == "__main__":
    PAGE.write_text(written(PAGE.read_text(), blocks(run())))
