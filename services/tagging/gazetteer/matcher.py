"""Find the names of the gazetteer in a text, in one pass for any number of names.

Aliases are in Aho-Corasick automata (Aho & Corasick, "Efficient string matching", CACM
1975; library `pyahocorasick`). An automaton cannot be changed, so there are two: a large
one, and a small one with the aliases that were added since, which is rebuilt at the first
match after a change. The meaning of an alias is in a dictionary beside them; a removed alias
has no entry there and is ignored until the large automaton is rebuilt. Ambiguous aliases are in
a dictionary of their own: they are looked up for the names that tagging has found by itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import ahocorasick

from schemas.gazetteer import CaseRule, GazetteerRow, MatchRule
from schemas.tags import EntityType, ExternalIds
from services.tagging.gazetteer.alias import case_matches, fold_text, rejection_reason
from services.tagging.span import BY_GAZETTEER, EntityMention, GazetteerEntry

REBUILD_SHARE, REBUILD_MIN = 0.25, 20_000
"""The large automaton is rebuilt once the small one has this share of its aliases, and at
least this many: building costs about 8 µs an alias."""


class AliasMeaning(NamedTuple):
    """One entry that an alias stands for."""

    entry_id: str
    alias: str
    """The alias as it is written in the entry."""
    case: CaseRule


class Gazetteer:
    """All entries; they change one at a time and are matched together."""

    def __init__(self) -> None:
        self._entries: dict[str, tuple[GazetteerEntry, tuple[str, ...]]] = {}
        """Entries with their folded aliases, by id."""
        self._meanings: dict[str, tuple[AliasMeaning, ...]] = {}
        """Meanings by folded alias."""
        self._ambiguous: dict[str, tuple[AliasMeaning, ...]] = {}
        """Meanings by folded ambiguous alias."""
        self._large: ahocorasick.Automaton | None = None
        self._small: ahocorasick.Automaton | None = None
        self._large_count = 0
        """Number of aliases in the large automaton."""
        self._new_aliases: set[str] = set()
        """Folded aliases that were added since the large automaton was built."""
        self._changed = False

    def __len__(self) -> int:
        return len(self._entries)

    def put(self, row: GazetteerRow) -> list[str]:
        """Add a row, or replace the one with its id; return why aliases were left out.

        A row without any usable name is not added, and the last reason says so. A former row
        with its id is removed in any case.
        """
        self.remove(row.id)
        entry = GazetteerEntry(row.id, row.name, row.type, _external_ids(row))
        if row.match is MatchRule.ID:
            self._entries[row.id] = entry, ()
            return []
        ambiguous = dict.fromkeys(row.ambiguous_aliases)
        certain = [one for one in dict.fromkeys((row.name, *row.aliases)) if one not in ambiguous]
        reasons: list[str] = []
        searched = self._add_meanings(self._meanings, row, certain, reasons)
        looked_up = self._add_meanings(self._ambiguous, row, ambiguous, reasons)
        if not searched and not looked_up:
            return [*reasons, f"{row.id}: refused: no usable name"]
        self._entries[row.id] = entry, (*searched, *looked_up)
        self._new_aliases.update(searched)
        self._changed = True
        return reasons

    def remove(self, entry_id: str) -> bool:
        """Remove an entry; return whether it existed."""
        removed = self._entries.pop(entry_id, None)
        if removed is None:
            return False
        for folded in removed[1]:
            for meanings in (self._meanings, self._ambiguous):
                known = meanings.get(folded, ())
                others = tuple(one for one in known if one.entry_id != entry_id)
                if others:
                    meanings[folded] = others
                else:
                    meanings.pop(folded, None)
        return True

    def entry(self, entry_id: str) -> GazetteerEntry | None:
        """Return the entry with an id, or None."""
        found = self._entries.get(entry_id)
        return None if found is None else found[0]

    def ambiguous_entry(self, name: str, kind: EntityType) -> GazetteerEntry | None:
        """Return the entry of that type that has an ambiguous alias written like `name`.

        None where there is no such entry, or where several are meant.
        """
        entries = {
            one.entry_id: self._entries[one.entry_id][0]
            for one in self._ambiguous.get(fold_text(" ".join(name.split())), ())
            if case_matches(one.case, one.alias, name)
        }
        fitting = [entry for entry in entries.values() if entry.type is kind]
        return fitting[0] if len(fitting) == 1 else None

    def match(self, text: str) -> list[EntityMention]:
        """Return the mentions in order, without overlaps; of two that overlap the longer one."""
        if not self._meanings:
            return []
        self.build()
        folded = fold_text(text)
        matches: list[tuple[int, int, GazetteerEntry]] = []
        for automaton in (self._large, self._small):
            if automaton is None:
                continue
            for last, length in automaton.iter(folded):
                start, end = last + 1 - length, last + 1
                if _is_whole_word(folded, start, end):
                    entry = self._entry_for(folded[start:end], text[start:end])
                    if entry is not None:
                        matches.append((start, end, entry))
        return _without_overlaps(text, matches)

    def build(self) -> None:
        """Rebuild the automata where entries have changed since the last call."""
        if not self._changed:
            return
        self._changed = False
        if len(self._new_aliases) > max(REBUILD_MIN, REBUILD_SHARE * self._large_count):
            self._large, self._small = _automaton(self._meanings), None
            self._large_count = len(self._meanings)
            self._new_aliases = set()
        else:
            self._new_aliases = {name for name in self._new_aliases if name in self._meanings}
            self._small = _automaton(self._new_aliases)

    def _add_meanings(
        self,
        meanings: dict[str, tuple[AliasMeaning, ...]],
        row: GazetteerRow,
        aliases: Iterable[str],
        reasons: list[str],
    ) -> list[str]:
        """Add the usable aliases of a row, and return them folded; `reasons` gets the others'."""
        added = []
        for alias in aliases:
            ambiguous = meanings is self._ambiguous
            reason = rejection_reason(alias, row.case, ambiguous=ambiguous)
            if reason:
                reasons.append(f"{row.id}: alias {alias!r} left out: {reason}")
                continue
            folded = fold_text(" ".join(alias.split()))
            meaning = AliasMeaning(row.id, alias, row.case)
            meanings[folded] = (*meanings.get(folded, ()), meaning)
            added.append(folded)
        return added

    def _entry_for(self, folded: str, found: str) -> GazetteerEntry | None:
        """Return the entry that an alias means in the spelling found in the text.

        Of several entries, the one with exactly this spelling is preferred, then the one
        with the lowest id. The result does not depend on the order of the changes.
        """
        meanings = self._meanings.get(folded, ())
        fitting = [one for one in meanings if case_matches(one.case, one.alias, found)]
        if not fitting:
            return None
        best = min(fitting, key=lambda one: (one.alias != found, one.entry_id))
        return self._entries[best.entry_id][0]


