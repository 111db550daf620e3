"""The Compose file starts all services of the project in the right order."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from datetime import timedelta
from pathlib import Path

import pytest
import yaml

from services.kafka.jars import locked_jars
from services.processing.stages import PARTS, STAGES
from services.settings import Settings
from tests.deploy.files import COMPOSE, COMPOSE_TEXT, ENVIRONMENT, ROOT

SERVICES = COMPOSE["services"]


def test_the_broker_has_the_version_of_the_development_broker() -> None:
    (version,) = {
        jar.coordinates.split(":")[2]
        for jar in locked_jars()
        if jar.coordinates.startswith("org.apache.kafka:kafka_")
    }

    assert SERVICES["kafka"]["image"] == f"apache/kafka:{version}"


def test_every_stage_runs_in_as_many_replicas_as_its_variable_says() -> None:
    for stage in STAGES:
        assert SERVICES[stage]["command"] == ["run", stage]
        assert SERVICES[stage]["deploy"]["replicas"] == f"${{{stage.upper()}_REPLICAS:-1}}"


def test_every_service_starts_after_its_dependencies_are_healthy() -> None:
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


def test_a_worker_has_time_to_drain_before_it_is_killed() -> None:
    """The grace period covers the drain and some seconds to leave the consumer group."""
    drain = Settings.model_fields["drain_seconds"].default
    for stage in STAGES:
        seconds = int(SERVICES[stage]["stop_grace_period"].removesuffix("s"))
        assert timedelta(seconds=seconds) >= timedelta(seconds=drain + 20)


def test_a_worker_that_the_poison_limit_stopped_is_not_restarted() -> None:
    """Docker restarts whatever the exit status is: the process stays."""
    for stage in STAGES:
        assert SERVICES[stage]["restart"] == "unless-stopped"
        assert SERVICES[stage]["environment"]["NEWSLOOM_POISON_HOLD"] == "true"
        assert SERVICES[stage]["environment"]["NEWSLOOM_KAFKA"] == "kafka:9092"


def test_the_state_of_dedup_is_on_a_volume() -> None:
    assert f"dedup:{ENVIRONMENT['NEWSLOOM_HOME']}" in SERVICES["dedup"]["volumes"]


def test_prometheus_loads_the_rules_and_grafana_the_dashboards() -> None:
    config = yaml.safe_load((ROOT / "deploy" / "prometheus" / "prometheus.yml").read_text())
    mounted = dict(mount.split(":")[:2] for mount in SERVICES["prometheus"]["volumes"])
    boards = dict(mount.split(":")[:2] for mount in SERVICES["grafana"]["volumes"])
    provisioning = ROOT / "deploy" / "grafana" / "provisioning"
    (provider,) = yaml.safe_load((provisioning / "dashboards" / "newsloom.yml").read_text())[
        "providers"
    ]

    assert mounted["./deploy/prometheus"] == "/etc/prometheus"
    for name in config["rule_files"]:
        assert (ROOT / "deploy" / "prometheus" / name).exists()
    assert boards["./deploy/grafana/provisioning"] == "/etc/grafana/provisioning"
    assert boards["./deploy/grafana/dashboards"] == provider["options"]["path"]


def test_every_path_and_volume_in_the_file_exists() -> None:
    volumes = set(COMPOSE["volumes"])
    for service in SERVICES.values():
        for mount in service.get("volumes", []):
            source = mount.split(":")[0]
            assert source in volumes or (ROOT / source).exists(), mount
        if "build" in service:
            assert (ROOT / service["build"]["dockerfile"]).exists()


def test_ports_are_open_on_loopback_only() -> None:
    for service in SERVICES.values():
        assert all(port.startswith("127.0.0.1:") for port in service.get("ports", []))


def test_every_newsloom_variable_is_a_setting() -> None:
    known = {f"NEWSLOOM_{name.upper()}" for name in Settings.model_fields}

    assert set(re.findall(r"NEWSLOOM_[A-Z_]+", COMPOSE_TEXT)) <= known


def test_the_example_env_file_lists_every_variable_with_its_default() -> None:
    used = dict(re.findall(r"\$\{([A-Z_]+):-([^}]*)\}", COMPOSE_TEXT))
    example = (ROOT / ".env.example").read_text()
    documented = dict(re.findall(r"^#?([A-Z_]+)=(.*)$", example, re.MULTILINE))

    assert len(re.findall(r"(?<!\$)\$\{", COMPOSE_TEXT)) == len(
        re.findall(r"\$\{[A-Z_]+:-", COMPOSE_TEXT)
    ), "a variable without a default"
    assert documented == used


@pytest.mark.parametrize("replicas", [1, 4])
def test_the_parser_of_compose_accepts_the_file(replicas: int, tmp_path: Path) -> None:
    """Use the parser that `make deploy-tools` builds, or `docker compose config`."""
    file = tmp_path / "docker-compose.yml"
    # The parser does not substitute variables, so the number is put into the text.
    file.write_text(COMPOSE_TEXT.replace("_REPLICAS:-1}", f"_REPLICAS:-{replicas}}}"))

    done = subprocess.run(
        _parser(str(file)),
        env={"PATH": os.environ["PATH"]},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    services = yaml.safe_load(done.stdout)["services"]
    assert set(services) == set(SERVICES)
    for stage in STAGES:
        assert services[stage]["deploy"]["replicas"] == replicas
        assert services[stage]["command"] == ["run", stage]


def _parser(file: str) -> list[str]:
    parser = ROOT / ".newsloom" / "bin" / "compose-spec"
    if parser.exists():
        return [str(parser), file]
    client = ["docker", "compose"]
    if not shutil.which("docker") or subprocess.run([*client, "version"], check=False).returncode:
        pytest.skip("neither Compose nor its parser is installed: make test-tools")
    return [*client, "-f", file, "config"]
