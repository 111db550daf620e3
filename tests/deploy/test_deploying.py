"""The examples and statements of docs/deploying.md are right."""

from __future__ import annotations

import re

import yaml

from services.settings import Settings
from tests.deploy.chart import render
from tests.deploy.files import IMAGE, ROOT

TEXT = (ROOT / "docs" / "deploying.md").read_text()


def test_the_chart_renders_with_the_example_values() -> None:
    (example,) = re.findall(r"(?s)```yaml\n(.*?)```", TEXT)

    assert render(yaml.safe_load(example))


def test_its_statements_about_the_image_match_the_dockerfile() -> None:
    final = IMAGE[-1]

    assert final.base.removeprefix("python:") in TEXT
    assert f"| user | {final.of('USER')[-1].rest.split(':')[0]}," in TEXT
    assert f"`{final.of('VOLUME')[-1].rest}`" in TEXT
    assert f"port {final.of('EXPOSE')[-1].rest}" in TEXT
    drain = Settings.model_fields["drain_seconds"].default
    assert f"`NEWSLOOM_DRAIN_SECONDS` ({drain})" in TEXT


def test_the_files_that_it_names_exist() -> None:
    for name in re.findall(r"(?:^|[ `])((?:deploy|docs)/[\w./-]+)", TEXT):
        assert (ROOT / name).exists(), name
    assert (ROOT / ".env.example").exists()
