"""Logs have one line per event, with ids and without text of articles."""

from __future__ import annotations

import asyncio
import json
import logging
import warnings
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import structlog

from schemas.article import RawArticle
from services.cleaning.stage import CleaningStage
from services.messaging import identity
from services.messaging.raw_records import raw_record
from services.messaging.records import Record
from services.observability import logs
from services.processing.stage import Result
from services.settings import Settings
from tests.support.in_memory_transport import InMemoryTransport
from tests.support.running_stage import BatchFaultStage, FunctionStage, forward, running, until

TEXT = "The minister wept over a burnt omelette"
THEIRS = b"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
PAGE = f"<html><body><article><h1>{TEXT}</h1><p>{TEXT} for ever.</p></article></body></html>"


@pytest.fixture(autouse=True)
def restored() -> Iterator[None]:
    """Restore the logging configuration after each test."""
    root = logging.getLogger()
    before = root.handlers[:], root.level
    yield
    structlog.reset_defaults()
    logging.captureWarnings(capture=False)
    root.handlers[:], level = before
    root.setLevel(level)


def begin(capsys: pytest.CaptureFixture[str]) -> Callable[[], list[dict[str, Any]]]:
    """Set up the log; return a function that reads it. Each line must be valid JSON."""
    logs.configure(Settings(log_format="json", log_level="debug"), stage="spy")

    def read() -> list[dict[str, Any]]:
        text = capsys.readouterr().err
        assert TEXT not in text
        return [json.loads(line) for line in text.splitlines()]

    return read


def article(**fields: Any) -> dict[str, Any]:
    return {"url": "https://a.example/x", "source": "a.example", **fields}


HOSTILE: list[bytes | None] = [
    None,
    TEXT.encode(),
    json.dumps(TEXT).encode(),
    json.dumps([TEXT]).encode(),
    json.dumps(article(text=[TEXT])).encode(),
    json.dumps(article(status=TEXT, text=TEXT)).encode(),
    json.dumps(article(published_at=TEXT, text=TEXT)).encode(),
    json.dumps(article(text=TEXT)).encode(),
    json.dumps(article(html=PAGE)).encode(),
    json.dumps(article(html=PAGE * 50)).encode(),
    json.dumps(article(html="<p>" + TEXT + "\x00\n\n" * 10 + "<" * 1000)).encode(),
    json.dumps({TEXT: TEXT, "html": PAGE}).encode(),
    json.dumps({"specversion": "1.0", "data": {TEXT: TEXT}}).encode(),
    PAGE.encode("utf-16"),
]


async def test_hostile_articles_leave_no_text_in_the_log(
    capsys: pytest.CaptureFixture[str],
) -> None:
    lines = begin(capsys)
    stage = CleaningStage(Settings())
    headers = (("content-type", b"application/json"), ("ce_subject", TEXT.encode()))
    async with running(stage, (transport := InMemoryTransport())) as runner:
        for offset, value in enumerate(HOSTILE):
            own = headers if offset % 2 else ()
            await transport.deliver(
                runner, Record("t", 0, offset, 1.7e9, TEXT.encode(), value, own)
            )
        await until(lambda: runner.completed == len(HOSTILE))

    written = lines()
    assert len(written) == len(HOSTILE)
    assert all(len(line["trace_id"]) == 32 for line in written)


async def test_a_line_about_an_article_has_its_id_and_its_trace(
    capsys: pytest.CaptureFixture[str],
) -> None:
    lines = begin(capsys)
    raw = RawArticle(**article(text="Too short."))
    sent = raw_record(raw)
    async with running(CleaningStage(Settings()), (transport := InMemoryTransport())) as runner:
        headers = (("traceparent", THEIRS), *sent.headers)
        await transport.deliver(runner, Record("t", 0, 7, 1.7e9, sent.key, sent.value, headers))
        await until(lambda: runner.completed == 1)

    (line,) = lines()
    assert line["event"] == "dead_letter"
    assert line["level"] == "info"
    assert (line["stage"], line["reason"], line["record"]) == ("cleaning", "too_short", "t/0/7")
    assert line["article_id"] == identity.article_id(raw)
    assert line["trace_id"] == THEIRS.decode().split("-")[1]


