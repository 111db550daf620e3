"""TLS, users and permissions on the real broker: who is accepted, and the error otherwise."""

from __future__ import annotations

import asyncio
import contextlib
import json
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from aiokafka.protocol.admin import CreateAclsRequest

from schemas.client import (
    KafkaUnreachableError,
    NoSuchTopicError,
    NotAllowedError,
    Security,
    subscribe,
)
from schemas.topics import ENRICHED
from services.commands import doctor, show_settings
from services.faust_adapter.worker import EXIT_NO_KAFKA
from services.kafka import topic_admin
from services.kafka.acls import ROLES, Right, rights
from services.messaging.errors import UsageError
from services.processing.stages import PARTS
from services.settings import settings
from tests.integration.harness import PATIENCE, ROOT, as_settings, get
from tests.integration.secured_cluster import PASSWORD, SecuredCluster, secured_cluster

pytestmark = pytest.mark.skipif(
    not shutil.which("openssl"), reason="openssl is not installed: make test-tools"
)

ARTICLE = {
    "url": "https://a.example/1",
    "source": "a.example",
    "title": "Ferry",
    "text": "The ferry to the island sails again from Sunday, the council said. " * 8,
}
MECHANISMS = ("SCRAM-SHA-512", "SCRAM-SHA-256", "PLAIN")


@pytest.fixture(scope="module")
def secured(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SecuredCluster]:
    home = tmp_path_factory.mktemp("secured")
    (home / "password").write_text(PASSWORD + "\n")
    with secured_cluster(home, ["root", *ROLES]) as started:
        yield started


def grant(secured: SecuredCluster, user: str, wanted: list[Right]) -> None:
    """Add ACLs as `kafka-acls --add` does; the numbers are those of the Kafka protocol."""
    kinds, literal, allow = {"topic": 2, "group": 3}, 3, 3
    operations = {"Read": 3, "Write": 4, "Describe": 8}

    async def work() -> None:
        async with topic_admin.admin(secured.plain.bootstrap) as client:
            for one in wanted:
                answer = await client._send_to_controller(
                    CreateAclsRequest(
                        kinds[one.kind],
                        one.name,
                        literal,
                        f"User:{user}",
                        "*",
                        operations[one.operation],
                        allow,
                    )
                )
                assert [code for code, _ in answer.creation_responses] == [0]

    asyncio.run(work())


def test_every_stage_works_with_only_the_permissions_of_its_role(secured: SecuredCluster) -> None:
    """Articles are published, processed and watched over TLS, by a different user for each role."""
    password = str(secured.plain.home / "password")

    def log_in(role: str) -> dict[str, str]:
        return secured.settings("sasl_ssl", KAFKA_USERNAME=role, KAFKA_PASSWORD_FILE=password)

    for role in ROLES:
        grant(secured, role, rights(role))
    with ThreadPoolExecutor() as starting:
        list(starting.map(lambda stage: secured.plain.start(stage, **log_in(stage)), PARTS))

    line = json.dumps(ARTICLE)
    command = secured.plain.command
    published = command("publish", "-", stdin=line, **log_in("publisher"))
    assert published.exit_code == 0, published.output
    secured.plain.wait_for(lambda seen: bool(seen.enriched and seen.stories), "it is enriched")
    seen = command("watch", "--from-start", "--count", "2", **log_in("subscriber"))
    assert "Ferry" in seen.output
    names = secured.plain.home / "names.csv"
    names.write_text("id,name,type\nx:1,Skarholm,place\n")
    assert command("gazetteer", "load", str(names), **log_in("editor")).exit_code == 0
    assert "Skarholm" in command("gazetteer", "list", **log_in("editor")).output
    denied = command("publish", "-", stdin=line, **log_in("subscriber"))
    assert isinstance(denied.exception, UsageError)
    assert "this user may not see it" in str(denied.exception)
    for worker in secured.plain.workers:
        assert PASSWORD not in worker.log.read_text() + get(worker.port, "/metrics")[1]
        worker.process.terminate()
    assert [worker.process.wait(PATIENCE) for worker in secured.plain.workers] == [0] * len(PARTS)


@pytest.mark.parametrize("mechanism", MECHANISMS)
@pytest.mark.parametrize("protocol", ["sasl_ssl", "sasl_plaintext"])
def test_each_authentication_method_is_accepted(
    secured: SecuredCluster, protocol: str, mechanism: str
) -> None:
    chosen = secured.settings(
        protocol,
        KAFKA_USERNAME="root",
        KAFKA_PASSWORD=PASSWORD,
        KAFKA_SASL_MECHANISM=mechanism,
    )

    async def topics() -> int:
        async with topic_admin.admin(chosen["NEWSLOOM_KAFKA"]) as client:
            return len(await client.list_topics())

    with as_settings(chosen):
        assert asyncio.run(topics())


