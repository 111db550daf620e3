"""Post an alert to a webhook for each new article about an entity, and when it is withdrawn.

    python alert_webhook.py https://hooks.example/news NATO "Ida Falk"

A message is finished only after the webhook has accepted its alert. After a crash an alert may
be sent again, with the same `Idempotency-Key`.
"""

import argparse
import asyncio
import json
import sys
import urllib.request
from contextlib import suppress
from typing import Any

from newsloom.article import EnrichedArticle
from newsloom.client import Received, subscribe

FIRST_WAIT, LONGEST_WAIT = 0.5, 60.0
"""Seconds before the first and before later attempts to reach the webhook again."""


def alert(message: Received[EnrichedArticle], watched: set[str]) -> dict[str, Any]:
    """Return what is posted: what happened, to which article, and what it mentions."""
    article = message.data
    withdrawn = article.verdict.kind == "retraction"
    return {
        "text": f"{'Withdrawn: ' if withdrawn else ''}{article.title} ({article.source})",
        "url": article.url,
        "story": article.story_id,
        "entities": [one.name for one in article.entities if one.name.casefold() in watched],
    }


def post(url: str, key: str, body: dict[str, Any]) -> None:
    """Post JSON; raises `OSError` if the webhook is away or refuses it."""
    headers = {"content-type": "application/json", "idempotency-key": key}
    request = urllib.request.Request(url, json.dumps(body).encode(), headers)  # noqa: S310 - yours
    with urllib.request.urlopen(request, timeout=30):  # noqa: S310 - as above
        pass


async def deliver(url: str, key: str, body: dict[str, Any]) -> None:
    """Post until the webhook accepts, waiting longer after each failure."""
    wait = FIRST_WAIT
    while True:
        try:
            await asyncio.to_thread(post, url, key, body)
        except OSError as error:
            print(f"the webhook failed, next attempt in {wait} s: {error}", file=sys.stderr)
            await asyncio.sleep(wait)
            wait = min(2 * wait, LONGEST_WAIT)
        else:
            return


async def main(url: str, entities: list[str]) -> None:
    """Read until the process is stopped."""
    kinds = ["original", "retraction"]
    watched = {name.casefold() for name in entities}
    async with subscribe("enriched", entity=entities, verdict=kinds, group="alerts") as messages:
        async for message in messages:
            key = message.event.id if message.event else message.place
            await deliver(url, key, alert(message, watched))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("webhook")
    parser.add_argument("entity", nargs="+", help="name, entity id or Wikidata id")
    given = parser.parse_args()
    with suppress(KeyboardInterrupt):
        asyncio.run(main(given.webhook, given.entity))
