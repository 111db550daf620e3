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
        ("macintosh", "mac_roman", "“Größe”"),
        ("csISO2022JP", "iso2022_jp", "島の新聞"),
    ],
)
def test_encoding_labels_mean_what_whatwg_says(label: str, codec: str, text: str) -> None:
    assert decode_html(text.encode(codec), label) == text


PROSE = {
    ("ru", "koi8_r"): RUSSIAN,
    ("ru", "cp1251"): RUSSIAN,
    ("bg", "cp1251"): "<p>Фериботната линия до острова отново беше отворена в неделя.</p>",
    (
        "pl",
        "iso8859_2",
    ): "<p>Prom na wyspę znów kursuje, powiedział w niedzielę burmistrz gminy.</p>",
    (
        "hu",
        "cp1250",
    ): "<p>A szigetre tartó komp vasárnap óta újra közlekedik, közölte az őrség.</p>",
    ("tr", "cp1254"): "<p>Adaya giden feribot pazar günü yeniden sefere başladı, dedi sözcü.</p>",
    ("el", "iso8859_7"): "<p>Το πλοίο για το νησί άρχισε πάλι τα δρομολόγια την Κυριακή.</p>",
    ("he", "cp1255"): "<p>המעבורת אל האי חזרה לפעול ביום ראשון, אמר ראש העירייה.</p>",
    ("ar", "cp1256"): "<p>عادت العبارة إلى الجزيرة يوم الأحد بعد توقف دام أسبوعين.</p>",
    ("th", "cp874"): "<p>เรือข้ามฟากไปเกาะกลับมาให้บริการอีกครั้งในวันอาทิตย์</p>",
    ("ja", "cp932"): "<p>島へのフェリーは日曜日に運航を再開したと市長が述べた。</p>",
    ("ko", "cp949"): "<p>섬으로 가는 여객선이 일요일에 운항을 다시 시작했다고 시장이 말했다.</p>",
    ("zh", "gb18030"): "<p>市长说，前往该岛的渡轮已于星期天恢复航行。</p>",
    ("zh", "big5hkscs"): "<p>市長說，前往該島的渡輪已於星期日恢復航行。</p>",
}
STYLES = "<head><style>" + ".teaser a{margin:0;color:#333}" * 2000 + "</style></head>"
SCRIPTS = "<script>var menu = ['news', 'sport'];</script>" * 200


@pytest.mark.parametrize(("language", "codec"), PROSE)
def test_undeclared_charset_is_guessed_from_the_text_below_the_markup(
    language: str, codec: str
) -> None:
    page = f"<html lang={language}>{STYLES}{SCRIPTS}{PROSE[language, codec] * 3}"

    assert decode_html(page.encode(codec), None) == page


@pytest.mark.parametrize("weight", [0, 1, 200])
def test_page_in_windows_1252_that_is_declared_utf8_is_read_as_what_it_is(weight: int) -> None:
    page = '<meta charset="utf-8"><p>“Nothing new,” he said.</p>' + "<p>And so on.</p>" * weight

    assert decode_html(page.encode("cp1252"), "utf-8") == page


@pytest.mark.parametrize(
    "head",
    [
        SCRIPTS + '<meta charset="windows-1251">',
        '<!-- <meta charset="utf-16"> <meta charset="gbk"> --><meta charset=windows-1251>',
        '<script>d.write("<meta charset=big5>")</script><META CharSet="WINDOWS-1251">',
        "<meta content='text/html; charset=windows-1251' http-equiv='content-type'>",
        '<meta name=x content="charset=gbk"><meta charset="nonsense"><meta charset=cp1251>',
    ],
)
def test_declaration_is_found_wherever_it_stands_in_the_head(head: str) -> None:
    page = f"<html><head>{head}</head><body>{RUSSIAN}"

    assert decode_html(page.encode("cp1251"), None) == page


@pytest.mark.parametrize("declared", ["iso-8859-1", "utf-8"])
def test_declaration_of_the_page_wins_over_the_default_of_the_server(declared: str) -> None:
    page = '<meta charset="windows-1251">' + RUSSIAN

    assert decode_html(page.encode("cp1251"), declared) == page


def test_words_without_a_latin_letter_contradict_windows_1252() -> None:
    page = '<meta charset="iso-8859-1">' + RUSSIAN

    assert decode_html(page.encode("cp1251"), "iso-8859-1") == page


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
def test_utf16_is_recognised_without_a_byte_order_mark(codec: str) -> None:
    assert decode_html(TEXT.encode(codec), None) == TEXT


