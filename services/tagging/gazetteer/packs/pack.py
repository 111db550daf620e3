"""What a pack is."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from schemas.gazetteer import GazetteerRow


class PackMissingError(Exception):
    """The data of a pack is not installed; the message says what to install."""


@dataclass(frozen=True, slots=True)
class Pack:
    """Rows of one kind, and where they come from."""

    name: str
    contents: str
    """What the rows are, for people."""
    source: str
    licence: str
    read: Callable[[], Iterable[GazetteerRow]]
    """Read the rows, without `pack`; may raise `PackMissingError`."""

    def rows(self) -> list[GazetteerRow]:
        """Return the rows in the order of their ids, each marked with the name of the pack.

        Raises `PackMissingError` where the package with the data is not installed.
        """
        marked = (row.model_copy(update={"pack": self.name}) for row in self.read())
        return sorted(marked, key=lambda row: row.id)
