"""Bylines are read in many languages, separators and forms of markup."""

from __future__ import annotations

import pytest

from services.cleaning.core import CleanedPage, clean_page
from services.cleaning.metadata.author_names import has_prefix
from tests.unit.cleaning.sample_pages import PARAGRAPHS
from tests.unit.cleaning.test_authors import NOW, URL, authors, linked, names

_OTHER_SCRIPTS = [
    ("ru", "Подготовила Ида Фальк", ["Ида Фальк"]),
    ("ru", "Текст: Ида Фальк", ["Ида Фальк"]),
    ("uk", "Підготував Олег Громов", ["Олег Громов"]),
    ("el", "Γράφει ο Νίκος Παππάς", ["Νίκος Παππάς"]),
    ("ar", "بقلم: سامي حداد وليلى خوري", ["سامي حداد", "ليلى خوري"]),
    ("ar", "بقلم سامي حداد", ["سامي حداد"]),
    ("he", "מאת: דנה לוי ויוסי כהן", ["דנה לוי", "יוסי כהן"]),
    ("ja", "記者 山田太郎", ["山田太郎"]),
    ("ja", "執筆：山田太郎、佐藤花子", ["山田太郎", "佐藤花子"]),
    ("ja", "取材・文／山田太郎", ["山田太郎"]),
    ("zh", "文/王小明", ["王小明"]),
    ("zh", "记者：王小明 李华", ["王小明", "李华"]),
    ("zh", "記者王小明／台北報導", ["王小明"]),
    ("ko", "김철수 기자", ["김철수"]),
    ("ko", "기자 김철수", ["김철수"]),
    ("ko", "글: 김철수", ["김철수"]),
    ("ko", "글·사진 김철수 기자", ["김철수"]),
    ("zh", "文：王小明 图：李华", ["王小明", "李华"]),
    ("zh", "记者 王小明 报道", ["王小明"]),
]
_LATIN = [
    ("de", "Autorin: Mia Hale"),
    ("de", "Interview: Mia Hale"),
    ("de", "Aus Linford berichtet Mia Hale"),
    ("de", "Geschrieben von Mia Hale"),
    ("fr", "Rédigé par Mia Hale"),
    ("fr", "Publié par Mia Hale"),
    ("fr", "Par : Mia Hale"),
    ("es", "Escrito por Mia Hale"),
    ("es", "Por: Mia Hale"),
    ("es", "Redacción: Mia Hale"),
    ("it", "Scritto da Mia Hale"),
    ("it", "dal nostro inviato Mia Hale"),
    ("pt", "Escrito por Mia Hale"),
    ("nl", "Geschreven door Mia Hale"),
    ("nl", "Door onze verslaggever Mia Hale"),
    ("sv", "Skriven av Mia Hale"),
    ("da", "Skrevet af Mia Hale"),
    ("no", "Skrevet av Mia Hale"),
    ("fi", "Toimittaja Mia Hale"),
    ("pl", "Napisał: Mia Hale"),
    ("pl", "Opracowała Mia Hale"),
    ("cs", "Napsal Mia Hale"),
    ("sk", "Pripravila Mia Hale"),
    ("ro", "Scris de Mia Hale"),
    ("hu", "Írta és fényképezte: Mia Hale"),
    ("de", "Von unserem Korrespondenten Mia Hale"),
    ("fr", "De notre correspondante Mia Hale"),
    ("it", "della nostra inviata Mia Hale"),
    ("nl", "Van onze correspondent Mia Hale"),
    ("pl", "oprac. Mia Hale"),
    ("cs", "Autoři: Mia Hale"),
    ("en", "View all posts by Mia Hale"),
    ("en", "About the author: Mia Hale"),
    ("en", "Words and pictures: Mia Hale"),
    ("en", "ByMia Hale"),
]


@pytest.mark.parametrize(
    ("language", "line", "expected"),
    [*_OTHER_SCRIPTS, *((language, line, ["Mia Hale"]) for language, line in _LATIN)],
)
def test_bylines_are_those_of_the_language(language: str, line: str, expected: list[str]) -> None:
    assert has_prefix(line, language)
    assert names(line, language) == expected


