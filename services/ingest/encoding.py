"""Decode bytes to text, for pages whose encoding is declared wrongly or not at all."""

from __future__ import annotations

import codecs
import re

from services.ingest.encoding_guess import guess_codec_label, is_other_language
from services.ingest.encoding_labels import codec_for, find_declared

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_UTF16_LE = re.compile(rb"(?:[\t\n\r ]\x00){0,99}<\x00")
_UTF16_BE = re.compile(rb"(?:\x00[\t\n\r ]){0,99}\x00<")
_DEFAULT = "cp1252"
"""The codec that servers declare when nobody has set another, and that browsers fall back to."""
_MAX_INVALID = 0.02
"""Share of invalid characters among the others than ASCII up to which text is in an encoding."""
_CUT_LATIN = b"\xc2\xc3\xe2"
"""Bytes that begin an accented letter or a quotation mark in UTF-8: alone, one was cut."""
_LEADS = range(0xC2, 0xF5)
"""Bytes that begin a character in UTF-8."""
_HIGH_RUN = re.compile(rb"[\x80-\xff]{4,}")
_MIN_HIGH_RUNS = 20
"""Number of bytes in words without an ASCII letter that no text in a Latin alphabet reaches."""
_ASCII = bytes(range(128))
_JIS = re.compile(rb"\x1b\$[@B][!-~]{2,}\x1b\([BJ]")
"""A word in ISO-2022-JP, between its escape sequences."""
_C1 = re.compile(r"[\x80-\x9f]")
_MIN_TWICE, _LAST_BYTE = 4, 0xFF
"""Characters of the shortest text that shows to be encoded twice, and the last that is a byte."""


def decode_html(data: bytes, declared: str | None) -> str:
    """Decode a page; never raises.

    Order: byte order mark; UTF-16 and ISO-2022-JP by their form; UTF-8 if most of the characters
    that are not ASCII are valid UTF-8 (no other encoding looks like it by chance, so it takes
    precedence over a declaration); the `declared` charset of the transport; the page's own
    `<meta>`; else a guess from the text. A declaration that the text contradicts is passed over.
    """
    for bom, name in _BOMS:
        if data.startswith(bom):
            return data[len(bom) :].decode(name, "replace")
    if utf16 := _utf16_form(data):
        return data.decode(utf16, "replace")
    labels = [*([declared] if declared else []), *find_declared(data)]
    stated = [codec for label in labels if (codec := codec_for(label))]
    if b"\x1b$" in data and ("iso2022_jp" in stated or _JIS.search(data)):
        return data.decode("iso2022_jp", "replace")  # its bytes are ASCII, and so valid UTF-8
    text = _decode_utf8(data)
    if text is None:
        return _decode_legacy(data, stated)
    return text if text.isascii() else _decoded_again(text)


def _utf16_form(data: bytes) -> str | None:
    """Return the UTF-16 codec of a page that begins with a tag in UTF-16, or None."""
    if _UTF16_LE.match(data):
        return "utf-16-le"
    return "utf-16-be" if _UTF16_BE.match(data) else None


def _decode_utf8(data: bytes) -> str | None:
    """Decode UTF-8 that may have errors; None if the bytes are in another encoding.

    Errors are characters that were cut, and letters in Windows-1252 that a page took over from
    elsewhere.
    """
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    others = len(data.translate(None, _ASCII))
    valid = len(data.decode("utf-8", "ignore").encode().translate(None, _ASCII))
    if valid < 2 * (others - valid):
        return None
    return data.decode("utf-8", _PATCH)


def _patch(error: UnicodeError) -> tuple[str, int]:
    """Decode bytes between ASCII characters as Windows-1252; others are replaced.

    A letter in Windows-1252 that begins a character in UTF-8 stands beside a letter.
    """
    if not isinstance(error, UnicodeDecodeError):
        raise error
    data, start, end = error.object, error.start, error.end
    before, after = data[max(0, start - 1) : start], data[end : end + 1]
    in_ascii = before.isascii() and after.isascii()
    if data[start] in _LEADS:
        in_ascii &= data[start] not in _CUT_LATIN and (before.isalpha() or after.isalpha())
    return (data[start:end].decode(_DEFAULT, "replace") if in_ascii else "\ufffd"), end


_PATCH = "newsloom.windows-1252"
codecs.register_error(_PATCH, _patch)


def _decoded_again(text: str) -> str:
    """Return a text whose UTF-8 was taken for Windows-1252 and encoded once more, else unchanged.

    All its characters have to form UTF-8 when they are bytes again, which no text does by chance.
    """
    try:
        data = text.encode("latin-1") if _C1.search(text) else text.encode(_DEFAULT, _BYTE)
        once = data.decode("utf-8")
    except UnicodeError:
        return text
    return once if _count_others(text) >= _MIN_TWICE else text


def _byte(error: UnicodeError) -> tuple[bytes, int]:
    """Encode the characters that Windows-1252 leaves unused as the bytes that they stand for."""
    if isinstance(error, UnicodeEncodeError) and ord(error.object[error.start]) <= _LAST_BYTE:
        return bytes([ord(error.object[error.start])]), error.start + 1
    raise error


_BYTE = "newsloom.byte"
codecs.register_error(_BYTE, _byte)


def _decode_legacy(data: bytes, stated: list[str]) -> str:
    # A server that declares the default knows less than the page.
    codecs_by_trust = sorted(stated, key=_DEFAULT.__eq__)
    for codec in codecs_by_trust:
        if codec == _DEFAULT and (_has_other_alphabet(data) or is_other_language(data)):
            continue
        text = _decode_if_valid(data, codec)
        if text is not None:
            return text
    guessed = codec_for(guess_codec_label(data)) or _DEFAULT
    return data.decode(guessed, "replace")


def _decode_if_valid(data: bytes, codec: str) -> str | None:
    text = str(data.decode(codec, "replace"))
    invalid = text.count("\ufffd")
    if not invalid:
        return text
    return text if invalid <= _MAX_INVALID * _count_others(text) else None


def _count_others(text: str) -> int:
    """Return the number of characters that are not ASCII."""
    return len(text) - len(text.encode("ascii", "ignore"))


def _has_other_alphabet(data: bytes) -> bool:
    """Return whether most bytes that are not ASCII form whole words, as in no Latin alphabet."""
    in_runs = sum(map(len, _HIGH_RUN.findall(data)))
    return in_runs >= max(_MIN_HIGH_RUNS, len(data.translate(None, _ASCII)) / 2)
