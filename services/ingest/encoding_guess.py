"""Guess the encoding of a page from its text, leaving its markup out."""

from __future__ import annotations

import re

from chardetng_py import EncodingDetector

_MAX_TEXT = 100_000
"""Bytes of text from which an encoding is guessed."""
_MAX_PAGE = 4_000_000
"""Bytes of a page, with its markup, in which the text is searched."""
_NO_TEXT = re.compile(
    rb"<!--.*?(?:-->|\Z)|<(script|style)[\s>].*?(?:</\1|\Z)|<[a-z/!?][^<>]{0,2000}>",
    re.IGNORECASE | re.DOTALL,
)
_ASCII_RUN = re.compile(rb"[\x00-\x7f]{200,}")
_KEPT_ASCII = 60
"""Bytes that are kept at both ends of a long run of ASCII: the words around other characters."""
_LANGUAGE = re.compile(rb"<html[^>]{0,500}?\slang\s{0,9}=\s{0,9}[\"']?([a-z]{2})", re.IGNORECASE)
_TOP_LEVEL_DOMAINS = {
    b"cs": b"cz", b"da": b"dk", b"el": b"gr", b"et": b"ee", b"fa": b"ir", b"he": b"il",
    b"ja": b"jp", b"ko": b"kr", b"sl": b"si", b"sr": b"rs", b"sv": b"se", b"uk": b"ua",
    b"vi": b"vn",
}  # fmt: skip
"""Top-level domains that are not named like the language (Chinese has one a script, so none)."""
_SAME_DOMAINS = frozenset(
    [b"bg", b"de", b"es", b"fi", b"fr", b"hr", b"hu", b"is", b"it", b"lt", b"lv", b"nl", b"no",
     b"pl", b"pt", b"ro", b"ru", b"sk", b"th", b"tr"]
)  # fmt: skip


_ASCII = bytes(range(128))
_LETTER = re.compile(rb"[\xc0-\xff]")
"""The bytes of letters in all encodings of one byte a character; the others have signs too."""
_MIN_OTHERS = 20
"""Bytes that are not ASCII from which a declaration can be contradicted."""
_MULTI_BYTE = frozenset(["big5", "gbk", "gb18030", "shift_jis", "euc-jp", "euc-kr"])
_OF_LANGUAGES = {
    **dict.fromkeys([b"cz", b"hu", b"pl", b"sk", b"si", b"hr", b"ro", b"rs"],
                    ("windows-1250", "iso-8859-2")),
    **dict.fromkeys([b"lt", b"lv", b"ee"], ("windows-1257", "iso-8859-13", "iso-8859-4")),
    b"tr": ("windows-1254",),
    b"vn": ("windows-1258",),
}  # fmt: skip
"""By top-level domain, the encodings of Latin alphabets that Windows-1252 does not have."""


def guess_codec_label(data: bytes) -> str:
    """Return the label of the legacy encoding that a page is most probably in.

    The detector is the one of Firefox. It knows the encodings that pages use, and takes the
    top-level domain as a hint, for which the declared language stands here.
    """
    text = _text_bytes(data)
    label = _guess(text, _domain_hint(data))
    if not _LETTER.search(text) and label.lower() not in _MULTI_BYTE:
        return "windows-1252"  # signs only, such as those of currencies
    return label


def is_other_language(data: bytes) -> bool:
    """Return whether a page in Windows-1252, as it says, is in an encoding of another language.

    That is one of several bytes a character, or the one of the language that the page declares.
    """
    text, hint = _text_bytes(data), _domain_hint(data)
    if len(text.translate(None, _ASCII)) < _MIN_OTHERS:
        return False
    label = _guess(text, hint).lower()
    return label in _MULTI_BYTE or (hint is not None and label in _OF_LANGUAGES.get(hint, ()))


def _guess(text: bytes, hint: bytes | None) -> str:
    detector = EncodingDetector()
    detector.feed(text, last=False)  # the last character may be cut
    label: str = detector.guess(tld=hint, allow_utf8=False)
    return label


def _text_bytes(data: bytes) -> bytes:
    """Return the bytes of a page without markup, scripts, styles and long runs of ASCII.

    The other characters decide; a page may have them after its first hundred kilobytes.
    """
    text = _NO_TEXT.sub(b" ", data[:_MAX_PAGE])
    return _ASCII_RUN.sub(lambda run: run[0][:_KEPT_ASCII] + b" " + run[0][-_KEPT_ASCII:], text)[
        :_MAX_TEXT
    ]


def _domain_hint(data: bytes) -> bytes | None:
    found = _LANGUAGE.search(data[:4096])
    language = found[1].lower() if found else b""
    return _TOP_LEVEL_DOMAINS.get(language) or (language if language in _SAME_DOMAINS else None)
