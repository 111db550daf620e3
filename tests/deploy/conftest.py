"""Fixtures: the chart, rendered once for the tests of a file."""

from __future__ import annotations

import pytest

from tests.deploy.chart import ALL, LEAST, Manifest, render


@pytest.fixture(scope="module", params=[LEAST, ALL], ids=["default", "everything on"])
def manifests(request: pytest.FixtureRequest) -> list[Manifest]:
    return render(request.param)


@pytest.fixture(scope="module")
def everything() -> list[Manifest]:
    return render(ALL)
