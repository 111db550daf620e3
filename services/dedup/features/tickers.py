"""Find the ticker symbols of companies in a title: ``<ABC>``, ``(NYSE: ABC)``, ``ABC.L``, ``$ABC``.

A ticker names a company without ambiguity, also where a title in capitals hides all other names.
"""

from __future__ import annotations

import re
from typing import Final

from services.dedup.features.tokenizer import sorted_unique
from services.dedup.features.tokens import Hashes, no_hashes, tokenize

MAX_TICKERS: Final = 8
"""Tickers of a title that are kept; a title with more is a list and names no company."""

_SYMBOL = r"(?:[A-Z][A-Z0-9]{0,6}(?:[.-][A-Z]{1,3})?|[0-9]{4,6})"
_EXCHANGES = (
    "NYSE", "NASDAQ", "AMEX", "OTC", "OTCQB", "OTCQX", "OTCMKTS", "CBOE", "TSX", "TSXV", "CSE",
    "NEO", "LSE", "LON", "AIM", "EPA", "EURONEXT", "AMS", "EBR", "ELI", "ETR", "FRA", "FWB",
    "XETRA", "SIX", "SWX", "VTX", "BIT", "BME", "STO", "OMX", "HEL", "CPH", "OSE", "OSL", "WSE",
    "ASX", "NZX", "NZE", "HKEX", "SEHK", "HKG", "SGX", "TSE", "TYO", "KRX", "KOSPI", "KOSDAQ",
    "SSE", "SHA", "SZSE", "SHE", "TWSE", "TPE", "NSE", "BSE", "BOM", "IDX", "KLSE", "SET", "JSE",
    "TASE", "TADAWUL", "ADX", "DFM", "B3", "BVMF", "BMV",
)  # fmt: skip
_SUFFIXES = (
    "L", "N", "O", "OQ", "PK", "TO", "V", "PA", "AS", "BR", "LS", "DE", "F", "S", "SW", "VX", "MI",
    "MC", "ST", "HE", "CO", "OL", "WA", "AX", "NZ", "HK", "SI", "T", "KS", "KQ", "SS", "SZ", "TW",
    "NS", "BO", "JK", "KL", "BK", "J", "JO", "TA", "SR", "SA", "MX",
)  # fmt: skip
"""Suffixes by which news agencies and data vendors name the exchange of a symbol."""
_MARKS = frozenset("<(.$")
"""A title without one of these has no ticker; most titles are done with this."""
_IN_BRACKETS = re.compile(r"\([^()]{3,80}\)")
_LISTED = re.compile(rf"\b(?i:{'|'.join(_EXCHANGES)})(?: [A-Z][A-Za-z]+)?: ?({_SYMBOL})\b")
_WITHOUT_EXCHANGE = re.compile(
    rf"<({_SYMBOL}(?:\.[A-Z]{{1,2}})?)>"
    rf"|(?<![\w.$])([A-Z][A-Z0-9]{{1,5}}|[0-9]{{4,6}})\.(?:{'|'.join(_SUFFIXES)})(?![\w.])"
    r"|(?<![\w$])\$([A-Z]{1,5})(?![\w$])"
)


def title_tickers(title: str) -> Hashes:
    """Return the hashes of the tickers in a title, sorted; those of a text's words are the same.

    The exchange is left out, so that ``<GLYN.L>`` and ``(LSE: GLYN)`` are one ticker.
    """
    if _MARKS.isdisjoint(title):
        return no_hashes()
    symbols = {re.split(r"[.-]", symbol)[0] for symbol in find_symbols(title)}
    if not 0 < len(symbols) <= MAX_TICKERS:
        return no_hashes()
    return sorted_unique(tokenize(" ".join(sorted(symbols))).hashes)


def find_symbols(title: str) -> list[str]:
    """Return the ticker symbols in a title as they are written."""
    found = [one for part in _IN_BRACKETS.findall(title) for one in _LISTED.findall(part)]
    for match in _WITHOUT_EXCHANGE.finditer(title):
        found += filter(None, match.groups())
    return found
