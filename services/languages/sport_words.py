"""The words by which a sports report, and a team in it, are recognised."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class SportWords:
    """The words of one language that occur in sports reports."""

    sport_only: frozenset[str] = frozenset()
    """Words that only sports reports use ("midfielder")."""
    also_sport: frozenset[str] = frozenset()
    """Words that sports reports share with other news ("match", "victory")."""
    team_nicknames: frozenset[str] = frozenset()
    """Last words of teams that are named after a town ("cowboys", "red sox")."""
    sport_nicknames: frozenset[str] = frozenset()
    """Those that make a team of a town in sports reports only ("city")."""
    team_openers: frozenset[str] = frozenset()
    """First words of teams that are named after a town ("dynamo")."""
    after_team: tuple[str, ...] = ()
    """Words right after a team's name, as patterns ("beat", "players?")."""
    before_team: tuple[str, ...] = ()
    """Words right before a team's name ("against", "lost to")."""
    place_prepositions: tuple[str, ...] = ()
    """Prepositions before a name that mean the place, not its team ("in", "near")."""
