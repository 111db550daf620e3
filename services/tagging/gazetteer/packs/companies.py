"""Listed companies with ticker and Wikipedia article, from the package `pytickersymbols`.

Only a full legal name ("Target Corporation") is matched wherever it stands. All other names are
ambiguous: many are words, surnames or parts of longer names.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import unquote

from pydantic import ValidationError

from schemas.gazetteer import CaseRule, GazetteerRow
from schemas.tags import EntityType, ExternalIds
from services.tagging.entities.entity_id import entity_id
from services.tagging.gazetteer.packs.pack import PackMissingError
from services.tagging.names import is_acronym

_FORM = (
    r"(?:Inc\.?|Incorporated|Corp\.?|Corporation|Company|Co\.|plc|PLC|Ltd\.?|Limited|LLC|AG|SE|SA"
    r"|S\.A\.|N\.V\.|NV|AB|ASA|A/S|Oyj|GmbH|KGaA|S\.p\.A\.)"
)
_LEGAL_FORM = re.compile(rf",? (?:& )?{_FORM}(?: & {_FORM})*$")
_ABBREVIATION = re.compile(r"( (?:Inc|Corp|Co|Ltd))\.$")
_LOOSE_FORM = re.compile(r" (?:Group|Holdings?)$")
_QUALIFIER = re.compile(r" \([^)]*\)$")
_UNUSUAL_WORD = re.compile(r"[a-z][A-Z]|\w-\w|\d")
"""Occurs in coined names like "UnitedHealth", in no common word."""

_EXCHANGES = {
    "AS": "AMS",
    "BR": "EBR",
    "DE": "ETR",
    "F": "FRA",
    "HE": "HEL",
    "L": "LON",
    "MC": "BME",
    "MI": "BIT",
    "PA": "EPA",
    "ST": "STO",
    "SW": "SWX",
    "T": "TYO",
}
"""Exchanges by the suffix of a symbol in the data."""

_SECONDARY_MARKETS = ("LON", "FRA", "OTCMKTS")
"""Exchanges that list many foreign companies, and are chosen last, in this order."""


def read_companies() -> Iterator[GazetteerRow]:
    """Yield a row for each company; raise `PackMissingError` without the package."""
    try:
        from pytickersymbols import PyTickerSymbols  # noqa: PLC0415 - an optional package
    except ImportError as missing:
        raise PackMissingError("pytickersymbols") from missing
    return company_rows(PyTickerSymbols().get_all_stocks())


def company_rows(stocks: Iterable[Mapping[str, Any]]) -> Iterator[GazetteerRow]:
    """Yield a row for each company of the package's list; several share classes give one row."""
    seen: set[str] = set()
    for stock in sorted(stocks, key=lambda one: str(one["name"])):
        row = _row(stock)
        if row is not None and row.id not in seen:
            seen.add(row.id)
            yield row


def _row(stock: Mapping[str, Any]) -> GazetteerRow | None:
    name = _QUALIFIER.sub("", " ".join(str(stock["name"]).split()))
    short = _LEGAL_FORM.sub("", name)
    legal = list(dict.fromkeys(_spellings(name))) if short != name else []
    wikipedia = (stock.get("metadata") or {}).get("wikipedia_url")
    ambiguous = {short: None} | dict.fromkeys(_short_names(short, wikipedia or ""))
    if legal and is_acronym(short):  # "ADT Inc.": the acronym alone means many things
        del ambiguous[short]
    try:
        return GazetteerRow(
            id=_company_id(short),
            name=name,
            type=EntityType.ORGANISATION,
            aliases=[one for one in legal if one != name],
            ambiguous_aliases=[one for one in ambiguous if one not in legal],
            case=CaseRule.EXACT,
            external_ids=ExternalIds(ticker=_ticker(stock), wikipedia=wikipedia),
        )
    except ValidationError:
        return None  # the data is made by machine from web pages


def _company_id(short: str) -> str:
    """Return the id of a row: not the one that tagging gives to what it takes for "Apple"."""
    _, _, slug = entity_id(EntityType.ORGANISATION, short).partition(":")
    return f"company:{slug}"


def _spellings(legal_name: str) -> Iterator[str]:
    """Yield a legal name with and without its comma, and with and without its last dot."""
    without_comma = re.sub(rf",(?= (?:& )?{_FORM}$)", "", legal_name)
    for name in (legal_name, without_comma):
        yield name
        yield _ABBREVIATION.sub(r"\1", name)


def _short_names(short: str, wikipedia: str) -> Iterator[str]:
    """Yield further names: the article's title, and the name without "Group"."""
    if wikipedia.startswith("https://en."):
        title = unquote(wikipedia.rpartition("/wiki/")[2]).replace("_", " ")
        title = _LEGAL_FORM.sub("", _QUALIFIER.sub("", title))
        if title.split()[:1] == short.split()[:1]:  # else it may be the parent company's article
            yield title
    loose = _LOOSE_FORM.sub("", short)
    if loose != short and _UNUSUAL_WORD.search(loose):
        yield loose


def _ticker(stock: Mapping[str, Any]) -> str | None:
    """Return the ticker of the main listing: "NASDAQ:AAPL", or "AAPL" of an unknown exchange."""
    symbol = str(stock.get("symbol") or "")
    code, _, suffix = symbol.partition(".")
    if suffix in _EXCHANGES:
        return f"{_EXCHANGES[suffix]}:{code}"
    listed = (str(one.get("google") or "") for one in stock.get("symbols") or [])
    # The codes of Tokyo are numbers; the data gives some of them as London's.
    tickers = [one for one in listed if re.fullmatch(r"(?!LON:\d+$)[A-Z]+:.+", one)]
    same = [one for one in tickers if one.partition(":")[2] == code or not code]
    return min(same, key=_market_rank, default=symbol or None)


def _market_rank(ticker: str) -> int:
    market = ticker.partition(":")[0]
    return _SECONDARY_MARKETS.index(market) + 1 if market in _SECONDARY_MARKETS else 0
