"""The test kit for subscribers: valid messages, and a broker in memory that delivers them.

Code that reads from `subscribe` runs unchanged, without Kafka::

    first = article(title="NATO opens rescue centre", entities=["NATO"])
    with InMemoryBroker(first, retraction_of(first)) as broker:
        asyncio.run(main())  # your code: async for message in subscribe(...)
    assert broker.finished("my-service") == [first, ...]
"""

from .articles import article, copy_of, retraction_of, revision_of
from .broker import InMemoryBroker
from .dead_letters import dead_letter
from .entities import entity
from .stories import merge, story

__all__ = [
    "InMemoryBroker",
    "article",
    "copy_of",
    "dead_letter",
    "entity",
    "merge",
    "retraction_of",
    "revision_of",
    "story",
]
