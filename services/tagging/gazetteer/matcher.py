"""Find the names of the user's gazetteer in a text, however many there are.

Aliases are in Aho-Corasick automata (Aho & Corasick, "Efficient string matching", CACM 1975;
library `pyahocorasick`), which read a text once for all aliases together. An automaton can't be
changed, so there are two: a large one, and a small one with what was added since, which is built
again at the first match after a change. What an alias means is in a dictionary beside them; a
removed alias has no entry there and is ignored until the large automaton is rebuilt.
"""

from __future__ import annotations

from typing import NamedTuple

import ahocorasick

from schemas.gazetteer import CaseRule, GazetteerRow
from services.tagging.gazetteer.alias import allows, fold_text, refusal
from services.tagging.span import GAZETTEER, Hit, KnownThing

REBUILD_SHARE, REBUILD_MIN = 0.25, 20_000
"""The large automaton is rebuilt once the small one has this share of its aliases, and at least
this many; building costs about 8 µs an alias."""


class Meaning(NamedTuple):
    """A row that an alias stands for."""

    row_id: str
    written: str
    case: CaseRule


class Gazetteer:
    """All rows; they are changed one by one and matched all at once."""

    def __init__(self) -> None:
        self._things: dict[str, tuple[KnownThing, tuple[str, ...]]] = {}
        self._meanings: dict[str, tuple[Meaning, ...]] = {}
        self._large: ahocorasick.Automaton | None = None
        self._small: ahocorasick.Automaton | None = None
        self._in_large = 0
        self._fresh: set[str] = set()
        self._changed = False

    def __len__(self) -> int:
        return len(self._things)

    @property
    def aliases(self) -> int:
        """Number of distinct aliases."""
        return len(self._meanings)

    def put(self, row: GazetteerRow) -> list[str]:
        """Add a row, or replace the one with its id; return why aliases were left out.

        A row without any usable name is not kept, and the reasons say so; an earlier row of that id
        is removed in any case.
        """
        self.remove(row.id)
        reasons: list[str] = []
        folded: list[str] = []
        for written in dict.fromkeys((row.name, *row.aliases)):
            reason = refusal(written, row.case)
            if reason:
                reasons.append(f"{row.id}: alias {written!r} left out: {reason}")
                continue
            name = fold_text(" ".join(written.split()))
            meaning = Meaning(row.id, written, row.case)
            self._meanings[name] = (*self._meanings.get(name, ()), meaning)
            folded.append(name)
        if not folded:
            return [*reasons, f"{row.id}: refused: no usable name"]
        thing = KnownThing(row.id, row.name, row.type, row.wikidata_id)
        self._things[row.id] = (thing, tuple(folded))
        self._fresh.update(folded)
        self._changed = True
        return reasons

    def remove(self, row_id: str) -> bool:
        """Remove a row; return whether it was there."""
        entry = self._things.pop(row_id, None)
        if entry is None:
            return False
        for name in entry[1]:
            rest = tuple(one for one in self._meanings.get(name, ()) if one.row_id != row_id)
            if rest:
                self._meanings[name] = rest
            else:
                self._meanings.pop(name, None)
        return True

    def match(self, text: str) -> list[Hit]:
        """Return the hits in order, without overlaps; of two that overlap the longer one."""
        if not self._meanings:
            return []
        self.build()
        folded = fold_text(text)
        found: list[tuple[int, int, KnownThing]] = []
        for automaton in (self._large, self._small):
            if automaton is None:
                continue
            for last, length in automaton.iter(folded):
                start, end = last + 1 - length, last + 1
                if _is_word(folded, start, end):
                    thing = self._meaning(folded[start:end], text[start:end])
                    if thing is not None:
                        found.append((start, end, thing))
        return _longest(text, found)

    def build(self) -> None:
        """Bring the automata up to date, if anything has changed."""
        if not self._changed:
            return
        self._changed = False
        if len(self._fresh) > max(REBUILD_MIN, REBUILD_SHARE * self._in_large):
            self._large, self._small = _automaton(self._meanings), None
            self._in_large = len(self._meanings)
            self._fresh = set()
        else:
            self._fresh = {name for name in self._fresh if name in self._meanings}
            self._small = _automaton(self._fresh)

    def _meaning(self, folded: str, written: str) -> KnownThing | None:
        """Return the thing that an alias means as it is written here.

        Of several the one with exactly this spelling, then the lowest id, whatever the order in
        which the rows came.
        """
        meanings = self._meanings.get(folded, ())
        fitting = [one for one in meanings if allows(one.case, one.written, written)]
        if not fitting:
            return None
        best = min(fitting, key=lambda one: (one.written != written, one.row_id))
        return self._things[best.row_id][0]


def _automaton(names: dict[str, tuple[Meaning, ...]] | set[str]) -> ahocorasick.Automaton | None:
    if not names:
        return None
    # Lengths are all that a hit needs; kept as plain numbers they cost no objects.
    automaton = ahocorasick.Automaton(ahocorasick.STORE_LENGTH)
    for name in names:
        automaton.add_word(name)
    automaton.make_automaton()
    return automaton


def _is_word(text: str, start: int, end: int) -> bool:
    before = text[start - 1 : start]
    after = text[end : end + 1]
    inner_start = before and (before.isalnum() or before == "_") and text[start].isalnum()
    inner_end = after and (after.isalnum() or after == "_") and text[end - 1].isalnum()
    return not inner_start and not inner_end


def _longest(text: str, found: list[tuple[int, int, KnownThing]]) -> list[Hit]:
    found.sort(key=lambda hit: (hit[0], -hit[1]))
    hits: list[Hit] = []
    free_from = 0
    for start, end, thing in found:
        if start >= free_from:
            hits.append(Hit(start, end, text[start:end], thing.type, GAZETTEER, row=thing))
            free_from = end
    return hits
