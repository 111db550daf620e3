"""Lock files, the subscribers' distribution and the Prometheus configuration match the project."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

import pytest
import yaml

from services.processing.stages import PARTS
from tests.deploy.files import ENVIRONMENT

ROOT = Path(__file__).parents[3]


def test_prometheus_scrapes_every_part_on_the_port_that_it_serves() -> None:
    config = yaml.safe_load((ROOT / "deploy" / "prometheus" / "prometheus.yml").read_text())
    (job,) = config["scrape_configs"]
    (found,) = job["dns_sd_configs"]

    assert set(found["names"]) == set(PARTS)
    assert found["port"] == int(ENVIRONMENT["NEWSLOOM_HTTP_PORT"])


@pytest.mark.parametrize(
    "lock", sorted(ROOT.glob("requirements*.lock")), ids=lambda lock: lock.name
)
def test_every_pin_is_hashed_and_no_index_is_named(lock: Path) -> None:
    text = lock.read_text()
    pins = re.findall(r"^[A-Za-z0-9_.-]+(?:\[[^\]]*\])?==\S+( \\)?$", text, re.MULTILINE)

    assert pins
    assert all(pin == " \\" for pin in pins)
    assert "://" not in text
    assert "index" not in text


def test_the_lock_covers_what_the_project_asks_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    extras = project["optional-dependencies"]
    asked = [*project["dependencies"], *extras["tracing"]]
    lock = (ROOT / "requirements.lock").read_text()

    for requirement in asked:
        name = re.split(r"[\[<>=~ ]", requirement)[0]
        assert re.search(rf"^{re.escape(name)}(\[[^\]]*\])?==", lock, re.MULTILINE), name


def test_the_example_for_node_needs_what_its_test_has() -> None:
    example, tests = (
        json.loads((ROOT / folder / "package.json").read_text())["dependencies"]
        for folder in ("examples/node", "tests/node")
    )

    assert example.items() <= tests.items()


def test_the_client_is_released_with_the_server_under_the_same_terms() -> None:
    server = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    client = tomllib.loads((ROOT / "client" / "pyproject.toml").read_text())["project"]

    for field in ("version", "requires-python", "license"):
        assert client[field] == server[field], field
    assert set(client["dependencies"]) <= set(server["dependencies"])
    assert (ROOT / "client" / "LICENSE").read_text() == (ROOT / "LICENSE").read_text()
