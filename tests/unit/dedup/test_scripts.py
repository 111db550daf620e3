"""Words of every script: Latin ones as before, vowel signs in their word, pairs without spaces."""

from __future__ import annotations

import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.article import VerdictKind
from services.dedup.features.tokens import text_shingles, tokenize
from tests.quality import scripts
from tests.quality.edits import EDITS
from tests.unit.dedup.make import PersistedShard, article

_BITS = (1 << 64) - 1
_BASE = 0x9E3779B97F4A7C15
_LATIN = st.text(
    st.characters(min_codepoint=0x20, max_codepoint=0x052F)
    | st.characters(min_codepoint=0x1D00, max_codepoint=0x20FF)
    | st.sampled_from("\u00ad\u200b\u200c\u200d\ufe0f\ufb01😀ssSs "),
    max_size=120,
)


def former_words(text: str) -> list[tuple[int, str]]:
    """Return start and text of the words as every earlier version found them."""
    found: list[tuple[int, str]] = []
    for i, character in enumerate(text):
        if not character.isalnum():
            continue
        if found and found[-1][0] + len(found[-1][1]) == i:
            found[-1] = found[-1][0], found[-1][1] + character
        else:
            found.append((i, character))
    return found


def former_hash(word: str) -> int:
    """Return the hash that every earlier version gave a word."""
    lower = [one.lower() if len(one.lower()) == 1 else one for one in word]
    if len(word) >= 4 and lower[-1] == "s" and lower[-2] != "s":
        lower.pop()
    value = sum(ord(one) * pow(_BASE, i, 1 << 64) for i, one in enumerate(lower)) & _BITS
    value ^= value >> 29
    return (value * 0xFF51AFD7ED558CCD & _BITS) >> 32


@given(_LATIN)
def test_the_words_and_hashes_of_latin_greek_and_cyrillic_texts_have_not_changed(text: str) -> None:
    found = tokenize(text)

    expected = former_words(text)
    assert [start for start, _word in expected] == found.starts.tolist()
    assert [former_hash(word) for _start, word in expected] == found.hashes.tolist()
    assert not found.is_pair.any()


@pytest.mark.parametrize(
    "text",
    [
        "हिन्दी में समाचार",
        "বাংলা ভাষায় সংবাদ",
        "தமிழில் இன்றைய செய்தி",
        "తెలుగు వార్తలు నేడు",
        "بيان اليوم الجديد",
        "חדשות היום כאן",
        "한국어 뉴스 오늘",
        "Новости сегодня вечером",
    ],
)
def test_words_with_vowel_signs_are_parted_by_spaces_alone(text: str) -> None:
    starts = [0, *(i + 1 for i, one in enumerate(text) if one == " ")]

    assert starts == tokenize(text).starts.tolist()


@pytest.mark.parametrize(
    ("one", "other"),
    [("كتَبَ", "كتب"), ("الخبـــر", "الخبر"), ("שָׁלוֹם", "שלום"), ("می\u200cخواهم", "میخواهم")],
)
def test_optional_signs_make_no_difference(one: str, other: str) -> None:
    assert tokenize(one).hashes.tolist() == tokenize(other).hashes.tolist()


def test_a_vowel_sign_makes_another_word() -> None:
    assert tokenize("कि").hashes.tolist() != tokenize("की").hashes.tolist()


@pytest.mark.parametrize(
    ("text", "starts"),
    [
        ("今天的新闻", [0, 1, 2, 3]),
        ("東京でカラ", [0, 1, 2, 3]),
        ("ข่าววันนี้", [0, 2, 3, 4, 6]),
        ("ខ្មែរ", [0, 2]),
        ("ຂ່າວ", [0, 2]),
        ("မြန်မာ", [0, 2]),
        ("橋", [0]),
        ("第12回。NATO", [0, 1, 3, 5]),
        ("𠀋𠀌の", [0, 1]),
    ],
)
def test_scripts_without_spaces_are_read_by_pairs_of_characters(
    text: str, starts: list[int]
) -> None:
    assert starts == tokenize(text).starts.tolist()


def test_a_pair_is_the_same_wherever_it_occurs() -> None:
    assert tokenize("港湾").hashes[0] in tokenize("北の港湾評議会").hashes


@given(st.text("港湾評議会のข่าวabc, ", max_size=60))
def test_a_shingle_of_pairs_has_as_many_half_words_as_one_of_words(text: str) -> None:
    tokens = tokenize(text)
    halves = (2 - tokens.is_pair.astype(int)).tolist()

    expected = sum(sum(halves[i:]) >= 10 for i in range(len(halves))) or min(1, len(halves))

    assert len(text_shingles(tokens)) == expected


@pytest.mark.parametrize("language", scripts.languages())
@pytest.mark.parametrize("edit", EDITS)
def test_an_edited_copy_in_another_script_is_recognised(language: str, edit: str) -> None:
    dedup = PersistedShard()
    rows = scripts.articles(language, 30)
    for row in rows:
        verdict = dedup.take(article(row["id"], row["text"], title=row["title"])).verdict
        assert verdict is not None
        assert verdict.kind is VerdictKind.ORIGINAL
    chance = random.Random(3)  # noqa: S311 - a text, not a secret
    title, body = EDITS[edit](rows[4]["title"], rows[4]["text"], chance)

    verdict = dedup.take(article("copy", body, title=title)).verdict

    assert verdict is not None
    assert verdict.copy_of == article(rows[4]["id"], "").article_id


@pytest.mark.parametrize("language", scripts.languages())
def test_other_paragraphs_of_the_same_language_are_no_copy(language: str) -> None:
    dedup = PersistedShard()
    one, other, *more = scripts.articles(language, 30)
    for row in more:
        dedup.take(article(row["id"], row["text"], title=row["title"]))
    shared, own = one["text"].split("\n\n")[0], other["text"]
    dedup.take(article("one", one["text"]))

    verdict = dedup.take(article("other", f"{own}\n\n{shared}")).verdict

    assert verdict is not None
    assert verdict.kind is VerdictKind.ORIGINAL


def test_the_shingles_of_a_passage_are_among_those_of_the_whole_text() -> None:
    text = scripts.articles("ja", 1)[0]["text"].replace("\n", "")
    whole, part = text_shingles(tokenize(text)), text_shingles(tokenize(text[:60]))

    assert np.isin(part, whole).all()