def _external_ids(row: GazetteerRow) -> ExternalIds | None:
    """Return the external ids of a row, among them its `wikidata_id`."""
    ids = row.external_ids
    if row.wikidata_id is None or (ids is not None and ids.wikidata is not None):
        return ids
    return (ids or ExternalIds()).model_copy(update={"wikidata": row.wikidata_id})


def _automaton(
    aliases: dict[str, tuple[AliasMeaning, ...]] | set[str],
) -> ahocorasick.Automaton | None:
    if not aliases:
        return None
    # A match needs no more than its length; stored as plain numbers they create no objects.
    automaton = ahocorasick.Automaton(ahocorasick.STORE_LENGTH)
    for alias in aliases:
        automaton.add_word(alias)
    automaton.make_automaton()
    return automaton


def _is_whole_word(text: str, start: int, end: int) -> bool:
    before = text[start - 1 : start]
    after = text[end : end + 1]
    joined_before = before and (before.isalnum() or before == "_") and text[start].isalnum()
    joined_after = after and (after.isalnum() or after == "_") and text[end - 1].isalnum()
    return not joined_before and not joined_after


def _without_overlaps(
    text: str, matches: list[tuple[int, int, GazetteerEntry]]
) -> list[EntityMention]:
    matches.sort(key=lambda match: (match[0], -match[1]))
    mentions: list[EntityMention] = []
    free_from = 0
    for start, end, entry in matches:
        if start >= free_from:
            mentions.append(
                EntityMention(start, end, text[start:end], entry.type, BY_GAZETTEER, entry=entry)
            )
            free_from = end
    return mentions
