"""`docker compose up` starts what the project says, in the order in which it can."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from datetime import timedelta

from services.settings import PARTS, STAGES, Settings
from tests.deploy.files import COMPOSE, COMPOSE_TEXT, ENVIRONMENT, ROOT

SERVICES = COMPOSE["services"]
MAVEN = {"m": "http://maven.apache.org/POM/4.0.0"}


def test_the_broker_has_the_version_of_the_development_broker() -> None:
    pom = ET.parse(ROOT / "deploy" / "kafka" / "pom.xml")  # noqa: S314 - our own file
    version = pom.findtext("m:properties/m:kafka.version", namespaces=MAVEN)

    assert SERVICES["kafka"]["image"] == f"apache/kafka:{version}"


def test_every_stage_runs_in_as_many_replicas_as_its_variable_says() -> None:
    for stage in STAGES:
        assert SERVICES[stage]["command"] == ["run", stage]
        assert SERVICES[stage]["deploy"]["replicas"] == f"${{{stage.upper()}_REPLICAS:-1}}"


def test_everything_starts_when_what_it_needs_is_healthy() -> None:
    for stage in STAGES:
        needs = SERVICES[stage]["depends_on"]
        assert needs == {"topics": {"condition": "service_completed_successfully"}}
    assert SERVICES["topics"]["command"] == ["topics", "create"]
    assert SERVICES["topics"]["depends_on"] == {"kafka": {"condition": "service_healthy"}}
    for service in SERVICES.values():
        for name, needed in service.get("depends_on", {}).items():
            if needed["condition"] == "service_healthy":
                assert SERVICES[name]["healthcheck"]["test"]


def test_workers_are_confined() -> None:
    for name in (*PARTS, "topics"):
        service = SERVICES[name]
        assert service["read_only"] is True
        assert service["tmpfs"] == ["/tmp"]
        assert service["cap_drop"] == ["ALL"]
        assert service["security_opt"] == ["no-new-privileges:true"]


def test_a_worker_may_drain_before_it_is_killed() -> None:
    """The work in hand, then some seconds to leave the group and stop."""
    drain = Settings.model_fields["drain_seconds"].default
    for stage in STAGES:
        seconds = int(SERVICES[stage]["stop_grace_period"].removesuffix("s"))
        assert timedelta(seconds=seconds) >= timedelta(seconds=drain + 20)


def test_dedups_state_lies_on_a_volume() -> None:
    assert f"dedup:{ENVIRONMENT['NEWSLOOM_HOME']}" in SERVICES["dedup"]["volumes"]


def test_every_path_and_volume_named_is_there() -> None:
    volumes = set(COMPOSE["volumes"])
    for service in SERVICES.values():
        for mount in service.get("volumes", []):
            source = mount.split(":")[0]
            assert source in volumes or (ROOT / source).exists(), mount
        if "build" in service:
            assert (ROOT / service["build"]["dockerfile"]).exists()


def test_ports_are_open_to_this_machine_only() -> None:
    for service in SERVICES.values():
        assert all(port.startswith("127.0.0.1:") for port in service.get("ports", []))


def test_every_newsloom_variable_is_a_setting() -> None:
    known = {f"NEWSLOOM_{name.upper()}" for name in Settings.model_fields}

    assert set(re.findall(r"NEWSLOOM_[A-Z_]+", COMPOSE_TEXT)) <= known


def test_the_example_of_an_env_file_names_every_variable_with_its_default() -> None:
    used = dict(re.findall(r"\$\{([A-Z_]+):-([^}]*)\}", COMPOSE_TEXT))
    example = (ROOT / ".env.example").read_text()
    told = dict(re.findall(r"^#?([A-Z_]+)=(.*)$", example, re.MULTILINE))

    assert len(re.findall(r"(?<!\$)\$\{", COMPOSE_TEXT)) == len(
        re.findall(r"\$\{[A-Z_]+:-", COMPOSE_TEXT)
    ), "a variable without a default"
    assert told == used
