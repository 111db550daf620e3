"""Some modules must not load certain libraries: checked in a fresh interpreter."""

from __future__ import annotations

import subprocess
import sys

import pytest


def loaded_libraries(*modules: str) -> set[str]:
    """Import modules in a new Python process; return the top-level names it has loaded then."""
    code = (
        f"import sys, {', '.join(modules)}\n"
        "print(*sorted(name for name in sys.modules if '.' not in name))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


@pytest.mark.parametrize("stage", ["cleaning", "tagging", "dedup"])
def test_the_core_of_a_stage_loads_neither_kafka_nor_metrics_nor_tracing(stage: str) -> None:
    loaded = loaded_libraries(f"services.{stage}.core")

    assert "pydantic" in loaded
    assert not loaded & {"prometheus_client", "opentelemetry", "aiokafka", "faust"}


def test_a_worker_without_tracing_does_not_load_opentelemetry() -> None:
    loaded = loaded_libraries(
        "services.faust_adapter.worker", "services.processing.message_observer"
    )

    assert "faust" in loaded
    assert "opentelemetry" not in loaded
