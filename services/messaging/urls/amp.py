"""Recognise the URLs of AMP pages, and turn them into those of the articles."""

from __future__ import annotations

import re
from typing import Final

_VIEWERS: Final = re.compile(
    r"(?:(?:www\.)?(?:google(?:\.[a-z]{2,3}){1,2}|bing\.com)/amp"
    r"|(?:[a-z0-9-]+\.)?(?:cdn\.ampproject\.org|bing-amp\.com|amp\.cloudflare\.com)"
    r"/(?:c|v|a|wp|cv|vp))"
    r"/(s/)?((?:[a-z0-9-]+\.)+[a-z0-9-]+(?::\d+)?)(/.*)?",
    re.IGNORECASE,
)
_SUFFIX: Final = re.compile(r"\.amp$", re.IGNORECASE)
_KIND_NAMES: Final = frozenset(
    [
        "outputtype",
        "output",
        "format",
        "view",
        "type",
        "mode",
        "layout",
        "template",
        "alt",
        "_format",
        "markup",
    ]
)


def unwrap(host: str, path: str) -> tuple[str, str]:
    """Return host and path of the page that a viewer or a cache of AMP pages shows.

    Others are returned unchanged.
    """
    found = _VIEWERS.fullmatch(host + path)
    return (found[2], found[3] or "") if found else (host, path)


def without_host_prefix(host: str) -> str:
    """Remove `amp.` in front of a host with a domain."""
    rest = host.removeprefix("amp.")
    return rest if "." in rest else host


def without_path_mark(segments: list[str]) -> list[str]:
    """Remove `amp` as the first or the last segment of a path, and `.amp` of the last."""
    if len(segments) > 1 and segments[-1].lower() == "amp":
        return segments[:-1]
    if len(segments) > 2 and segments[0].lower() == "amp":  # noqa: PLR2004 - a section and an article
        return segments[1:]
    if segments and len(segments[-1]) > len(".amp"):
        return [*segments[:-1], _SUFFIX.sub("", segments[-1])]
    return segments


def is_mark(name: str, value: str) -> bool:
    """Return whether a parameter asks for the AMP page of an article."""
    name, value = name.lower(), value.lower()
    if name in ("amp", "_amp", "isamp", "is_amp", "amphtml"):
        return value in ("", "1", "true", "yes", "amp")
    return (name in _KIND_NAMES and value == "amp") or (name, value) == ("outputtype", "amp-type")
