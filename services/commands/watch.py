"""`newsloom watch`: print enriched articles and stories as they arrive."""

from __future__ import annotations

import asyncio
import json
import sys
from contextlib import aclosing
from typing import Annotated

import typer
from pydantic import ValidationError

from schemas.article import EnrichedArticle
from schemas.story import Story
from schemas.topics import ENRICHED, STORIES
from services.commands.terminal import render
from services.commands.terminal.output import errors, out
from services.kafka import broker_address, topic_scan
from services.messaging.records import Record
from services.settings import settings


def watch(
    *,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print one JSON object per line, for pipes.")
    ] = False,
    from_start: Annotated[
        bool, typer.Option("--from-start", help="Print the stored messages first.")
    ] = False,
    count: Annotated[int, typer.Option(help="Stop after this many messages. 0 means never.")] = 0,
) -> None:
    """Print enriched articles and stories as they arrive, until Ctrl-C."""
    servers = broker_address.servers(settings())

    async def work() -> None:
        seen = 0
        topics = [settings().topic(topic).name for topic in (ENRICHED, STORIES)]
        async with aclosing(topic_scan.follow(servers, topics, from_start=from_start)) as records:
            async for record in records:
                _show(record, as_json=as_json)
                seen += 1
                if count and seen >= count:
                    return

    asyncio.run(work())


def _show(record: Record, *, as_json: bool) -> None:
    if as_json:
        headers = {name: value.decode("utf-8", "replace") for name, value in record.headers}
        value = json.loads(record.value) if record.value is not None else None
        row = {"topic": record.topic, "headers": headers, "value": value}
        sys.stdout.write(json.dumps(row, ensure_ascii=False) + "\n")
        sys.stdout.flush()
        return
    try:
        if record.topic == settings().topic(ENRICHED).name:
            out.print(render.enriched(EnrichedArticle.model_validate_json(record.value or b"")))
        else:
            out.print(render.story(Story.model_validate_json(record.value or b"")))
    except ValidationError:
        errors.print(f"unreadable message at {record.topic}/{record.partition}/{record.offset}")
