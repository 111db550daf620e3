"""Run the cases of encodings: bytes, the charset of their header, and what they really are."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from services.ingest.encoding import decode_html
from tests.quality.case_files import CaseFiles, NoInput

_HEADERS = {"E10": "iso-8859-1", "E10b": "utf-8", "E11c": "utf-16", "E15": "windows-1250"}
"""Charset of the transport, for the cases that have one."""
_TRUE = {
    "E01": "cp1252", "E02": "cp1252", "E03": "cp1252", "E03b": "cp1252", "E03c": "cp1252",
    "E03d": "cp1252", "E08": "cp1251", "E10": "cp1251", "E10b": "cp1251", "E11": "utf-8-sig",
    "E11b": "utf-16", "E11c": "utf-16-le", "E12": "utf-8", "E13": "utf-8", "E15": "cp1250",
    "E16": "cp1252", "E07r": "cp1251",
}  # fmt: skip
_FILES = {"E07r": "e07_real.html"}
_CODES = {
    "gb2312": "zh", "shift_jis": "ja", "euc-jp": "ja2", "euc-kr": "ko", "big5": "tw",
    "windows-1251": "ru", "koi8-r": "ru2", "windows-1250": "cz", "iso-8859-2": "cz2",
    "windows-1254": "tr", "windows-1255": "he", "windows-1256": "ar", "iso-8859-7": "el",
    "windows-874": "th",
}  # fmt: skip
"""Ending of the file name of each encoding in the cases E05 to E07."""
_CODECS = {
    "gb2312": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030", "shift_jis": "cp932",
    "x-sjis": "cp932", "windows-31j": "cp932", "ks_c_5601-1987": "cp949", "euc-kr": "cp949",
    "windows-874": "cp874", "tis-620": "cp874", "x-mac-roman": "mac_roman", "utf8": "utf-8",
    "unicode-1-1-utf-8": "utf-8", "cp-1251": "cp1251", "win-1251": "cp1251",
    "x-x-big5": "big5hkscs", "big5": "big5hkscs", "iso-8859-8-i": "iso-8859-8",
    "iso-8859-9": "cp1254",
}  # fmt: skip
"""Python codecs of the labels that Python does not know, or knows as a smaller set."""
_LABEL = re.compile(r"(?:meta|no declaration at all:) ([\w-]+)|no declaration: ([\w-]+)")
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?([\w-]+)", re.IGNORECASE)
_PARAGRAPH = re.compile(r"<p>([^<]*)")
_REPLACEMENT = "\ufffd"


def run_encoding(files: CaseFiles, row: Mapping[str, Any]) -> Any:
    """Return whether all paragraphs are decoded as they were written (E03d: bad characters)."""
    case = row["case"]
    data, codec = _input(files, row)
    decoded = decode_html(data, _HEADERS.get(case))
    if case == "E03d":
        return decoded.count(_REPLACEMENT)
    truth = [text.strip() for text in _PARAGRAPH.findall(data.decode(codec, "replace"))]
    return all(text in decoded for text in truth if _REPLACEMENT not in text)


def _input(files: CaseFiles, row: Mapping[str, Any]) -> tuple[bytes, str]:
    case = row["case"]
    if case in _TRUE:
        name = _FILES.get(case)
        return files.named(name) if name else files.read(case), _TRUE[case]
    found = _LABEL.search(row["what"])
    if not found:
        raise NoInput("names no encoding")
    label = found.group(1) or found.group(2)
    codec = _CODECS.get(label, label)
    if case != "E04":
        return files.named(f"{case.lower()}_{_CODES.get(label, label)}.html"), codec
    for name in files.names(case):
        data = files.named(name)
        declared = _CHARSET.search(data)
        if declared and declared.group(1).decode() == label:
            return data, codec
    raise NoInput(f"no file declares {label}")
