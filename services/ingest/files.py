"""Read raw articles from files: pages, scraped text, JSON and JSON lines."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO, Any
from urllib.parse import quote, urlsplit

from pydantic import ValidationError
from selectolax.lexbor import LexborHTMLParser

from schemas.article import RawArticle
from schemas.base import MAX_PAGE_CHARS
from services.ingest.binary_content import is_binary
from services.ingest.encoding import decode_html

MAX_FILE_BYTES = 4 * MAX_PAGE_CHARS + 1024 * 1024
"""Size limit of a file, and of a line of a JSONL file, in bytes: the longest page in UTF-8."""

SUFFIXES = (".html", ".htm", ".txt", ".json", ".jsonl")
"""Files that can be published; in a folder all others are skipped."""

_TEXTS = (".html", ".htm", ".txt")


@dataclass(frozen=True, slots=True)
class Loaded:
    """An article read from a file (or a line of one), or the reason why it was refused."""

    origin: str
    article: RawArticle | None = None
    refusal: str | None = None
    unknown_fields: tuple[str, ...] = ()
    """Fields of a JSON article that a raw article does not have; they are ignored."""


def files(paths: list[Path]) -> list[Path]:
    """Return the files to read, in the order given.

    Those of a folder are sorted by name, with its subfolders.
    """
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            inside = (p for p in path.rglob("*") if p.suffix.lower() in SUFFIXES and p.is_file())
            found.extend(sorted(inside))
        else:
            found.append(path)
    return found


def skipped(paths: list[Path]) -> int:
    """Return how many files of folders, which `files` leaves out, are of other types."""
    return sum(
        inside.is_file() and inside.suffix.lower() not in SUFFIXES
        for path in paths
        if path.is_dir()
        for inside in path.rglob("*")
    )


def load(path: Path) -> Iterator[Loaded]:
    """Yield the articles of a file; a file that can't be read is refused, not raised.

    A page without an address, and a text, get the `file:` URL of the file's absolute path.
    """
    origin = str(path)
    try:
        if path.suffix.lower() == ".jsonl":
            with path.open("rb") as lines:
                yield from load_lines(lines, origin)
            return
        if path.stat().st_size > MAX_FILE_BYTES:
            yield Loaded(origin, refusal=f"is larger than {MAX_FILE_BYTES:,} bytes")
            return
        data = path.read_bytes()
    except OSError as error:
        yield Loaded(origin, refusal=f"can't be read: {error.strerror or error}")
        return
    suffix = path.suffix.lower()
    if suffix == ".json":
        yield _from_json(data, origin)
    elif suffix in _TEXTS and not data.strip():
        yield Loaded(origin, refusal="is empty")
    elif suffix in _TEXTS and is_binary(data):
        yield Loaded(origin, refusal="is no text but a binary file")
    elif suffix in {".html", ".htm"}:
        yield _from_page(data, path)
    elif suffix == ".txt":
        yield _from_text(decode_html(data, None), path)
    else:
        yield Loaded(origin, refusal=f"can't be published; known are {', '.join(SUFFIXES)}")


def load_lines(lines: IO[bytes], origin: str) -> Iterator[Loaded]:
    """Yield one article a line, as JSON; empty lines are skipped."""
    number = 0
    while line := lines.readline(MAX_FILE_BYTES + 1):
        number += 1
        if len(line) > MAX_FILE_BYTES:
            yield Loaded(f"{origin}#{number}", refusal=f"is longer than {MAX_FILE_BYTES:,} bytes")
            while line and not line.endswith(b"\n"):  # the rest of it
                line = lines.readline(MAX_FILE_BYTES)
        elif line.strip():
            yield _from_json(line, f"{origin}#{number}")


def _from_json(data: bytes, origin: str) -> Loaded:
    try:
        fields = json.loads(data)
    except (ValueError, RecursionError) as error:
        return Loaded(origin, refusal=f"is not JSON: {error}")
    if not isinstance(fields, dict):
        return Loaded(origin, refusal="is not a JSON object")
    loaded = _validated(fields, origin)
    if loaded.article is None:
        return loaded
    unknown = tuple(sorted(fields.keys() - RawArticle.model_fields))
    return replace(loaded, unknown_fields=unknown)


def _from_page(data: bytes, path: Path) -> Loaded:
    html = decode_html(data, None)
    url = _own_address(html) or _file_url(path)
    source = _host(url) or _folder(path)
    return _validated({"url": url, "source": source, "html": html}, str(path))


def _from_text(text: str, path: Path) -> Loaded:
    """Read a text; if its first line is an address, it is that of the article."""
    first, _, rest = text.lstrip().partition("\n")
    address = first.strip()
    if re.fullmatch(r"https?://\S+", address) and (host := _host(address)):
        return _validated({"url": address, "source": host, "text": rest}, str(path))
    return _validated({"url": _file_url(path), "source": _folder(path), "text": text}, str(path))


def _validated(fields: dict[str, Any], origin: str) -> Loaded:
    try:
        return Loaded(origin, RawArticle.model_validate(fields))
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        if first["type"] == "string_too_long":
            return Loaded(origin, refusal=f"is larger than {MAX_PAGE_CHARS:,} characters")
        where = ".".join(map(str, first["loc"]))
        return Loaded(origin, refusal=f"is no article: {where}: {first['msg']}".replace(": :", ":"))


def _own_address(html: str) -> str | None:
    tree = LexborHTMLParser(html[:200_000])
    for selector, attribute in (
        ('link[rel="canonical"]', "href"),
        ('meta[property="og:url"]', "content"),
    ):
        node = tree.css_first(selector)
        address = (node.attributes.get(attribute) or "").strip() if node else ""
        if _host(address):
            return address
    return None


def _host(address: str) -> str | None:
    """Return the host of an address, or None if it has none or is no address."""
    try:
        return urlsplit(address).hostname
    except ValueError:  # brackets without an IPv6 address between them
        return None


def _folder(path: Path) -> str:
    """Return the name of the file's folder, which stands for an outlet that is not stated."""
    return path.absolute().parent.name.strip() or "unknown"


def _file_url(path: Path) -> str:
    return f"file://{quote(os.fsencode(path.absolute()))}"  # a name need not be Unicode
