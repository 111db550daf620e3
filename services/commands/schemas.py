"""`newsloom schemas …`: export, check, release and register the message schemas."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from services.commands.terminal.output import errors, out
from services.contract import compatibility, files, schema_registry
from services.contract.schema_registry import Registry
from services.messaging.errors import UsageError

app = typer.Typer(
    help="Export, check, release and register the contract: JSON Schema and AsyncAPI files."
)

Folder = Annotated[Path, typer.Option(help="Folder of the contract.")]
_SCHEMAS = Path("schemas")


@app.callback()
def group() -> None:
    """Generate the schema files that subscribers use, and check that no change breaks them."""


@app.command()
def export(folder: Folder = _SCHEMAS) -> None:
    """Write json/*.json and asyncapi.yaml from the models and the topic registry."""
    changed = files.export(folder)
    for path in changed:
        out.print(f"wrote {path}", highlight=False)
    if not changed:
        out.print("All files are up to date.")


@app.command()
def check(
    folder: Folder = _SCHEMAS,
    changelog: Annotated[
        Path, typer.Option(help="Changelog that must name every new or changed field.")
    ] = Path("CHANGELOG.md"),
) -> None:
    """Check that the schemas are compatible with every release.

    Fails on a change that breaks readers of the last release or the replay of old messages, and
    on a new or changed field that the changelog does not name.
    """
    released = compatibility.releases(folder)
    if not released:
        raise UsageError(f"There is no released contract below {folder / compatibility.RELEASED}.")
    version = list(released)[-1]
    now = compatibility.present()
    found = compatibility.faults(now, released)
    for fault in found:
        errors.print(str(fault), style="red", markup=False, highlight=False, soft_wrap=True)
    text = changelog.read_text()
    undocumented_changes = compatibility.undocumented_changes(now, released[version], text, version)
    for field in undocumented_changes:
        sentence = f"{field} is new or changed since {version}; name it in {changelog}."
        errors.print(sentence, style="yellow", markup=False, highlight=False, soft_wrap=True)
    if found or undocumented_changes:
        raise UsageError(
            "This change of the contract is not allowed; if nobody uses "
            f"{version} yet, `newsloom schemas release {version} --again` replaces it."
        )
    out.print(f"The contract is compatible with {', '.join(released)}.", highlight=False)


@app.command()
def release(
    version: Annotated[str, typer.Argument(help="Version to release, for example 1.2.0.")],
    folder: Folder = _SCHEMAS,
    *,
    again: Annotated[
        bool,
        typer.Option(
            "--again", help="Overwrite this release. Only for a version that nobody uses yet."
        ),
    ] = False,
) -> None:
    """Store the present schemas as a release, which `check` compares with from then on."""
    target = compatibility.release(folder, version, again=again)
    out.print(f"wrote {target}", highlight=False)


@app.command()
def register(
    registry: Annotated[
        str,
        typer.Option(
            help="URL of the registry, with user and password if it requires them: "
            "http://user:password@host:8081. The URL of Apicurio is "
            "http://host:8080/apis/ccompat/v7.",
            envvar="NEWSLOOM_REGISTRY",
        ),
    ],
    compatibility_level: Annotated[
        str | None,
        typer.Option(
            "--compatibility",
            help="Set this compatibility level for each subject: NONE, BACKWARD, "
            "FULL_TRANSITIVE, …",
        ),
    ] = None,
) -> None:
    """Register the schemas as <topic>-value with a registry that supports Confluent's API.

    Optional: Newsloom does not need a registry, and its records carry no schema id.
    """
    there = Registry(registry)
    for subject, topic in schema_registry.subjects():
        done = there.register(subject, topic)
        if compatibility_level:
            there.set_compatibility(subject, compatibility_level)
        state = "registered" if done.new else "is there already"
        out.print(f"{subject} {state}, id {done.id}", highlight=False)
