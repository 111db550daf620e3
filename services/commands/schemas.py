"""`newsloom schemas …`: the contract as files, checked, released and registered."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from services.commands.terminal.output import errors, out
from services.contract import compatibility, files, schema_registry
from services.contract.schema_registry import Registry
from services.messaging.errors import UsageError

app = typer.Typer(help="The contract: JSON Schema and AsyncAPI, checked, released and registered.")

Folder = Annotated[Path, typer.Option(help="The folder of the contract.")]
_SCHEMAS = Path("schemas")


@app.callback()
def group() -> None:
    """Make the files that other teams read, and see that no change breaks them."""


@app.command()
def export(folder: Folder = _SCHEMAS) -> None:
    """Write json/*.json and asyncapi.yaml from the models and the topic registry."""
    changed = files.export(folder)
    for path in changed:
        out.print(f"wrote {path}", highlight=False)
    if not changed:
        out.print("Nothing has changed.")


@app.command()
def check(
    folder: Folder = _SCHEMAS,
    changelog: Annotated[Path, typer.Option(help="Where changes are said.")] = Path("CHANGELOG.md"),
) -> None:
    """Refuse a change that breaks readers of the last release or the replay of old messages.

    Also refuses a new or changed field that the changelog does not name.
    """
    released = compatibility.releases(folder)
    if not released:
        raise UsageError(f"No release is kept below {folder / compatibility.RELEASED}.")
    version = list(released)[-1]
    now = compatibility.present()
    found = compatibility.faults(now, released)
    for fault in found:
        errors.print(str(fault), style="red", markup=False, highlight=False, soft_wrap=True)
    text = changelog.read_text()
    unsaid = compatibility.unsaid(now, released[version], text, version)
    for field in unsaid:
        sentence = f"{field} is new or changed since {version}; name it in {changelog}."
        errors.print(sentence, style="yellow", markup=False, highlight=False, soft_wrap=True)
    if found or unsaid:
        raise UsageError(
            "The contract can't be changed like this; if nobody has "
            f"{version} yet, `newsloom schemas release {version} --again` keeps it anew."
        )
    out.print(f"The contract fits {', '.join(released)}.", highlight=False)


@app.command()
def release(
    version: Annotated[str, typer.Argument(help="The version that is released: 1.2.0.")],
    folder: Folder = _SCHEMAS,
    *,
    again: Annotated[
        bool, typer.Option("--again", help="Overwrite one that nobody has yet.")
    ] = False,
) -> None:
    """Keep the present schemas as those of a release; `check` compares with them ever after."""
    target = compatibility.release(folder, version, again=again)
    out.print(f"kept {target}", highlight=False)


@app.command()
def register(
    registry: Annotated[
        str,
        typer.Option(
            help="Its address, with user and password where it asks: http://user:word@host:8081. "
            "Apicurio's is http://host:8080/apis/ccompat/v7.",
            envvar="NEWSLOOM_REGISTRY",
        ),
    ],
    compatibility_level: Annotated[
        str | None,
        typer.Option(
            "--compatibility", help="Set it for each subject: NONE, BACKWARD, FULL_TRANSITIVE, …"
        ),
    ] = None,
) -> None:
    """Put the schemas into a registry that speaks Confluent's API, as <topic>-value.

    Optional: nothing of Newsloom needs a registry, and records carry no schema id.
    """
    there = Registry(registry)
    for subject, topic in schema_registry.subjects():
        done = there.register(subject, topic)
        if compatibility_level:
            there.set_compatibility(subject, compatibility_level)
        state = "registered" if done.new else "is there already"
        out.print(f"{subject} {state}, id {done.id}", highlight=False)
