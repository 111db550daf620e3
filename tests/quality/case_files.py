"""Read the cases of `eval/cases`: the rows, and the input that belongs to each."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any


class NoInput(Exception):  # noqa: N818 - says what is missing, not that anything failed
    """A case without an input among the files."""


class CaseFiles:
    """The folder of cases: `cases.jsonl`, and `inputs/` with files named by case."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @property
    def present(self) -> bool:
        """Whether there are cases."""
        return (self._folder / "cases.jsonl").is_file()

    def rows(self) -> Iterator[Mapping[str, Any]]:
        """Yield the cases; `number` counts the cases of one name and set, starting at 0."""
        seen: dict[tuple[str, str], int] = {}
        with (self._folder / "cases.jsonl").open(encoding="utf-8") as lines:
            for line in lines:
                row = json.loads(line)
                key = (row["set"], row["case"])
                seen[key] = seen.get(key, -1) + 1
                yield row | {"number": seen[key]}

    def names(self, case: str) -> list[str]:
        """Return the names of the files of a case, sorted."""
        pattern = re.compile(rf"{re.escape(case.lower())}(?=[._])")
        return sorted(
            path.name for path in (self._folder / "inputs").iterdir() if pattern.match(path.name)
        )

    def read(self, case: str, suffix: str = "") -> bytes:
        """Return the content of the only file of a case. Raises `NoInput`."""
        names = [name for name in self.names(case) if name.endswith(suffix)]
        if not names:
            raise NoInput(f"no file for {case}")
        return self.named(names[0])

    def named(self, name: str) -> bytes:
        """Return the content of a file. Raises `NoInput` if there is none."""
        path = self._folder / "inputs" / name
        if not path.is_file():
            raise NoInput(f"no file {name}")
        return path.read_bytes()