async def test_a_subscriber_authenticates_with_variables_or_arguments(
    secured: SecuredCluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    password = str(secured.plain.home / "password")
    chosen = secured.settings("sasl_ssl", KAFKA_USERNAME="root", KAFKA_PASSWORD_FILE=password)
    servers = chosen["NEWSLOOM_KAFKA"]

    with pytest.raises(KafkaUnreachableError, match=servers):
        async with subscribe("enriched", kafka=servers):
            pass
    given = Security(
        security="sasl_ssl",
        ca_file=secured.certificates.ca,
        username="root",
        password=PASSWORD,
    )
    async with subscribe("enriched", kafka=servers, security=given):
        pass
    for name, value in chosen.items():
        monkeypatch.setenv(name, value)
    async with subscribe("enriched", group="secured"):
        pass


async def test_a_subscriber_without_permission_for_its_group_gets_an_error(
    secured: SecuredCluster,
) -> None:
    await asyncio.to_thread(grant, secured, "publisher", [Right("Read", "topic", ENRICHED.name)])
    publisher = Security(security="sasl_plaintext", username="publisher", password=PASSWORD)
    servers = secured.settings("sasl_plaintext")["NEWSLOOM_KAFKA"]

    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:  # a new ACL takes effect shortly after it was acknowledged
        with contextlib.suppress(NoSuchTopicError):
            async with subscribe("enriched", kafka=servers, security=publisher):
                break
        await asyncio.sleep(0.2)
    with pytest.raises(NotAllowedError, match="as group 'mine'"):
        async for _ in subscribe("enriched", kafka=servers, security=publisher, group="mine"):
            pass
    with pytest.raises(NoSuchTopicError, match="the permission to read it"):
        async for _ in subscribe("stories", kafka=servers, security=publisher, group="mine"):
            pass


def test_a_client_certificate_is_accepted(secured: SecuredCluster) -> None:
    chosen = secured.settings("ssl", KAFKA_CERT_FILE=str(secured.certificates.client))

    done = secured.plain.command("topics", "list", **chosen)

    assert done.exit_code == 0, done.output
    assert "as registered" in done.output


WRONG = {
    "wrong password": (
        "sasl_ssl",
        {"KAFKA_USERNAME": "root", "KAFKA_PASSWORD": "wrong"},
        "refuses 'root' or the password",
    ),
    "unknown user": (
        "sasl_ssl",
        {"KAFKA_USERNAME": "nobody", "KAFKA_PASSWORD": PASSWORD, "KAFKA_SASL_MECHANISM": "PLAIN"},
        "refuses 'nobody' or the password",
    ),
    "wrong authority": (
        "sasl_ssl",
        {"KAFKA_USERNAME": "root", "KAFKA_PASSWORD": PASSWORD, "KAFKA_CA_FILE": "other.pem"},
        "is not trusted by",
    ),
    "no certificate of our own": ("ssl", {}, "Kafka at 127.0.0.1"),
    "plain against TLS": ("ssl", {"KAFKA_SECURITY": "plaintext"}, "it may want TLS or a user"),
    "plain against a user": (
        "sasl_plaintext",
        {"KAFKA_SECURITY": "plaintext"},
        "it may want TLS or a user",
    ),
    "TLS against plain": (
        "sasl_plaintext",
        {"KAFKA_SECURITY": "ssl"},
        "(NEWSLOOM_KAFKA_SECURITY is ssl)",
    ),
    "no such file": ("ssl", {"KAFKA_CA_FILE": "none.pem"}, "none.pem (NEWSLOOM_KAFKA_CA_FILE) can"),
    "no PEM": ("ssl", {"KAFKA_CA_FILE": "password"}, "is not a PEM file"),
}


@pytest.mark.parametrize("case", WRONG)
def test_a_rejected_client_gets_the_reason_in_one_sentence(
    secured: SecuredCluster, case: str
) -> None:
    protocol, more, said = WRONG[case]
    home = secured.plain.home
    files = {name: str(home / value) for name, value in more.items() if name.endswith("_FILE")}
    chosen = secured.settings(protocol, **{**more, **files})

    with as_settings(chosen), pytest.raises(UsageError) as refused:
        asyncio.run(_connect(chosen["NEWSLOOM_KAFKA"]))

    text = str(refused.value)
    assert said in text
    assert PASSWORD not in text
    assert "\n" not in text


def test_a_rejected_worker_reports_it_and_ends(secured: SecuredCluster) -> None:
    chosen = secured.settings("sasl_ssl", KAFKA_USERNAME="root", KAFKA_PASSWORD="no")  # noqa: S106

    worker = subprocess.run(
        [sys.executable, "-m", "services", "run", "dedup"],
        env={**secured.plain.environment(), **chosen},
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )

    assert worker.returncode == EXIT_NO_KAFKA
    assert "refuses 'root' or the password" in worker.stderr
    assert "Traceback" not in worker.stderr


def test_neither_settings_nor_doctor_shows_a_secret(
    secured: SecuredCluster, capsys: pytest.CaptureFixture[str]
) -> None:
    chosen = secured.settings("sasl_ssl", KAFKA_USERNAME="root", KAFKA_PASSWORD=PASSWORD)

    with as_settings(chosen):
        show_settings.show()
        said = doctor._broker(settings())
        held = repr(settings())

    shown = capsys.readouterr().out
    assert "********" in shown
    assert "(sasl_ssl as root)" in said
    for text in (shown, said, held):
        assert PASSWORD not in text


async def _connect(bootstrap: str) -> None:
    async with topic_admin.admin(bootstrap):
        pass
