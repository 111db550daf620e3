"""The exporter continues after any connection error."""

from __future__ import annotations

import asyncio
import time
from typing import Any

import pytest

from services.exporter import server
from services.kafka import lag
from services.messaging.errors import UsageError
from services.settings import Settings


@pytest.mark.parametrize(
    "fault",
    [OSError("gone"), UsageError("no broker"), KeyError("unexpected"), asyncio.CancelledError()],
    ids=lambda fault: type(fault).__name__,
)
async def test_a_measurement_is_restarted_after_an_error(
    fault: BaseException, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server, "_AGAIN_SECONDS", 0.001)
    tries = 0
    done = asyncio.Event()

    async def work() -> None:
        nonlocal tries
        tries += 1
        if tries < 3:
            raise fault
        done.set()
        await asyncio.sleep(60)

    task = asyncio.create_task(server._Exporter(Settings(), "x:1")._forever(work))
    await asyncio.wait_for(done.wait(), 60)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


async def test_a_measurement_that_never_ends_is_cancelled(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "_PATIENCE_SECONDS", 0.01)

    class Hangs:
        def __init__(self, *_: Any) -> None: ...

        async def __aenter__(self) -> Any:
            return asyncio.Event().wait

        async def __aexit__(self, *_: object) -> None: ...

    monkeypatch.setattr(lag, "measurer", Hangs)
    with pytest.raises(TimeoutError):
        await server._Exporter(Settings(), "x:1")._measure_lag()


def test_the_exporter_is_ready_only_while_its_measurements_are_recent(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    one = server._Exporter(Settings(), "x:1")
    assert one._ready() == "lag could not be measured"

    one._measured_at = time.monotonic()
    assert one._ready() is None

    one._measured_at -= server._UNREADY_SECONDS + 1
    assert one._ready() == "lag could not be measured"
