"""Bytes to text, for pages whose encoding is declared wrongly or not at all."""

from __future__ import annotations

import codecs
import re

_META = re.compile(
    rb"<meta[^>]{0,500}?charset\s{0,9}=\s{0,9}[\"']?\s{0,9}([\w:.-]{2,40})", re.IGNORECASE
)
_XML = re.compile(rb"^\s{0,99}<\?xml[^>]{0,200}?encoding\s{0,9}=\s{0,9}[\"']([\w:.-]{2,40})")
_HEAD = 4096
"""Bytes in which a declaration is looked for (browsers look at 1,024)."""

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# What pages declare and what they mean by it (WHATWG Encoding Standard, section 4.2).
_MEANT = {
    "iso8859-1": "cp1252",
    "ascii": "cp1252",
    "iso8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "euc_kr": "cp949",
    "shift_jis": "cp932",
    "tis-620": "cp874",
}
_ON_THE_WEB = ["cp1250", "cp1251", "cp1252", "cp1253", "cp1254", "cp1255", "cp1256", "koi8_r",
               "cp949", "cp932", "euc_jp", "gb18030", "big5"]  # fmt: skip
_HIGH = bytes(range(128, 256))
_FEWEST_TO_GUESS = 40
"""Bytes beyond ASCII from which the encoding is guessed."""
_MOSTLY_FOREIGN = 0.08
"""Share of them that no Latin alphabet has in a page with its tags."""
_MAX_BROKEN = 0.002
"""Share of broken characters up to which text still counts as being in an encoding."""


def decode_html(data: bytes, declared: str | None) -> str:
    """Decode a page; never raises.

    Order: byte order mark; UTF-8 where the bytes are valid UTF-8 (no other encoding
    looks like it by chance, so it wins over what is declared); the `declared`
    charset of the transport; the page's own `<meta>`; else what the bytes look like.
    """
    for bom, name in _BOMS:
        if data.startswith(bom):
            return data[len(bom) :].decode(name, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    head = data[:_HEAD]
    found = _META.search(head) or _XML.search(head)
    said: list[str | None] = [declared, found.group(1).decode("ascii") if found else None]
    for claim in said:
        codec = _codec(claim)
        if codec is None:
            continue
        text = str(data.decode(codec, "replace"))
        if text.count("\ufffd") <= _MAX_BROKEN * len(text):
            return text
    return _guess(data)


def _codec(name: str | None) -> str | None:
    if not name:
        return None
    try:
        known = codecs.lookup(name.strip())
    except (LookupError, ValueError):
        return None
    if not getattr(known, "_is_text_encoding", True) or known.name.startswith("utf-16"):
        return None  # a page whose <meta> could be read is not in UTF-16
    return _MEANT.get(known.name, known.name)


def _guess(data: bytes) -> str:
    as_utf8 = data.decode("utf-8", "replace")
    if as_utf8.count("\ufffd") <= _MAX_BROKEN * len(as_utf8):
        return as_utf8  # UTF-8 with a few bytes lost
    foreign = len(data) - len(data.translate(None, _HIGH))
    if foreign < _FEWEST_TO_GUESS or foreign < _MOSTLY_FOREIGN * len(data):
        # A Latin alphabet with an accent here and there: guesses from so little are worse
        # than what browsers take where nothing is declared.
        return data.decode("cp1252", "replace")
    from charset_normalizer import from_bytes  # noqa: PLC0415 - slow to load, seldom needed

    best = from_bytes(data[:50_000], cp_isolation=_ON_THE_WEB).best()
    return data.decode(best.encoding if best else "cp1252", "replace")
