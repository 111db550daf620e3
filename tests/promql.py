"""The queries of rules and dashboards, and which metrics and labels they name."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import promql_parser
import yaml

from services.observability.metrics import VOCABULARY

ROOT = Path(__file__).parents[1]
RULES: dict[str, Any] = yaml.safe_load((ROOT / "deploy/prometheus/rules.yml").read_text())
DASHBOARDS = sorted((ROOT / "deploy/grafana/dashboards").glob("*.json"))

_SCRAPED = frozenset({"job", "instance"})
"""Labels that Prometheus adds to all it scrapes."""
_NOT_OURS = {"up", "process_start_time_seconds", "process_resident_memory_bytes"} | {
    "process_cpu_seconds_total"
}


def queries() -> dict[str, list[str]]:
    """Every query, by where it stands."""
    found: dict[str, list[str]] = {}
    for group in RULES["groups"]:
        for rule in group["rules"]:
            found[f"rule {rule.get('record') or rule['alert']}"] = [rule["expr"]]
    for path in DASHBOARDS:
        for panel in panels(path):
            place = f"{path.stem}: {panel['title']}"
            found[place] = [target["expr"] for target in panel.get("targets", [])]
    return found


def panels(path: Path) -> Iterator[dict[str, Any]]:
    """The panels of a dashboard that show something."""
    for panel in json.loads(path.read_text())["panels"]:
        if panel["type"] not in ("row", "text"):
            yield panel


def metrics_used(query: str) -> set[str]:
    """The metrics that a query names, recorded ones included."""
    return _names(_parse(query))


class UnknownNameError(Exception):
    """A query names a metric or a label that does not exist."""


def labels_of(query: str) -> frozenset[str]:
    """The labels of what a query gives; raises `UnknownNameError`."""
    return _labels(_parse(query))


def _parse(query: str) -> Any:
    for variable, value in (("$__rate_interval", "5m"), ("$__range", "1d")):
        query = query.replace(variable, value)
    return promql_parser.parse(query)


def _known(name: str) -> frozenset[str]:
    for metric in VOCABULARY:
        if name in metric.exposed:
            more = {"le"} if name.endswith("_bucket") else set()
            return _SCRAPED | set(metric.labels) | more
    for group in RULES["groups"]:
        for rule in group["rules"]:
            if rule.get("record") == name:
                return labels_of(rule["expr"])
    if name in _NOT_OURS:
        return _SCRAPED
    raise UnknownNameError(f"there is no metric {name}")


def _labels(node: Any) -> frozenset[str]:  # noqa: PLR0911 - a case a kind of node
    match type(node).__name__:
        case "VectorSelector":
            known = _known(node.name)
            _require({matcher.name for matcher in node.matchers.matchers}, known, node.name)
            return known
        case "MatrixSelector":
            return _labels(node.vector_selector)
        case "AggregateExpr":
            inner = _labels(node.expr)
            if node.modifier is None:
                return inner if "topk" in str(node.prettify()) else frozenset()
            named = frozenset(node.modifier.labels)
            _require(named, inner, node.prettify())
            by = node.modifier.type == promql_parser.AggModifierType.By
            return named if by else inner - named
        case "Call":
            inner = frozenset().union(*(_labels(one) for one in node.args))
            return inner - {"le"} if node.func.name == "histogram_quantile" else inner
        case "BinaryExpr":
            left, right = _labels(node.lhs), _labels(node.rhs)
            return left or right
        case "ParenExpr" | "UnaryExpr" | "SubqueryExpr":
            return _labels(node.expr)
        case _:
            return frozenset()


def _names(node: Any) -> set[str]:
    match type(node).__name__:
        case "VectorSelector":
            return {node.name}
        case "MatrixSelector":
            return {node.vector_selector.name}
        case "BinaryExpr":
            return _names(node.lhs) | _names(node.rhs)
        case "Call":
            return set().union(*(_names(one) for one in node.args))
        case "AggregateExpr" | "ParenExpr" | "UnaryExpr" | "SubqueryExpr":
            return _names(node.expr)
        case _:
            return set()


def _require(named: set[str] | frozenset[str], known: frozenset[str], where: str) -> None:
    if not named <= known:
        raise UnknownNameError(f"{where} has no label {', '.join(sorted(named - known))}")
