"""A worker that the poison limit has stopped stays alive, not ready, until it is told to end."""

from __future__ import annotations

import asyncio
import os
import signal
import urllib.error
import urllib.request

import pytest

from services.kafka.ports import free_port
from services.observability import held_process
from services.settings import Settings

REASON = "stopped by the poison limit: 100 messages in a row failed"


def _get(port: int, path: str) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=30) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()
    except OSError:
        return 0, ""


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
async def test_a_held_process_is_alive_and_not_ready_until_a_signal(how: signal.Signals) -> None:
    port = free_port()
    holding = asyncio.create_task(held_process.hold(Settings(), port, REASON))
    while (await asyncio.to_thread(_get, port, "/livez"))[0] == 0:
        assert not holding.done()
        await asyncio.sleep(0.01)

    assert await asyncio.to_thread(_get, port, "/livez") == (200, "ok")
    assert await asyncio.to_thread(_get, port, "/readyz") == (503, REASON)
    assert (await asyncio.to_thread(_get, port, "/metrics"))[0] == 200

    os.kill(os.getpid(), how)
    await asyncio.wait_for(holding, 30)
    assert (await asyncio.to_thread(_get, port, "/livez"))[0] == 0
