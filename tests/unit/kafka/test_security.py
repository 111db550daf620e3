"""Credentials come from a variable or a file, and go only to the configured servers."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError

from services.faust_adapter import credentials
from services.kafka import security
from services.messaging.errors import UsageError
from services.settings import Settings

SIGNED = {"kafka": "k:1", "kafka_security": "sasl_plaintext", "kafka_username": "ida"}


def test_a_password_from_a_file_has_no_trailing_newline(tmp_path: Path) -> None:
    path = tmp_path / "password"
    path.write_text(" two words \n")
    settings = Settings.model_validate({**SIGNED, "kafka_password_file": path})

    assert settings.secret("kafka_password") == " two words "
    given = security.options("k:1", settings)
    assert given["sasl_plain_password"] == settings.secret("kafka_password")


def test_a_missing_file_is_reported_with_its_setting(tmp_path: Path) -> None:
    path = tmp_path / "none"
    settings = Settings.model_validate({**SIGNED, "kafka_password_file": path})

    with pytest.raises(UsageError, match="NEWSLOOM_KAFKA_PASSWORD_FILE"):
        security.options("k:1", settings)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"kafka_password": "a", "kafka_password_file": "b"}, "are both set"),
        ({}, "needs NEWSLOOM_KAFKA_PASSWORD_FILE"),
        ({"kafka_password": "a", "kafka_username": None}, "needs NEWSLOOM_KAFKA_USERNAME"),
        ({"kafka_password": "a", "kafka": None}, "needs NEWSLOOM_KAFKA"),
    ],
)
def test_security_settings_that_can_not_authenticate_are_refused(
    wrong: dict[str, str | None], said: str
) -> None:
    with pytest.raises(ValidationError, match=said):
        Settings.model_validate({**SIGNED, **wrong})


def test_credentials_go_to_the_servers_they_are_for_and_to_no_other() -> None:
    settings = Settings.model_validate({**SIGNED, "kafka_password": "a"})

    assert security.options("elsewhere:1", settings) == {}
    assert credentials.faust_credentials("elsewhere:1", settings) is None
    assert credentials.faust_credentials("k:1", settings).username == "ida"
