"""Strip the tags of a page without parsing it."""

from __future__ import annotations

import html as entities
import re

from services.cleaning.html.tags import BLOCK_TAGS, SKIPPED

_TAG_NAME = re.compile(r"/?([A-Za-z][A-Za-z0-9]*)")
_DROPPED = frozenset(SKIPPED) - {"head", "map"}


def html_lines(html: str) -> list[str]:  # noqa: C901 - one flat loop over the tags
    """Return one line of text for every block of a page, white space folded and none empty.

    The time is linear in the length of the page, whatever its markup.
    """
    out: list[str] = []
    buffer: list[str] = []
    until = ""
    breaks = 0

    def flush() -> None:
        line = " ".join(entities.unescape("".join(buffer)).split())
        if line:
            out.append(line)
        buffer.clear()

    for i, part in enumerate(html.split("<")):
        if i == 0:
            buffer.append(part)
            continue
        if until:
            if until == "-->":
                if until not in part:
                    continue
                buffer.append(part.partition("-->")[2])
                until = ""
                continue
            if part[: len(until)].lower() != until:
                continue
            until = ""
        if part.startswith("!--"):
            if "-->" in part:
                buffer.append(part.partition("-->")[2])
            else:
                until = "-->"
            continue
        match = _TAG_NAME.match(part)
        if match is None:
            # A lone `<` is text; `<!doctype>` and `<?xml?>` are not.
            buffer.append(part.partition(">")[2] if part[:1] in ("!", "?") else "<" + part)
            continue
        name = match.group(1).lower()
        if name in _DROPPED and part[0] != "/":
            until = "/" + name
            continue
        if name in BLOCK_TAGS or (name == "br" and breaks):
            flush()
        rest = part.partition(">")[2]
        buffer.append(" " + rest if name == "br" else rest)
        breaks = int(name == "br" and not rest.strip())
    flush()
    return out
