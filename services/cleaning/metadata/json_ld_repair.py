"""Read scripts of JSON-LD that are not valid JSON, as templates and editors write them."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from typing import Any

_WRAPPERS = re.compile(
    r"\A\s*(?:<!--|//\s*<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/|<!\[CDATA\[)"
    r"|(?:-->|//\s*\]\]>|/\*\s*\]\]>\s*\*/|\]\]>)\s*\Z"
)
"""What hides a script from old browsers, or from an XML parser."""
_COMMENT_OR_COMMA = re.compile(
    r"(\"(?:[^\"\\]|\\.)*\")|^[ \t]*//[^\n]*|/\*[^*]{0,500}\*/|,(?=\s{0,200}[}\]])",
    re.MULTILINE | re.DOTALL,
)
"""A string, which is kept; or a comment, or a comma before the end of an object or a list."""
_ESCAPE = re.compile(r"\\([\"\\/bfnrt]|u[0-9a-fA-F]{4})|\\")
_QUOTE = re.compile(r"\"")
_OPENS, _CLOSES = frozenset("{[,:"), frozenset(",:}]")
_BLANK, _BETWEEN = " \t\n\r", " \t\n\r,;"
_MAX_VALUES, _MAX_QUOTES = 50, 20_000


def parse_leniently(script: str) -> Any:
    """Return the content of a script that is not valid JSON, or None.

    Wrappers, comments, commas before a closing bracket, wrong escapes, escaped and unescaped
    quotation marks are tolerated. Several values in a row are returned as a list.
    """
    text = _WRAPPERS.sub("", _WRAPPERS.sub("", script.strip().lstrip("\ufeff"))).strip()
    text = text.rstrip(";").rstrip()
    for attempt in _attempts(text):
        values = _values(attempt)
        if values is not None:
            return values[0] if len(values) == 1 else values
    return None


def _attempts(text: str) -> Iterator[str]:
    yield text
    if "&quot;" in text:
        text = html.unescape(text)
        yield text
    text = _ESCAPE.sub(lambda found: found[0] if found[1] else "", text)
    without_comments = _COMMENT_OR_COMMA.sub(lambda found: found[1] or "", text)
    yield without_comments
    yield _escape_quotes(without_comments)


def _values(text: str) -> list[Any] | None:
    """Return the JSON values that stand in a row in a text, or None if one of them is invalid."""
    decoder = json.JSONDecoder(strict=False)
    values: list[Any] = []
    position = _next_value(text, 0)
    while position < len(text) and len(values) < _MAX_VALUES:
        try:
            value, position = decoder.raw_decode(text, position)
        except (ValueError, RecursionError):
            return None
        values.append(value)
        position = _next_value(text, position)
    return values or None


def _next_value(text: str, position: int) -> int:
    while position < len(text) and text[position] in _BETWEEN:
        position += 1
    return position


def _escape_quotes(text: str) -> str:
    """Escape the quotation marks within strings: those without a sign of JSON on either side."""
    parts: list[str] = []
    start = 0
    for number, found in enumerate(_QUOTE.finditer(text)):
        at = found.start()
        if number > _MAX_QUOTES:
            break
        before = text[max(0, at - 50) : at].rstrip(_BLANK)[-1:]
        after = text[at + 1 : at + 50].lstrip(_BLANK)[:1]
        if before in _OPENS or after in _CLOSES or before == "\\" or not before or not after:
            continue
        parts += [text[start:at], "\\"]
        start = at
    return "".join([*parts, text[start:]])