def _invalid() -> Exception:
    try:
        RawArticle(**article(text=[TEXT]))
    except ValueError as error:
        return error
    raise AssertionError


def fail_with(error: Exception) -> None:
    raise error


@pytest.mark.parametrize(
    "fault",
    [
        lambda: ValueError(f"can't read {TEXT!r}"),
        lambda: KeyError(TEXT),
        _invalid,
        lambda: AssertionError(TEXT),
    ],
    ids=["value", "key", "pydantic", "assertion"],
)
async def test_an_error_log_has_the_place_and_not_the_data(
    capsys: pytest.CaptureFixture[str], fault: Callable[[], Exception]
) -> None:
    lines = begin(capsys)

    def fail(one: Record) -> Result:
        try:
            fail_with(RuntimeError(TEXT))
        except RuntimeError:
            raise fault() from None if one.offset else fault()
        return forward(one)

    async with running(FunctionStage(fail), (transport := InMemoryTransport())) as runner:
        for offset in range(2):
            await transport.deliver(runner, Record("t", 0, offset, 1.7e9, b"k", b"{}"))
        await until(lambda: runner.completed == 2)

    failed = [line for line in lines() if line["event"] == "processing_failed"]
    assert len(failed) == 2
    for line in failed:
        assert "in fail" in line["exception"]
        assert line["exception"].splitlines()[-1] == type(fault()).__name__


def test_messages_of_the_operating_system_are_logged(capsys: pytest.CaptureFixture[str]) -> None:
    lines = begin(capsys)
    try:
        fail_with(ConnectionResetError("the broker hung up"))
    except ConnectionResetError:
        structlog.get_logger().exception("away")

    (line,) = lines()
    assert line["exception"].endswith("ConnectionResetError: the broker hung up")


async def test_log_lines_of_libraries_have_the_same_format_and_no_text(
    capsys: pytest.CaptureFixture[str],
) -> None:
    lines = begin(capsys)

    async def fail() -> None:
        raise ValueError(TEXT)

    logging.getLogger("faust").warning("rebalancing")
    warnings.warn(f"old ways\n{TEXT}", stacklevel=1)
    task = asyncio.create_task(fail())
    await asyncio.wait({task})
    del task
    try:
        fail_with(ValueError(TEXT))
    except ValueError:
        logging.getLogger("aiokafka").exception("a callback failed")

    written = lines()
    assert {"rebalancing", "a callback failed"} <= {line["event"] for line in written}
    assert all({"event", "level", "timestamp", "stage"} <= line.keys() for line in written)


def test_on_a_terminal_an_event_is_one_coloured_line(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    import sys  # noqa: PLC0415 - the captured one

    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    logs.configure(Settings(), stage="spy")
    structlog.get_logger().info("starting", kafka="localhost:9092")

    text = capsys.readouterr().err
    assert text.count("\n") == 1
    assert "\x1b[" in text
    assert "kafka" in text


async def test_completed_messages_are_logged_only_at_debug(
    capsys: pytest.CaptureFixture[str],
) -> None:
    logs.configure(Settings(log_format="json"), stage="spy")
    async with running(FunctionStage(forward), (transport := InMemoryTransport())) as runner:
        await transport.deliver(runner, Record("t", 0, 1, 1.7e9, b"k", b"{}"))
        await until(lambda: runner.completed == 1)

    assert capsys.readouterr().err == ""


async def test_a_batch_fault_is_logged_with_its_type_and_place(
    capsys: pytest.CaptureFixture[str],
) -> None:
    read = begin(capsys)
    transport = InMemoryTransport()
    async with running(BatchFaultStage(KeyError(TEXT)), transport, batch_wait=0.2) as runner:
        for offset in range(2):
            await transport.deliver(runner, Record("t", 0, offset, 0.0, b"k", b"{}"))
        await until(lambda: len(transport.acknowledged) == 2)

    (event,) = [line for line in read() if line["event"] == "batch_failed"]
    assert (event["level"], event["error"], event["messages"]) == ("error", "KeyError", 2)
    assert "in process" in event["exception"]
