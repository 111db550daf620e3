"""Dockerfile, compose file and Prometheus configuration agree with the project."""

from __future__ import annotations

import re
import shutil
import subprocess
import tomllib
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import pytest
import yaml

from services.settings import STAGES, Settings

ROOT = Path(__file__).parents[2]
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
DOCKERFILE = (ROOT / "deploy" / "Dockerfile").read_text()
MAVEN = {"m": "http://maven.apache.org/POM/4.0.0"}


def instructions(name: str) -> list[str]:
    joined = DOCKERFILE.replace("\\\n", " ")
    return [line.split(" ", 1)[1] for line in joined.splitlines() if line.startswith(f"{name} ")]


def environment() -> dict[str, str]:
    found = " ".join(instructions("ENV"))
    return dict(pair.split("=", 1) for pair in found.split())


def test_the_compose_broker_has_the_version_of_the_development_broker() -> None:
    pom = ET.parse(ROOT / "deploy" / "kafka" / "pom.xml")  # noqa: S314 - our own file
    version = pom.findtext("m:properties/m:kafka.version", namespaces=MAVEN)

    assert COMPOSE["services"]["kafka"]["image"] == f"apache/kafka:{version}"


def test_compose_runs_every_stage_after_the_topics_are_there() -> None:
    for stage in STAGES:
        service = COMPOSE["services"][stage]
        assert service["command"] == ["run", stage]
        assert service["depends_on"]["topics"]["condition"] == "service_completed_successfully"
        assert service["read_only"] is True
        assert stage.upper() in service.get("deploy", {}).get("replicas", "DEDUP")
    assert COMPOSE["services"]["topics"]["command"] == ["topics", "create"]
    assert COMPOSE["services"]["topics"]["depends_on"]["kafka"]["condition"] == "service_healthy"


def test_every_path_and_volume_that_compose_names_is_there() -> None:
    volumes = set(COMPOSE["volumes"])
    for service in COMPOSE["services"].values():
        for mount in service.get("volumes", []):
            source = mount.split(":")[0]
            assert source in volumes or (ROOT / source).exists(), mount
        if "build" in service:
            assert (ROOT / service["build"]["dockerfile"]).exists()


def test_every_newsloom_variable_is_a_setting() -> None:
    known = {f"NEWSLOOM_{name.upper()}" for name in Settings.model_fields}
    named = set(
        re.findall(r"NEWSLOOM_[A-Z_]+", DOCKERFILE + (ROOT / "docker-compose.yml").read_text())
    )

    assert named
    assert named <= known


def test_dedups_state_lies_on_a_volume() -> None:
    home = environment()["NEWSLOOM_HOME"]

    assert f"dedup:{home}" in COMPOSE["services"]["dedup"]["volumes"]
    assert instructions("VOLUME") == [home]


def test_prometheus_scrapes_every_stage_on_the_port_that_it_serves() -> None:
    config = yaml.safe_load((ROOT / "deploy" / "prometheus" / "prometheus.yml").read_text())
    (job,) = config["scrape_configs"]
    (found,) = job["dns_sd_configs"]

    assert set(found["names"]) == set(STAGES)
    assert found["port"] == int(environment()["NEWSLOOM_HTTP_PORT"])
    assert instructions("EXPOSE") == [environment()["NEWSLOOM_HTTP_PORT"]]


@pytest.mark.skipif(
    not shutil.which("promtool"), reason="promtool is not there (Debian: prometheus)"
)
def test_promtool_accepts_the_configuration() -> None:
    done = subprocess.run(
        ["promtool", "check", "config", "deploy/prometheus/prometheus.yml"],  # noqa: S607
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr


def test_the_image_runs_as_nobody_and_stops_gently() -> None:
    assert instructions("USER") == ["10001:10001"]
    assert instructions("STOPSIGNAL") == ["SIGTERM"]
    assert "HEALTHCHECK" in DOCKERFILE
    final = DOCKERFILE.rsplit("FROM ", 1)[1]
    assert "apt-get" not in final
    assert "pip install" not in final


def test_everything_the_image_copies_is_there_and_not_ignored() -> None:
    ignored = (ROOT / ".dockerignore").read_text().splitlines()
    for copy in instructions("COPY"):
        if copy.startswith("--from"):
            continue
        for source in copy.split()[:-1]:
            name = source.removeprefix("./")
            assert (ROOT / name).exists(), name
            assert f"!{name}" in ignored, name


def test_the_image_and_the_makefile_use_one_uv() -> None:
    (wanted,) = re.findall(r"^UV_VERSION := (\S+)", (ROOT / "Makefile").read_text(), re.MULTILINE)

    assert f"uv=={wanted}" in DOCKERFILE


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock"])
def test_every_pin_is_hashed_and_no_index_is_named(name: str) -> None:
    text = (ROOT / name).read_text()
    pins = re.findall(r"^[A-Za-z0-9_.-]+(?:\[[^\]]*\])?==\S+( \\)?$", text, re.MULTILINE)

    assert pins
    assert all(pin == " \\" for pin in pins)
    assert "://" not in text
    assert "index" not in text


def test_the_lock_covers_what_the_project_asks_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    asked = [*project["dependencies"], *project["optional-dependencies"]["pipeline"]]
    lock = (ROOT / "requirements.lock").read_text()

    for requirement in asked:
        name = re.split(r"[\[<>=~ ]", requirement)[0]
        assert re.search(rf"^{re.escape(name)}(\[[^\]]*\])?==", lock, re.MULTILINE), name