@pytest.mark.parametrize(
    ("language", "name"),
    [("ar", "محمد علي وليد حسن"), ("he", "דנה לוי ורד כהן"), ("en", "Ali al-Rashid"),
     ("ja", "山田 太郎"), ("ja", "ジョン・スミス")],
)  # fmt: skip
def test_one_name_stays_one(language: str, name: str) -> None:
    assert names(name, language) == [name]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("By Olaf Brandt, Harbour Wire", ["Olaf Brandt"]),
        ("Olaf Brandt/Harbour Wire", ["Olaf Brandt"]),
        ("Olaf Brandt/Mia Hale", ["Olaf Brandt", "Mia Hale"]),
        ("OLAF BRANDT, Associated Press", ["OLAF BRANDT"]),
        ("Olaf Brandt, Business Reporter, Linford Herald", ["Olaf Brandt"]),
        ("By Olaf Brandt BBC News", ["Olaf Brandt"]),
        ("By Olaf Brandt Science correspondent, Harbour News", ["Olaf Brandt"]),
        ("By Olaf Brandt @olafbrandt", ["Olaf Brandt"]),
        ("Olaf Brandt olaf@harbourpost.example", ["Olaf Brandt"]),
        ("Olaf Brandt Follow", ["Olaf Brandt"]),
        ("Olaf Brandt Twitter Email", ["Olaf Brandt"]),
        ("By Olaf Brandt with Mia Hale", ["Olaf Brandt", "Mia Hale"]),
        ("By Olaf Brandt // Harbour Post", ["Olaf Brandt"]),
        ("by Olaf Brandt ● 4 May 2031 ● 6 min read", ["Olaf Brandt"]),
        ("Text and photos by Olaf Brandt", ["Olaf Brandt"]),
        ("olaf.brandt", []),
        ("By OLAF BRANDT Staff Writer", ["OLAF BRANDT"]),
        ("Olaf Brandt 3 min read", ["Olaf Brandt"]),
        ("Written By Olaf Brandt On 4 May 2031", ["Olaf Brandt"]),
        ("Olaf Brandt.", ["Olaf Brandt"]),
        ("Brandt Jr., Olaf", ["Olaf Brandt Jr."]),
        ("Brandt, Olaf, Jr.", ["Olaf Brandt Jr."]),
    ],
)
def test_what_stands_beside_a_name_is_left_out(written: str, expected: list[str]) -> None:
    assert names(written) == expected


@pytest.mark.parametrize(
    ("language", "written", "expected"),
    [
        ("fr", "Par L'équipe de rédaction", []),
        ("es", "Ana Ruiz | Madrid", ["Ana Ruiz"]),
        ("pt", "Ana Ruiz e Luis Mora, de Linford", ["Ana Ruiz", "Luis Mora"]),
        ("sv", "Nils Berg/TT", ["Nils Berg"]),
        ("es", "Ana Ruiz/Agencia EFE", ["Ana Ruiz"]),
        ("tr", "Ayşe Kaya / İstanbul", ["Ayşe Kaya"]),
        ("ar", "سامي حداد - بيروت", ["سامي حداد"]),
        ("ja", "編集委員 山田太郎", ["山田太郎"]),
        ("zh", "王小明、李华", ["王小明", "李华"]),
        ("ja", "山田太郎・佐藤花子", ["山田太郎", "佐藤花子"]),
        ("ko", "김철수·이영희 기자", ["김철수", "이영희"]),
        ("ko", "김철수 기자 cs@harbourpost.example", ["김철수"]),
    ],
)
def test_places_roles_and_lists_are_read_in_other_languages(
    language: str, written: str, expected: list[str]
) -> None:
    assert names(written, language) == expected


