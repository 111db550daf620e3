"""The contents of the Dockerfile; `make check-image` runs its steps and tests the result."""

from __future__ import annotations

import re
import tomllib

from services.settings import Settings
from tests.deploy import dockerfile
from tests.deploy.files import COMPOSE, ENVIRONMENT, IMAGE, ROOT

BUILD, FINAL = IMAGE


def test_both_stages_use_the_same_pinned_python() -> None:
    python = (ROOT / ".python-version").read_text().strip()

    assert BUILD.base == FINAL.base
    assert re.fullmatch(rf"python:{re.escape(python)}\.\d+-slim-\w+", FINAL.base)


def test_the_labels_name_the_version_and_the_licence() -> None:
    labels = FINAL.pairs("LABEL")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]

    assert labels["org.opencontainers.image.version"] == project["version"]
    assert labels["org.opencontainers.image.licenses"] == project["license"]
    assert set(labels) >= {
        f"org.opencontainers.image.{name}" for name in ("title", "description", "revision")
    }


def test_the_final_stage_runs_without_root_and_installs_nothing() -> None:
    assert [step.rest for step in FINAL.of("USER")] == ["10001:10001"]
    for step in FINAL.of("RUN"):
        assert not re.search(r"apt-get|pip|uv |curl", step.rest)


def test_process_1_is_an_init_that_passes_sigterm_on() -> None:
    assert FINAL.of("ENTRYPOINT")[-1].words()[:2] == ["tini", "--"]
    assert all("init" not in service for service in COMPOSE["services"].values()), "two inits"


def test_the_entrypoint_uses_no_shell_so_that_sigterm_reaches_the_worker() -> None:
    assert FINAL.of("STOPSIGNAL")[-1].rest == "SIGTERM"
    for name in ("ENTRYPOINT", "CMD"):
        assert FINAL.of(name)[-1].rest.startswith("[")


def test_the_health_check_uses_the_port_of_the_service() -> None:
    (check,) = FINAL.of("HEALTHCHECK")

    assert "/livez" in check.rest
    assert "NEWSLOOM_HTTP_PORT" in check.rest
    assert [step.rest for step in FINAL.of("EXPOSE")] == [ENVIRONMENT["NEWSLOOM_HTTP_PORT"]]


def test_only_the_volume_and_tmp_are_written() -> None:
    assert [step.rest for step in FINAL.of("VOLUME")] == [ENVIRONMENT["NEWSLOOM_HOME"]]
    assert ENVIRONMENT["HOME"] == "/tmp"


def test_every_variable_is_a_setting() -> None:
    named = {name for name in ENVIRONMENT if name.startswith("NEWSLOOM_")}

    assert named
    assert named <= {f"NEWSLOOM_{name.upper()}" for name in Settings.model_fields}


def test_every_copied_file_exists_and_is_not_ignored() -> None:
    seen = {
        line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line[0] == "!"
    }
    copied = {
        source.removeprefix("./")
        for stage in IMAGE
        for step in stage.of("COPY")
        if not step.rest.startswith("--from")
        for source in step.words()[:-1]
    }

    assert copied == seen
    assert all((ROOT / name).exists() for name in copied)


def test_the_image_and_the_makefile_use_the_same_version_of_uv() -> None:
    (wanted,) = re.findall(r"^UV_VERSION := (\S+)", (ROOT / "Makefile").read_text(), re.MULTILINE)

    assert any(f"uv=={wanted}" in step.rest for step in BUILD.of("RUN"))


def test_the_dockerfile_parser_follows_the_rules_of_docker() -> None:
    """The other tests of this file rely on the parser."""
    text = """# a comment
ARG BASE=one
FROM ${BASE} AS first
RUN a \\
# a comment within
 && b $HOME
FROM two
ARG VERSION=3
LABEL x="${VERSION} 4" \\
      y=z
ENTRYPOINT ["p", "q r"]
"""

    first, second = dockerfile.parse(text)

    assert (first.base, first.name, second.base, second.name) == ("one", "first", "two", "1")
    assert first.of("RUN")[0].rest == "a && b $HOME"
    assert second.pairs("LABEL") == {"x": "3 4", "y": "z"}
    assert second.of("ENTRYPOINT")[0].words() == ["p", "q r"]
