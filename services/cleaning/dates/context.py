"""What must be known of a page to read the dates on it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

_MONTH_FIRST_REGIONS = frozenset({"US", "PH", "PR", "GU", "FM", "MH", "PW"})
"""Regions that write the month before the day in numbers."""
_EITHER_ORDER_REGIONS = frozenset({"CA", "KE", "GH"})
"""Regions that write both orders."""
_MONTH_FIRST_DOMAINS = frozenset({"us", "gov", "mil", "edu", "ph"})
_DAY_FIRST_DOMAINS = frozenset({
    "uk", "ie", "au", "nz", "in", "za", "sg", "my", "pk", "bd", "lk", "ng", "hk", "mt", "cy", "eu",
})  # fmt: skip
"""Top-level domains whose pages in English write the day first."""


@dataclass(frozen=True, slots=True)
class DateContext:
    """The time of the visit and the language, which decide how a date is read."""

    now: datetime
    """Dates after it are invalid (timezone-aware)."""
    language: str | None = None
    """Primary language code (`en`), or None if unknown."""
    region: str | None = None
    """Region of the locale (`GB`), or None."""
    domain: str = ""
    """Top-level domain of the page."""
    fetched_at: datetime | None = None
    """When the page was fetched, for dates such as "2 hours ago"; None if unknown."""

    @classmethod
    def of_page(
        cls, url: str, locale: str | None, now: datetime, fetched_at: datetime | None = None
    ) -> DateContext:
        """Return the context of a page with this URL and locale (`en-GB`)."""
        language, _, region = (locale or "").replace("_", "-").partition("-")
        try:
            host = urlsplit(url).hostname or ""
        except ValueError:
            host = ""
        return cls(
            now,
            language.lower() or None,
            region.upper() or None,
            host.rpartition(".")[2],
            fetched_at,
        )

    @property
    def month_first(self) -> bool | None:
        """Whether `5/4/2031` is 4 May; None where nothing tells."""
        if self.region in _MONTH_FIRST_REGIONS:
            return True
        if self.region in _EITHER_ORDER_REGIONS:
            return None
        if self.language not in (None, "en") or self.region:
            return False
        if self.domain in _MONTH_FIRST_DOMAINS:
            return True
        if self.domain in _DAY_FIRST_DOMAINS:
            return False
        return None
