"""Alert rules, dashboards and runbook use existing metrics, and every alert is tested."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from services.observability.metrics import VOCABULARY
from tests.promql import DASHBOARDS, UnknownNameError, labels_of, panels, queries

ROOT = Path(__file__).parents[3]
PROMETHEUS = ROOT / "deploy" / "prometheus"
RULES = yaml.safe_load((PROMETHEUS / "rules.yml").read_text())
ALERTS = [rule for group in RULES["groups"] for rule in group["rules"] if "alert" in rule]
TESTS = yaml.safe_load((PROMETHEUS / "rules_test.yml").read_text())["tests"]


@pytest.mark.parametrize("alert", ALERTS, ids=lambda alert: alert["alert"])
def test_each_alert_is_tested_both_firing_and_silent(alert: dict[str, Any]) -> None:
    cases = [
        bool(case.get("exp_alerts"))
        for test in TESTS
        for case in test.get("alert_rule_test", [])
        if case["alertname"] == alert["alert"]
    ]

    assert set(cases) == {True, False}


@pytest.mark.parametrize("alert", ALERTS, ids=lambda alert: alert["alert"])
def test_each_alert_has_a_description_and_a_section_in_the_runbook(
    alert: dict[str, Any],
) -> None:
    said = alert["annotations"]
    file, anchor = said["runbook_url"].split("#")
    headings = re.findall(r"^## (\w+)$", (ROOT / file).read_text(), re.MULTILINE)

    assert said["summary"].endswith(".")
    assert said["description"].endswith(".")
    assert alert["labels"]["severity"] in ("critical", "warning")
    assert alert["alert"] in headings
    assert anchor == alert["alert"].lower()


def test_the_runbook_has_no_section_without_an_alert() -> None:
    headings = re.findall(
        r"^## (Newsloom\w+)$", (ROOT / "docs/runbook.md").read_text(), re.MULTILINE
    )

    assert headings == [alert["alert"] for alert in ALERTS]


@pytest.mark.parametrize("place", sorted(queries()))
def test_every_query_uses_existing_metrics_and_labels(place: str) -> None:
    for query in queries()[place]:
        labels_of(query)


@pytest.mark.parametrize(
    "query",
    [
        "newsloom_message_in_total",
        'newsloom_messages_in_total{source="a"}',
        "sum by (outcome) (rate(newsloom_messages_in_total[5m]))",
        "sum(newsloom:no_such_rule) + 1",
        "histogram_quantile(0.9, sum by (le) (rate(newsloom_batch_work_seconds_sum[5m])))",
    ],
)
def test_a_query_with_an_unknown_name_is_detected(query: str) -> None:
    with pytest.raises(UnknownNameError):
        labels_of(query)


@pytest.mark.parametrize("path", DASHBOARDS, ids=lambda path: path.stem)
def test_legends_use_labels_that_their_queries_return(path: Path) -> None:
    for panel in panels(path):
        for target in panel["targets"]:
            named = set(re.findall(r"\{\{(\w+)\}\}", target.get("legendFormat", "")))
            assert named <= labels_of(target["expr"]), panel["title"]


@pytest.mark.parametrize("path", DASHBOARDS, ids=lambda path: path.stem)
def test_every_panel_has_a_description_and_a_unit(path: Path) -> None:
    for panel in panels(path):
        assert panel["description"].endswith("."), panel["title"]
        assert panel["fieldConfig"]["defaults"]["unit"], panel["title"]
        assert panel["datasource"]["uid"] == "${datasource}"


def test_grafana_is_provisioned_with_dashboards_and_data_source() -> None:
    provisioning = ROOT / "deploy" / "grafana" / "provisioning"
    source = yaml.safe_load((provisioning / "datasources" / "prometheus.yml").read_text())
    provider = yaml.safe_load((provisioning / "dashboards" / "newsloom.yml").read_text())
    compose = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
    mounts = dict(volume.split(":")[:2] for volume in compose["services"]["grafana"]["volumes"])

    assert source["datasources"][0]["url"] == "http://prometheus:9090"
    assert mounts["./deploy/grafana/provisioning"] == "/etc/grafana/provisioning"
    assert provider["providers"][0]["options"]["path"] == mounts["./deploy/grafana/dashboards"]
    assert {path.stem for path in DASHBOARDS} == {"operations", "newsroom"}


def test_the_runbook_uses_existing_metrics() -> None:
    known = {name for metric in VOCABULARY for name in (metric.name, *metric.exposed)}
    known |= {
        rule["record"] for group in RULES["groups"] for rule in group["rules"] if "record" in rule
    }
    named = set(re.findall(r"newsloom[_:][a-z0-9_:]+", (ROOT / "docs/runbook.md").read_text()))

    assert named <= known
