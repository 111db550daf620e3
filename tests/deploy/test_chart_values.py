"""The values of the Helm chart: they are explained, bounded by the schema, and checked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from schemas.topics import TAGGED
from services.settings import Settings
from tests.deploy.chart import (
    ALL,
    CHART,
    LEAST,
    SCHEMA,
    VALUES,
    Manifest,
    helm,
    pod_specs,
    read,
    render,
    settings_of_users,
)
from tests.deploy.files import IMAGE


@pytest.mark.parametrize("values", [LEAST, ALL], ids=["default", "everything on"])
def test_helm_lint_reports_nothing(values: dict[str, Any]) -> None:
    done = helm("lint", "--strict", str(CHART), values=values)

    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("kafka", [{"security": "sasl_plaintext"}, {"secret": {"ca": "ca.crt"}}])
def test_a_secret_is_required_if_any_of_its_keys_is_used(kafka: dict[str, Any]) -> None:
    done = helm("template", "news", str(CHART), values={"kafka": LEAST["kafka"] | kafka})

    assert done.returncode != 0
    assert "Set kafka.secret.name to the Secret" in done.stderr


def test_a_packaged_chart_contains_rules_and_dashboards(
    everything: list[Manifest], tmp_path: Path
) -> None:
    done = helm("package", str(CHART), "--destination", str(tmp_path))
    assert done.returncode == 0, done.stderr
    (package,) = tmp_path.glob("*.tgz")

    assert render(ALL, package) == everything


def test_chart_and_image_have_the_same_version() -> None:
    labels = IMAGE[-1].pairs("LABEL")

    assert read(CHART / "Chart.yaml")["appVersion"] == labels["org.opencontainers.image.version"]


def test_the_schema_lists_exactly_the_values_of_the_chart() -> None:
    def in_schema(schema: dict[str, Any], path: str = "") -> Iterator[str]:
        if "$ref" in schema:
            schema = SCHEMA["definitions"][schema["$ref"].rpartition("/")[2]]
        if not schema.get("properties"):
            yield path
        for name, inner in schema.get("properties", {}).items():
            yield from in_schema(inner, f"{path}.{name}")

    def in_values(value: Any, path: str = "") -> Iterator[str]:
        if (
            not isinstance(value, dict)
            or not value
            or path.endswith((".requests", ".limits", ".labels"))
        ):
            yield path
            return
        for name, inner in value.items():
            yield from in_values(inner, f"{path}.{name}")

    assert set(in_schema(SCHEMA)) - {".global"} == set(in_values(VALUES))


def test_every_value_is_explained() -> None:
    """A comment stands above each group of values, or above the first one in it."""
    lines = (CHART / "values.yaml").read_text().splitlines()
    for above, line, below in zip(lines, lines[1:], lines[2:], strict=False):
        if re.match(r"\w+:", line):
            assert above.startswith("#") or below.startswith("  #"), line


def test_the_schema_has_the_bounds_of_the_settings_and_topics() -> None:
    properties = SCHEMA["properties"]
    standby = Settings.model_fields["standby_replicas"].default
    assert VALUES["dedup"]["standbyReplicas"] == standby < VALUES["dedup"]["replicas"]

    names = properties["settings"]["propertyNames"]["enum"]
    assert names == settings_of_users(), "run `make schemas`"
    assert properties["dedup"]["properties"]["replicas"]["maximum"] == TAGGED.partitions
    assert (
        VALUES["topics"]["articlePartitions"] == Settings.model_fields["article_partitions"].default
    )


def test_a_secret_of_which_no_key_is_used_is_not_mounted() -> None:
    rendered = render({"kafka": LEAST["kafka"] | {"secret": {"name": "unused"}}})

    assert all(
        {volume["name"] for volume in spec["volumes"]} <= {"state", "tmp"}
        for spec in pod_specs(rendered).values()
    )


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"kafka": {"bootstrap": ""}}, "Set kafka.bootstrap to the bootstrap servers"),
        ({"kafka": {"bootstrap": "kafka"}}, "/kafka/bootstrap"),
        ({"cleaning": {"replicas": 9}}, "cleaning can't have more pods"),
        ({"tagging": {"autoscaling": {"maxReplicas": 9}}}, "tagging can't have more pods"),
        ({"dedup": {"replicas": 9}}, "/dedup/replicas"),
        ({"settings": {"log_levle": "info"}}, "log_levle"),
        ({"taging": {"replicas": 2}}, "taging"),
        ({"tagging": {"resources": {"requests": {"memory": "1 GB"}}}}, "/memory"),
    ],
    ids=[
        "no broker",
        "no port",
        "too many",
        "too many when scaled",
        "too many dedup workers",
        "setting",
        "part",
        "quantity",
    ],
)
def test_wrong_values_are_rejected_with_the_reason(values: dict[str, Any], message: str) -> None:
    done = helm("template", "news", str(CHART), values={**LEAST, **values})

    assert done.returncode != 0
    assert message in done.stderr
