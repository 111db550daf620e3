"""A group of commands that imports the module of a command only when the command is used."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Final

import typer
from typer.core import TyperCommand, TyperGroup

MARKUP: Final = "markdown"
"""How the help of every command is rendered."""


@dataclass(frozen=True, slots=True)
class LazyCommand:
    """Where a command or a group of commands is defined, and its line in the list of commands.

    `name` is that of a function, or of a `typer.Typer` for a group, in `module`. `help` repeats
    the first sentence of its own help, so that the list can be printed without the module.
    """

    module: str
    name: str
    help: str

    def load(self, called: str) -> TyperCommand | TyperGroup:
        """Import the module and return the command under the name that it is called by."""
        found = getattr(import_module(self.module), self.name)
        holder = typer.Typer(rich_markup_mode=MARKUP)
        if isinstance(found, typer.Typer):
            holder.add_typer(found, name=called)
        else:
            holder.command(called)(found)
        command = typer.main.get_group(holder).commands[called]
        assert isinstance(command, TyperCommand | TyperGroup)
        return command


def lazy_group(commands: Mapping[str, LazyCommand]) -> type[TyperGroup]:
    """Return a class of groups (for `typer.Typer(cls=…)`) that loads these commands when used."""

    class LazyGroup(TyperGroup):
        """Lists the commands without their modules."""

        def __init__(self, **attributes: Any) -> None:
            super().__init__(**attributes)
            self.commands = {
                name: TyperCommand(name, help=one.help, rich_markup_mode=MARKUP)
                for name, one in commands.items()
            }

        def resolve_command(self, ctx: Any, args: list[str]) -> Any:
            """Return the name, the command that is loaded now, and its arguments."""
            name, _listed, rest = super().resolve_command(ctx, args)
            return name, commands[str(name)].load(str(name)), rest

    return LazyGroup