@pytest.mark.parametrize(
    "author",
    [
        '{"@type": "Person", "name": {"@value": "Mia Hale", "@language": "en"}}',
        '{"@list": [{"name": "Mia Hale"}]}',
        '{"@type": "Role", "author": {"@type": "Person", "name": "Mia Hale"}}',
        '{"@type": "OrganizationRole", "author": "Mia Hale"}',
    ],
)
def test_nested_forms_of_json_ld_are_read(author: str) -> None:
    assert authors("", linked(author)) == ("Mia Hale",)


@pytest.mark.parametrize("name", ["null", "undefined", "Staff Writer", "Newsroom", "Harbour Post"])
def test_person_of_json_ld_that_is_none_is_left_out(name: str) -> None:
    rest = ', "publisher": {"@type": "Organization", "name": "Harbour Post"}'
    assert authors("", linked(f'{{"@type": "Person", "name": "{name}"}}', rest)) == ()


def test_owner_of_a_site_may_have_its_name() -> None:
    rest = ', "publisher": {"@type": "Organization", "name": "Mia Hale"}'
    assert authors("", linked('{"@type": "Person", "name": "Mia Hale"}', rest)) == ("Mia Hale",)


@pytest.mark.parametrize(
    "head",
    [
        (
            '<meta name="twitter:label1" content="Written by">'
            '<meta name="twitter:data1" content="Mia Hale">'
        ),
        '<meta name="creator" content="Mia Hale">',
        '<meta property="og:author" content="Mia Hale">',
    ],
)
def test_further_names_of_metadata_are_known(head: str) -> None:
    assert authors("", head) == ("Mia Hale",)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ('<p itemprop="author" itemscope><meta itemprop="name" content="Mia Hale"></p>',
         ("Mia Hale",)),
        ('<p property="author"><span property="name">Mia Hale</span></p>', ("Mia Hale",)),
        ('<ul class="authors"><li>Mia Hale</li><li>Jon Ash</li></ul>', ("Mia Hale", "Jon Ash")),
        ('<div class="writer">Mia Hale</div>', ("Mia Hale",)),
        ('<div data-testid="byline">Mia Hale</div>', ("Mia Hale",)),
        ('<div class="contributors"><a href="/c/1">Mia Hale</a></div>', ("Mia Hale",)),
        ('<div id="author">Mia Hale</div>', ("Mia Hale",)),
        ('<style id="author-name-css">.a{}</style><p class="author">Mia Hale</p>', ("Mia Hale",)),
        ("<p>4 May 2031 | By Mia Hale</p>", ("Mia Hale",)),
        ("<p>Mia Hale | Senior Writer | 4 May 2031</p>", ("Mia Hale",)),
        ("<p>Mia Hale, Chief Ports Reporter</p>", ("Mia Hale",)),
        ("<p>Harbour Wall, Old Quay</p>", ()),
        ("<p>Mia Hale, founder of the ferry line, has died.</p>", ()),
        ('<div class="author-box__name">Mia Hale</div>', ("Mia Hale",)),
        ('<p class="byline">By Mia Hale</p><aside><a href="/author/jon">Jon Ash</a></aside>',
         ("Mia Hale",)),
        (('<p class="byline">By Mia Hale</p><div class="reviews"><i itemprop="author">Jon Ash</i>'
         "</div>"), ("Mia Hale",)),
        (('<p class="byline">By Mia Hale</p><div class="testimonials"><i class="author">Jon Ash</i>'
         "</div>"), ("Mia Hale",)),
        (('<aside><a rel="author" href="/p">Mia Hale</a><p>4 May 2031</p>'
         '<a href="/on">Why we are on another network</a></aside>'), ("Mia Hale",)),
    ],
)  # fmt: skip
def test_markup_of_bylines_is_known(body: str, expected: tuple[str, ...]) -> None:
    assert authors(body) == expected


def test_byline_of_a_scraped_text_may_follow_a_date() -> None:
    text = "Quay opens after two years\n4 May 2031 by Mia Hale\n\n" + "\n\n".join(PARAGRAPHS)
    page = clean_page(html=None, text=text, url=URL, title=None, now=NOW)
    assert isinstance(page, CleanedPage)
    assert page.authors == ("Mia Hale",)
