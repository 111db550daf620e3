"""Decode bytes to text, for pages whose encoding is declared wrongly or not at all."""

from __future__ import annotations

import codecs
import re

import webencodings

_META = re.compile(
    rb"<meta[^>]{0,500}?charset\s{0,9}=\s{0,9}[\"']?\s{0,9}([\w:.-]{2,40})", re.IGNORECASE
)
_XML = re.compile(rb"^\s{0,99}<\?xml[^>]{0,200}?encoding\s{0,9}=\s{0,9}[\"']([\w:.-]{2,40})")
_HEAD = 4096
"""Bytes in which a declaration is searched (browsers search 1,024)."""

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_PYTHON_CODECS = {
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc-kr": "cp949",
    "big5": "big5hkscs",
}
"""Python codecs of the decoders whose WHATWG index has more characters than Python's codec."""

_GUESSED_CODECS = ["cp1250", "cp1251", "cp1252", "cp1253", "cp1254", "cp1255", "cp1256", "koi8_r",
               "cp949", "cp932", "euc_jp", "gb18030", "big5"]  # fmt: skip
_HIGH = bytes(range(128, 256))
_MIN_HIGH_BYTES = 40
"""Number of non-ASCII bytes from which the encoding is guessed."""
_MIN_HIGH_SHARE = 0.08
"""Share of non-ASCII bytes that no page in a Latin alphabet reaches, counting its tags."""
_MAX_INVALID = 0.002
"""Share of invalid characters up to which text counts as being in an encoding."""


def decode_html(data: bytes, declared: str | None) -> str:
    """Decode a page; never raises.

    Order: byte order mark; UTF-8 if the bytes are valid UTF-8 (no other encoding looks like it by
    chance, so it takes precedence over a declaration); the `declared` charset of the transport; the
    page's own `<meta>`; else a guess from the bytes.
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
    labels: list[str | None] = [declared, found.group(1).decode("ascii") if found else None]
    for label in labels:
        codec = _codec_for(label)
        if codec is None:
            continue
        text = str(data.decode(codec, "replace"))
        if text.count("\ufffd") <= _MAX_INVALID * len(text):
            return text
    return _guess(data)


def _codec_for(label: str | None) -> str | None:
    """Return the Python codec for an encoding label, or None if it must not be used.

    Labels mean what the WHATWG Encoding Standard says: `iso-8859-1` is Windows-1252. Labels
    that only Python knows, such as `latin-1`, are accepted too.
    """
    if not label:
        return None
    encoding = webencodings.lookup(label)
    if encoding is None:
        try:
            known = codecs.lookup(label.strip())
        except (LookupError, ValueError):
            return None
        encoding = webencodings.lookup(known.name)
        if encoding is None:
            return known.name if getattr(known, "_is_text_encoding", True) else None
    if encoding.name.startswith("utf-16"):
        return None  # a page whose <meta> is readable as ASCII is not in UTF-16
    codec: str = encoding.codec_info.name
    return _PYTHON_CODECS.get(encoding.name, codec)


def _guess(data: bytes) -> str:
    as_utf8 = data.decode("utf-8", "replace")
    if as_utf8.count("\ufffd") <= _MAX_INVALID * len(as_utf8):
        return as_utf8  # UTF-8 with some bytes missing
    foreign = len(data) - len(data.translate(None, _HIGH))
    if foreign < _MIN_HIGH_BYTES or foreign < _MIN_HIGH_SHARE * len(data):
        # A Latin alphabet with few accents: a guess from so few bytes is worse than the
        # default of browsers.
        return data.decode("cp1252", "replace")
    from charset_normalizer import from_bytes  # noqa: PLC0415 - slow to load, seldom needed

    best = from_bytes(data[:50_000], cp_isolation=_GUESSED_CODECS).best()
    return data.decode(best.encoding if best else "cp1252", "replace")
