"""Run Prometheus on loopback, scraping the workers of a cluster."""

from __future__ import annotations

import json
import subprocess
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import yaml

from services.kafka.ports import free_port
from tests.integration.harness import PATIENCE, ROOT, Cluster, eventually, get


@dataclass(frozen=True)
class Prometheus:
    """A running Prometheus."""

    port: int

    def ask(self, path: str, **parameters: str) -> Any:
        """Return the data of a response of the HTTP API."""
        query = urllib.parse.urlencode(parameters)
        url = f"http://127.0.0.1:{self.port}/api/v1/{path}?{query}"
        with urllib.request.urlopen(url, timeout=30) as answer:
            return json.load(answer)["data"]

    def rules(self) -> list[Any]:
        """Return all rules, as the HTTP API lists them."""
        return [rule for group in self.ask("rules")["groups"] for rule in group["rules"]]

    def has_begun(self) -> bool:
        """Return whether each target was scraped and each rule evaluated at least once."""
        targets, rules = self.ask("targets")["activeTargets"], self.rules()
        tried = all(one["health"] != "unknown" for one in (*targets, *rules))
        return bool(targets) and bool(rules) and tried


@contextmanager
def running_prometheus(program: str, cluster: Cluster) -> Iterator[Prometheus]:
    """Start Prometheus, which scrapes and evaluates every second, and stop it at the end."""
    home = cluster.home / "prometheus"
    home.mkdir()
    config = {
        "global": {"scrape_interval": "1s", "evaluation_interval": "1s"},
        "rule_files": [str(ROOT / "deploy" / "prometheus" / "rules.yml")],
        "scrape_configs": [
            {
                "job_name": "newsloom",
                "static_configs": [
                    {"targets": [f"127.0.0.1:{worker.port}" for worker in cluster.workers]}
                ],
            }
        ],
    }
    (home / "prometheus.yml").write_text(yaml.safe_dump(config))
    port = free_port()
    with (home / "log").open("wb") as log:
        process = subprocess.Popen(
            [
                program,
                f"--config.file={home / 'prometheus.yml'}",
                f"--storage.tsdb.path={home / 'data'}",
                f"--web.listen-address=127.0.0.1:{port}",
            ],
            stdout=log,
            stderr=log,
        )
    try:
        eventually(lambda: get(port, "/-/ready")[0] == 200, "Prometheus is ready")
        started = Prometheus(port)
        eventually(started.has_begun, "Prometheus scrapes and evaluates", every=0.2)
        yield started
    finally:
        process.terminate()
        process.wait(PATIENCE)
