"""The dates that a page offers, with what each is and how far it is to be trusted."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from schemas.article import StatedDate


class Evidence(IntEnum):
    """What a candidate is, from the most to the least trusted."""

    JSON_LD = 1
    """`datePublished` of the page's own node in JSON-LD."""
    META = 2
    """A `meta` element or microdata with the name of a publication date."""
    TIME_ELEMENT = 3
    """A `time` element that is marked as the time of publication."""
    CREATED = 4
    """`dateCreated`, a plain `date`, or `datePublished` of the page instead of the article."""
    URL_DAY = 5
    """A day in the path of the URL."""
    LABELLED_LINE = 6
    """A line near the headline that calls the date the publication date."""
    UNMARKED_TIME_ELEMENT = 7
    """A `time` element near the headline that does not say what it is."""
    SCRIPT = 8
    """A publication date among the data of a script."""
    BARE_LINE = 9
    """A date that stands alone in a line after the headline."""
    BARE_LINE_BEFORE = 10
    """A date that stands alone in a line before the headline."""
    FAR_TIME_ELEMENT = 11
    """A `time` element away from the headline that does not say what it is."""
    FAR_LINE = 12
    """A date that stands alone in an element named after dates, away from the headline."""
    URL_MONTH = 13
    """A month in the path of the URL."""
    RELATIVE = 14
    """A line that states how long ago it was."""
    UPDATED_LINE = 15
    """A line that calls the date the date of a change."""

    @property
    def is_structured(self) -> bool:
        """Whether the page states the date for machines."""
        return self <= Evidence.CREATED


@dataclass(frozen=True, slots=True)
class Candidate:
    """A date that a page offers."""

    date: StatedDate
    evidence: Evidence
    source: str
    """The name or the line that states it."""
    excluded: str | None = None
    """Why it is not the article's ("in comments"); None if it may be."""


@dataclass(frozen=True, slots=True)
class Considered:
    """A candidate with what became of it."""

    candidate: Candidate
    outcome: str


@dataclass(frozen=True, slots=True)
class DateChoice:
    """The date that was chosen, and all that were considered, the most trusted first."""

    date: StatedDate | None
    considered: tuple[Considered, ...] = ()
