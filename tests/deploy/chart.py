"""Render the Helm chart with Helm.

Run as a program, this module writes the names of the settings into the chart's values schema.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from services.settings import Settings
from tests.deploy.files import ROOT

CHART = ROOT / "deploy" / "helm" / "newsloom"
VALUES: dict[str, Any] = yaml.safe_load((CHART / "values.yaml").read_text())
SCHEMA: dict[str, Any] = json.loads((CHART / "values.schema.json").read_text())

Manifest = dict[str, Any]

LEAST: dict[str, Any] = {"kafka": {"bootstrap": "kafka-0.example:9092,kafka-1.example:9092"}}
"""The values that must be set."""

ALL: dict[str, Any] = {
    "image": {"repository": "images.example/newsloom", "digest": f"sha256:{'a' * 64}"},
    "imagePullSecrets": ["pull"],
    "kafka": {
        "bootstrap": "kafka.example:9093",
        "security": "sasl_ssl",
        "secret": {
            "name": "kafka-workers",
            "ca": "ca.crt",
            "certificate": "tls.crt",
            "key": "tls.key",
            "keyPassword": "key-password",
        },
    },
    "settings": {"log_level": "warning", "poison_window": 1000000, "topic_suffix": "second"},
    "drainSeconds": 40,
    "topics": {"kafkaSecret": "kafka-operator"},
    "cleaning": {
        "kafkaSecret": "kafka-cleaning",
        "podAnnotations": {"example.com/note": "x"},
        "nodeSelector": {"disk": "ssd"},
        "tolerations": [{"key": "news", "operator": "Exists"}],
        "affinity": {"podAntiAffinity": {}},
    },
    "dedup": {"replicas": 2, "standbyReplicas": 1, "storage": {"className": "fast"}},
    "tracing": {"endpoint": "http://collector.example:4318", "ratio": 0.25},
    "autoscaling": {"enabled": True},
    "networkPolicy": {
        "metricsFrom": [{"namespaceSelector": {"matchLabels": {"name": "monitoring"}}}],
        "kafkaTo": [{"ipBlock": {"cidr": "192.0.2.0/24"}}],
        "extraEgress": [{"ports": [{"protocol": "TCP", "port": 4317}]}],
    },
    "serviceMonitor": {"enabled": True, "labels": {"release": "prometheus"}},
    "prometheusRule": {"enabled": True, "labels": {"release": "prometheus"}},
    "grafanaDashboards": {"enabled": True},
    "serviceAccount": {"annotations": {"example.com/role": "news"}},
}
"""All optional features."""


def helm(*arguments: str, values: dict[str, Any] | None = None) -> subprocess.CompletedProcess[str]:
    """Run Helm, with `values` if given; skip the test if Helm is not installed."""
    own = ROOT / ".newsloom" / "bin" / "helm"
    program = str(own) if own.exists() else shutil.which("helm")
    if program is None:
        pytest.skip("Helm is not built: make test-tools")
    return subprocess.run(
        [program, *arguments, *(["--values", "-"] if values else [])],
        input=yaml.safe_dump(values),
        capture_output=True,
        text=True,
        check=False,
    )


def render(values: dict[str, Any], chart: Path = CHART) -> list[Manifest]:
    """Return the manifests that the chart renders with the values."""
    done = helm("template", "news", str(chart), "--namespace", "newsroom", values=values)
    assert done.returncode == 0, done.stderr
    return [manifest for manifest in yaml.safe_load_all(done.stdout) if manifest]


def pod_specs(manifests: list[Manifest]) -> dict[str, Manifest]:
    """Return the pod specs by part."""
    return {
        manifest["metadata"]["labels"]["app.kubernetes.io/component"]: manifest["spec"]["template"][
            "spec"
        ]
        for manifest in manifests
        if "template" in manifest.get("spec", {})
    }


def of_kind(manifests: list[Manifest], kind: str) -> dict[str, Manifest]:
    """Return the manifests of a kind by name."""
    found = [manifest for manifest in manifests if manifest["kind"] == kind]
    return {manifest["metadata"]["name"]: manifest for manifest in found}


def environment(spec: Manifest) -> dict[str, str]:
    """Return the environment variables of a pod whose value is in the manifest."""
    (container,) = spec["containers"]
    return {one["name"]: one["value"] for one in container["env"] if "value" in one}


def read(path: Path) -> Any:
    """Return the contents of a YAML file."""
    return yaml.safe_load(path.read_text())


def settings_of_users() -> list[str]:
    """Return the settings that `settings` of the values may name: those the chart does not set."""
    own = {"drain_seconds", "home", "http_host", "http_port", "log_format", "replication"}
    own |= {"article_partitions", "poison_hold", "standby_replicas", "tracing"}
    return sorted(name for name in set(Settings.model_fields) - own if "kafka" not in name)


if __name__ == "__main__":
    SCHEMA["properties"]["settings"]["propertyNames"]["enum"] = settings_of_users()
    (CHART / "values.schema.json").write_text(json.dumps(SCHEMA, indent=2) + "\n")
