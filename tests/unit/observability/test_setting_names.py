"""Variables that look like settings and are none are named."""

from __future__ import annotations

import pytest
import structlog

from services.observability import logs
from services.setting_names import unknown_variables
from services.settings import Settings


def test_a_misspelt_variable_is_named_with_the_one_that_was_meant() -> None:
    (sentence,) = unknown_variables({"NEWSLOOM_BATCHSIZE": "9", "PATH": "/bin"})

    assert sentence == (
        "NEWSLOOM_BATCHSIZE is no setting and has no effect; did you mean NEWSLOOM_BATCH_SIZE?"
    )


def test_a_variable_like_no_setting_is_named_without_a_suggestion() -> None:
    assert list(unknown_variables({"NEWSLOOM_XYZZY": "1"})) == [
        "NEWSLOOM_XYZZY is no setting and has no effect"
    ]


def test_settings_and_variables_of_kubernetes_are_not_named() -> None:
    known = {f"NEWSLOOM_{name.upper()}": "1" for name in Settings.model_fields}
    known |= {"newsloom_home": "x", "NEWSLOOM_REGISTRY": "http://r"}
    known |= {
        "NEWSLOOM_CLEANING_SERVICE_HOST": "10.0.0.1",
        "NEWSLOOM_CLEANING_SERVICE_PORT_HTTP": "9100",
        "NEWSLOOM_CLEANING_PORT": "tcp://10.0.0.1:9100",
        "NEWSLOOM_CLEANING_PORT_9100_TCP_ADDR": "10.0.0.1",
    }

    assert list(unknown_variables(known)) == []


def test_a_worker_logs_a_misspelt_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEWSLOOM_KAFKKA", "a:1")

    with structlog.testing.capture_logs() as events:
        logs.report_unknown_settings()

    assert [event["event"] for event in events if "NEWSLOOM_KAFKA?" in event["reason"]] == [
        "unknown_setting"
    ]
