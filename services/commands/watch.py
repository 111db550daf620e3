"""`newsloom watch`: print enriched articles and stories as they arrive."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from typing import Annotated, Any

import typer
from rich.text import Text

from schemas.article import EnrichedArticle
from schemas.base import Message
from schemas.client import filters
from schemas.story import Story
from schemas.topics import ENRICHED, STORIES, Topic
from services.commands.terminal import render
from services.commands.terminal.json_output import AsJson, print_rows
from services.commands.terminal.output import errors, out, print_line
from services.kafka import broker_address, topic_scan
from services.messaging.errors import UsageError
from services.messaging.records import Record
from services.settings import settings

Wanted = Mapping[str, Sequence[str]]
"""The values that were chosen for each filter."""


def _article(article: EnrichedArticle) -> Text:
    return render.enriched(article, out.width)


@dataclass(frozen=True, slots=True)
class _Kind:
    """One kind of message that is watched; `own_filter` is the filter that only it has."""

    name: str
    topic: Topic
    model: type[Message]
    render: Callable[[Any], Text]
    own_filter: str


_KINDS = (
    _Kind("enriched", ENRICHED, EnrichedArticle, _article, "verdict"),
    _Kind("stories", STORIES, Story, render.story, "change"),
)


def _filter(text: str) -> Any:
    return typer.Option(help=f"{text} Repeat the option for several.", show_default=False)


def watch(
    *,
    as_json: AsJson = False,
    from_start: Annotated[
        bool, typer.Option("--from-start", help="Print the stored messages first.")
    ] = False,
    count: Annotated[int, typer.Option(help="Stop after this many messages. 0 means never.")] = 0,
    entity: Annotated[
        list[str] | None, _filter("Only messages with this entity: its id, its name or a mention.")
    ] = None,
    language: Annotated[list[str] | None, _filter("Only messages in this language.")] = None,
    outlet: Annotated[list[str] | None, _filter("Only messages of this outlet.")] = None,
    story: Annotated[list[str] | None, _filter("Only messages of the story with this id.")] = None,
    verdict: Annotated[
        list[str] | None, _filter("Only articles with this verdict, and no stories.")
    ] = None,
    change: Annotated[
        list[str] | None, _filter("Only stories with this change, and no articles.")
    ] = None,
) -> None:
    """Print enriched articles and stories as they arrive, until Ctrl-C.

    The filters are those of `schemas.client.subscribe`; a message has to match all of them.
    """
    chosen = {
        "entity": entity,
        "language": language,
        "outlet": outlet,
        "story": story,
        "verdict": verdict,
        "change": change,
    }
    predicates = selected({name: values for name, values in chosen.items() if values})
    servers = broker_address.servers(settings())
    topics = {settings().topic(kind.topic).name: kind for kind in _KINDS if kind.name in predicates}

    async def work() -> None:
        seen = 0
        followed = topic_scan.follow(servers, list(topics), from_start=from_start)
        async with aclosing(followed) as records:
            async for record in records:
                kind = topics[record.topic]
                seen += _show(record, kind, predicates[kind.name], as_json=as_json)
                if count and seen >= count:
                    return

    asyncio.run(work())


def selected(wanted: Wanted) -> dict[str, filters.Predicate]:
    """Return the predicate of each kind of message that is watched, by the name of the kind.

    A filter that one kind alone has leaves out the other one. Raises `UsageError` for a value that
    no message can have.
    """
    own = [kind.own_filter for kind in _KINDS if kind.own_filter in wanted]
    common = {name: values for name, values in wanted.items() if name not in own}
    found = {}
    for kind in _KINDS:
        if own and kind.own_filter not in own:
            continue
        values = common | {name: wanted[name] for name in own if name == kind.own_filter}
        try:
            found[kind.name] = filters.build(kind.name, values, None)
        except ValueError as error:
            raise UsageError(str(error)) from error
    return found


def _show(record: Record, kind: _Kind, matches: filters.Predicate, *, as_json: bool) -> bool:
    """Print a record if it matches; return whether it was printed."""
    try:
        message = None if record.value is None else kind.model.model_validate_json(record.value)
    except ValueError:
        errors.print(f"unreadable message at {record.topic}/{record.partition}/{record.offset}")
        return False
    if message is not None and not matches(message):
        return False
    if as_json:
        headers = {name: value.decode("utf-8", "replace") for name, value in record.headers}
        value = json.loads(record.value) if record.value is not None else None
        print_rows([{"topic": record.topic, "headers": headers, "value": value}])
    elif message is not None:
        print_line(kind.render(message))
    return True
