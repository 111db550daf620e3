"""TLS and SASL settings of a subscription, read from the environment and validated."""

from __future__ import annotations

from pathlib import Path

import pytest

from schemas.client import Security, subscribe
from schemas.client.security import from_environment
from services.settings import Settings


def test_the_client_reads_every_security_variable_of_the_workers() -> None:
    workers = {
        name.removeprefix("kafka_")
        for name in Settings.model_fields
        if name.startswith("kafka_") and not name.endswith(("password_file",))
    }

    assert set(Security.__dataclass_fields__) == workers - {"libs"}


def test_the_environment_is_read_and_a_secret_may_be_in_a_file(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("a word\n")
    found = from_environment(
        {
            "NEWSLOOM_KAFKA_SECURITY": "sasl_plaintext",
            "NEWSLOOM_KAFKA_USERNAME": "me",
            "NEWSLOOM_KAFKA_PASSWORD_FILE": str(tmp_path / "secret"),
        }
    )

    assert found.options() == {
        "security_protocol": "SASL_PLAINTEXT",
        "sasl_mechanism": "SCRAM-SHA-512",
        "sasl_plain_username": "me",
        "sasl_plain_password": "a word",
    }
    assert "a word" not in repr(found)


def test_credentials_of_one_cluster_are_not_shown_to_another(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("NEWSLOOM_KAFKA", "mine.example:9092")
    monkeypatch.setenv("NEWSLOOM_KAFKA_SECURITY", "sasl_plaintext")

    assert subscribe("enriched")._options.security is not None
    assert subscribe("enriched", kafka="other.example:9092")._options.security is None


@pytest.mark.parametrize(
    ("security", "said"),
    [
        (Security(security="tls"), "is none of plaintext, ssl"),
        (Security(security="sasl_plaintext"), "needs a username and a password"),
        (
            Security(security="sasl_plaintext", sasl_mechanism="GSSAPI"),
            "'GSSAPI' is none of SCRAM-SHA-512",
        ),
        (Security(security="ssl", ca_file="nowhere.pem"), r"CA_FILE\) can't be read: No such"),
        (Security(security="ssl", cert_file=__file__), r"CERT_FILE\) is not a PEM file|can't be"),
    ],
)
def test_unusable_security_settings_are_reported(security: Security, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        security.options()
