"""Find the encoding that a page declares, and the Python codec of an encoding label."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

import webencodings

from services.messaging.page_head import head_tags, read_head

_WANTED = re.compile(rb"charset", re.IGNORECASE)
_CHARSET = re.compile(r"charset\s{0,9}=\s{0,9}[\"']?\s{0,9}([^\s\"';>]{2,40})", re.IGNORECASE)
_XML = re.compile(rb"\s{0,99}<\?xml[^>]{0,200}?encoding\s{0,9}=\s{0,9}[\"']([^\"']{2,40})")

_PYTHON_CODECS = {
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc-kr": "cp949",
    "big5": "big5hkscs",
    "x-user-defined": "cp1252",
}
"""Python codecs of the decoders whose WHATWG index has more characters than Python's codec, and
of the one that a page can't declare."""


def find_declared(data: bytes) -> Iterator[str]:
    """Yield the labels that the head of a page declares, in order.

    Comments and scripts are skipped. Browsers search the first 1,024 bytes, and start again when
    they find a declaration later.
    """
    head = read_head(data)
    for _, attributes in head_tags(head, _WANTED):
        label = attributes.get("charset")
        if label is None and attributes.get("http-equiv", "").lower() == "content-type":
            in_content = _CHARSET.search(attributes.get("content", ""))
            label = in_content[1] if in_content else None
        if label:
            yield label
    if prolog := _XML.match(head):
        yield prolog[1].decode("ascii", "replace")


def codec_for(label: str) -> str | None:
    """Return the Python codec for an encoding label, or None if it must not be used.

    Labels mean what the WHATWG Encoding Standard says: `iso-8859-1` is Windows-1252. Labels
    that only Python knows, such as `latin-1`, are accepted too.
    """
    encoding = webencodings.lookup(label)
    if encoding is None:
        try:
            known = codecs.lookup(label.strip())
        except (LookupError, ValueError):
            return None
        encoding = webencodings.lookup(known.name)
        if encoding is None:
            return known.name if getattr(known, "_is_text_encoding", True) else None
    if encoding.name.startswith("utf-16") or encoding.name == "replacement":
        return None  # a page whose declaration is readable as ASCII is not in UTF-16
    codec: str = encoding.codec_info.name
    return _PYTHON_CODECS.get(encoding.name, codec)
