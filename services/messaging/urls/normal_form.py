"""Bring a URL into a normal form, so that the addresses of one page become the same.

Each rule is one under which two different articles do not become the same: what RFC 3986 calls
equivalent, and what does not tell which page it is. An address that is missed costs less than two
articles with one id.
"""

from __future__ import annotations

import re
import unicodedata
from contextlib import suppress
from typing import Final
from urllib.parse import quote, quote_from_bytes, unquote, unquote_to_bytes, urlsplit, urlunsplit

import idna

from services.messaging.urls import amp
from services.messaging.urls.tracking_parameters import is_tracking

_RESERVED: Final = "!#$&'()*+,/:;=?@[]%"
_UNRESERVED: Final = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_ESCAPE: Final = re.compile(r"%([0-9A-Fa-f]{2})?")
_SESSION: Final = re.compile(
    r";(?:jsessionid|phpsessid|sessionid|sid)=[^/;]*|/(?:\((?:[A-Z]\([a-z0-9]{1,40}\))+\))(?=/|$)",
    re.IGNORECASE,
)
_EXTENSION: Final = re.compile(r"(?<=.)\.html?$", re.IGNORECASE)
_INDEX: Final = re.compile(r"index\.html?", re.IGNORECASE)
"""The name of the page that a folder shows."""
_ROUTE: Final = re.compile(r"(?:!/?|/)[^/?].*", re.DOTALL)
"""A fragment that a script of the page reads as the address of another page."""


def normal_url(url: str) -> str:
    """Return the normal form of a URL.

    - Scheme and host are in lower case, the host in ASCII (IDNA); `http` becomes `https`; user,
      `www.`, `amp.` and default ports are removed.
    - Escapes are those of RFC 3986, dot segments are resolved. Slashes without a segment between
      them, `.html`, `index.html`, session ids and the marks of AMP are removed. The page replaces
      the AMP cache or viewer that shows it.
    - Parameters are sorted by name, without those of tracking, AMP and sessions.
    - A fragment is removed unless it is a route (`#!/news/12`, `#/news/12`).

    A URL that can't be parsed, or of another scheme, is returned unchanged.
    """
    while (normal := _normalise(url)) != url:  # what is removed may uncover what is to be removed
        url = normal
    return url


def _normalise(url: str) -> str:
    try:
        parts = urlsplit(unicodedata.normalize("NFC", url.strip()))
        port, host = parts.port, (parts.hostname or "").rstrip(".")
    except ValueError:
        return url
    if parts.scheme.lower() not in ("http", "https") or not host:
        return url
    host, path = amp.unwrap(host, parts.path)
    if ":" in host and "[" not in parts.netloc:  # the address in a viewer had a port
        host = host.split(":", maxsplit=1)[0]
    netloc = _normal_host(host) + (f":{port}" if port not in (None, 80, 443) else "")
    route = parts.fragment if _ROUTE.fullmatch(parts.fragment) else ""
    if route:
        route_path, _, route_query = route.partition("?")
        query = _normal_query(route_query)
        route = _normal_escapes(route_path.rstrip("/")) + (f"?{query}" if query else "")
    return urlunsplit(("https", netloc, _normal_path(path), _normal_query(parts.query), route))


def _normal_host(host: str) -> str:
    """Return a host in ASCII and lower case, without `www.` and `amp.`."""
    host = host.lower()
    if not host.isascii():
        with suppress(idna.IDNAError):  # it can't be resolved, but it still tells hosts apart
            host = idna.encode(host, uts46=True).decode("ascii")
    if ":" in host:
        return f"[{host}]"
    while True:
        rest = amp.without_host_prefix(host)
        without_www = rest.removeprefix("www.")
        rest = without_www if "." in without_www else rest
        if rest == host:
            return host
        host = rest


def _normal_path(path: str) -> str:
    path = _SESSION.sub("", _normal_escapes(path))
    segments: list[str] = []
    for segment in path.split("/")[1:]:
        if segment == "..":
            del segments[-1:]
        elif segment != ".":
            segments.append(segment)
    segments = [segment for segment in segments if segment]
    if segments and _INDEX.fullmatch(segments[-1]):
        segments.pop()
    while True:
        before = list(segments)
        if segments:
            segments[-1] = _EXTENSION.sub("", segments[-1])
        segments = amp.without_path_mark(segments)
        if segments == before:
            return "".join(f"/{segment}" for segment in segments)


def _normal_query(query: str) -> str:
    """Return the parameters that tell which page it is, sorted by name, escaped as in forms."""
    pairs: list[tuple[str, str]] = []
    for part in query.split("&"):
        name, _, value = part.partition("=")
        pair = (_form_escapes(name), _form_escapes(value))
        if part and not is_tracking(pair[0], unquote(pair[1])) and not amp.is_mark(*pair):
            pairs.append(pair)
    pairs.sort(key=lambda pair: pair[0])  # several values of one name keep their order
    return "&".join(f"{name}={value}" for name, value in pairs)


def _form_escapes(text: str) -> str:
    """Escape all but unreserved characters; bytes that are no UTF-8 stay as they are."""
    data = text.replace("+", " ").encode("utf-8", "surrogatepass")
    return quote_from_bytes(unquote_to_bytes(data), safe="")


def _normal_escapes(text: str) -> str:
    """Escape what a URL must not contain, and unescape what need not be (RFC 3986, 6.2.2)."""
    escaped = quote(text, safe=_RESERVED, errors="surrogatepass")
    return _ESCAPE.sub(_normal_escape, escaped)


def _normal_escape(found: re.Match[str]) -> str:
    if found[1] is None:
        return "%25"
    char = chr(int(found[1], 16))
    return char if char in _UNRESERVED else found[0].upper()