@pytest.mark.parametrize("text", [TEXT, RUSSIAN, PROSE["ja", "cp932"]])
def test_missing_byte_damages_one_character(text: str) -> None:
    data = text.encode()
    for i in range(len(data)):
        if data[i] > 0x7F:
            decoded = decode_html(data[:i] + data[i + 1 :], None)
            assert len(set(decoded) - set(text)) <= 2


def test_letters_in_windows_1252_within_utf8_are_read() -> None:
    data = RUSSIAN.encode() + "<b>Café “Zoë”</b>".encode("cp1252")

    assert decode_html(data, "utf-8") == RUSSIAN + "<b>Café “Zoë”</b>"


@pytest.mark.parametrize(
    "part", [b"<meta ", b"<!--", b"<script ", b'<meta x="', b"<a", b"\xe9\x1b$", b"<meta charset='"]
)
def test_hostile_page_is_decoded_in_linear_time(part: bytes) -> None:
    assert len(decode_html(part * (2_000_000 // len(part)) + b"\xe9", None)) > 1_000_000


def test_byte_order_mark_wins() -> None:
    assert decode_html(b"\xff\xfe" + TEXT.encode("utf-16-le"), "utf-8") == TEXT


def test_utf8_with_a_missing_byte_is_decoded_as_utf8() -> None:
    data = (RUSSIAN * 50).encode()[:-5]

    assert "Паромная" in decode_html(data, None)


@given(st.binary(max_size=400), st.one_of(st.none(), st.text(max_size=20)))
def test_any_bytes_are_decoded_without_error(data: bytes, declared: str | None) -> None:
    decode_html(data, declared)


@pytest.mark.parametrize(
    ("codec", "text"),
    [
        ("cp1252", "Die Fähre fährt für größere Güter über öde Flüsse"),
        ("latin-1", "Die Fähre fährt für größere Güter über öde Flüsse"),
        ("latin-1", "Мост закрыт, порт открыт"),
        ("latin-1", "橋は閉鎖された。港は開いている"),
    ],
)
def test_utf8_that_was_encoded_twice_is_read(codec: str, text: str) -> None:
    once = f"<html><head><meta charset=utf-8></head><body><p>{text}</p></body></html>".encode()

    assert text in decode_html(once.decode(codec).encode(), "utf-8")


def test_text_about_wrong_characters_is_no_text_that_was_encoded_twice() -> None:
    text = "<p>The letter Ã¤ stands for ä, Ã¶ for ö.</p>"

    assert decode_html(text.encode(), None) == text


def test_iso_2022_jp_is_recognised_by_its_form() -> None:
    page = "<html><body><p>橋は閉鎖された。港は開いている。</p></body></html>"

    assert decode_html(page.encode("iso2022_jp"), None) == page


@pytest.mark.parametrize(
    ("codec", "text"),
    [
        ("cp932", "港湾議会は、古い橋をトラックに対して閉鎖することを決議した。"),
        ("euc_jp", "港湾議会は、古い橋をトラックに対して閉鎖することを決議した。"),
        ("gb18030", "港口议会决定关闭旧桥，禁止卡车通行。"),
        ("big5", "港口議會決定關閉舊橋，禁止卡車通行。"),
    ],
)
def test_character_that_is_cut_at_the_end_does_not_change_the_guess(codec: str, text: str) -> None:
    data = f"<html><body><p>{text * 4}".encode(codec)[:-1]

    assert text in decode_html(data, None)


@pytest.mark.parametrize(
    ("language", "codec", "text"),
    [
        ("pl", "cp1250", "Rada zdecydowała o zamknięciu starego mostu, gdyż znaleźli pęknięcia"),
        ("tr", "cp1254", "Liman meclisi eski köprüyü kapattı, çünkü işçiler çatlağı görmüştü"),
        (
            "lt",
            "cp1257",
            "Inžinieriai rado įtrūkimų. Meras sakė, kad tai būtina ir truks vienuolika savaičių",
        ),
        ("zh-TW", "big5", "港口議會決定關閉舊橋"),
    ],
)
def test_language_and_bytes_contradict_the_default_of_servers(
    language: str, codec: str, text: str
) -> None:
    page = f'<html lang="{language}"><body>{f"<p>{text}</p>" * 4}</body></html>'

    assert text in decode_html(page.encode(codec), "iso-8859-1")


def test_signs_without_letters_are_in_windows_1252() -> None:
    page = "<html><body><p>The quay costs £5 million, at 30 °C. It is open.</p></body></html>"

    assert decode_html(page.encode("cp1252"), None) == page


def test_byte_order_mark_of_utf32_is_known() -> None:
    assert decode_html("<p>Fähre</p>".encode("utf-32"), None) == "<p>Fähre</p>"
