"""Process a batch in the worker thread, with retries, and find the record that makes it fail."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from concurrent.futures import Executor

from services.messaging.errors import Reason, TransientError
from services.messaging.records import Record
from services.processing.message_observer import MessageObserver
from services.processing.stage import DeadLettered, Result, Stage, process_one
from services.settings import Settings

_MAX_RETRY_WAIT = 30.0
"""Upper bound of the wait before a retry, in seconds; the wait doubles with each retry."""


async def process_with_retries(
    stage: Stage,
    batch: Sequence[Record],
    executor: Executor,
    settings: Settings,
    observer: MessageObserver,
) -> list[Result]:
    """Process a batch in `executor` and return one result a record.

    After a `TransientError` the whole batch is tried again, up to `settings.retries` times;
    then the error is raised.
    """
    loop = asyncio.get_running_loop()
    wait = settings.retry_wait
    for retries_left in range(settings.retries, -1, -1):
        try:
            started = time.perf_counter()
            results = await loop.run_in_executor(executor, process_isolated, stage, batch, observer)
        except TransientError as error:
            if not retries_left:
                raise
            observer.retry_scheduled(error, wait)
            await asyncio.sleep(wait)
            wait = min(wait * 2, _MAX_RETRY_WAIT)
        else:
            observer.batch_processed(time.perf_counter() - started)
            return results
    raise AssertionError("unreachable")


def process_isolated(
    stage: Stage, batch: Sequence[Record], observer: MessageObserver
) -> list[Result]:
    """Process a batch; if that fails, process each record alone to find the faulty one.

    If no record fails alone, the fault is in what the stage does with the batch as a whole, or in
    a record together with others. No dead letter shows it, so the observer is told.
    Raises `TransientError` if the stage does.
    """
    try:
        return stage.process(batch)
    except TransientError:
        raise
    except Exception as error:  # noqa: BLE001 - a fault in one record must not stop the others
        results = [
            process_one(stage.name, lambda one: stage.process([one])[0], record) for record in batch
        ]
        if not any(map(_failed_unexpectedly, results)):
            observer.batch_fault(error, len(batch))
        return results


def _failed_unexpectedly(result: Result) -> bool:
    return isinstance(result, DeadLettered) and result.rejected.reason is Reason.PROCESSING
