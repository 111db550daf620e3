"""Pages are decoded whatever encoding they declare."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.ingest.encoding import decode_html

TEXT = "<p>Über die Brücke – “naïve” façade à l’été. Fähre, Öl, Größe.</p>"
RUSSIAN = "<p>Паромная линия на остров снова открылась в воскресенье.</p>"


@pytest.mark.parametrize("declared", [None, "iso-8859-1", "windows-1251", "nonsense"])
def test_valid_utf8_wins_over_what_is_declared(declared: str | None) -> None:
    assert decode_html(TEXT.encode(), declared) == TEXT


def test_declared_charset_is_used_for_other_bytes() -> None:
    assert decode_html(RUSSIAN.encode("cp1251"), "windows-1251") == RUSSIAN


def test_charset_of_the_page_is_used() -> None:
    page = '<meta charset="windows-1251">' + RUSSIAN

    assert decode_html(page.encode("cp1251"), None) == page


def test_latin1_means_windows_1252() -> None:
    assert decode_html(TEXT.encode("cp1252"), "iso-8859-1") == TEXT


@pytest.mark.parametrize(
    ("label", "codec", "text"),
    [
        ("latin1", "cp1252", "“Größe”"),
        (" ISO-8859-1 ", "cp1252", "“Größe”"),
        ("latin-1", "cp1252", "“Größe”"),
        ("iso-8859-9", "cp1254", "İstanbul “şehir”"),
        ("gb2312", "gb18030", "新闻：镕"),
        ("shift_jis", "cp932", "①髙島屋"),
        ("ks_c_5601-1987", "cp949", "똠방각하"),
        ("big5", "big5hkscs", "新聞嘅"),
        ("x-cp1251", "cp1251", "Паром"),
        ("tis-620", "cp874", "ข่าว"),
    ],
)
def test_encoding_labels_mean_what_whatwg_says(label: str, codec: str, text: str) -> None:
    assert decode_html(text.encode(codec), label) == text


def test_undeclared_charset_is_guessed() -> None:
    assert "линия" in decode_html((RUSSIAN * 20).encode("cp1251"), None)


def test_byte_order_mark_wins() -> None:
    assert decode_html(b"\xff\xfe" + TEXT.encode("utf-16-le"), "utf-8") == TEXT


def test_utf8_with_a_missing_byte_is_decoded_as_utf8() -> None:
    data = (RUSSIAN * 50).encode()[:-5]

    assert "Паромная" in decode_html(data, None)


@given(st.binary(max_size=400), st.one_of(st.none(), st.text(max_size=20)))
def test_any_bytes_are_decoded_without_error(data: bytes, declared: str | None) -> None:
    decode_html(data, declared)
