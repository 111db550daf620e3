"""A story's summary reads well by itself, and its headline tells of the event."""

from __future__ import annotations

import pytest

from services.dedup.stories.headline import is_site_name
from services.dedup.stories.summary_sentences import adds_information, lead_sentences
from tests.unit.dedup.make import PersistedShard, article, entity

NEXT = "The council of Skarholm will meet again on Thursday morning."


@pytest.mark.parametrize(
    "quote",
    [
        '"We are ready to talk but not to give way. The bridge stays closed," Falk said.',
        "“We are ready to talk but not to give way. The bridge stays closed,” Falk said.",
        "Falk said: «We are ready to talk but not to give way. The bridge stays closed.»",
        "Falk sagte: „Wir sind bereit zu reden. Die alte Brücke bleibt zu.“",
        "“The ferry will sail again on Sunday.”",
    ],
)
def test_the_sentences_of_a_quote_stay_together_with_both_marks(quote: str) -> None:
    assert lead_sentences(f"{quote} {NEXT}", 2) == [quote, NEXT]


@pytest.mark.parametrize(
    "piece",
    [
        "“We are ready to talk to them. The old bridge stays closed",
        "The old bridge stays closed,” the harbour master said on Monday.",
    ],
)
def test_a_quote_that_is_not_closed_in_its_paragraph_is_left_out(piece: str) -> None:
    assert lead_sentences(f"{piece}\n{NEXT}", 2) == [NEXT]


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "He made the relevant statement on Wednesday after the meeting."),
        ("en", "However, the harbour master of Skarholm rejected the plan."),
        ("en", "“They have no choice,” the harbour master of Skarholm said."),
        ("en", "As a result, the ferries to the islands were full all day."),
        ("de", "Sie hatte den Antrag des Hafenrats am Dienstag abgelehnt."),
        ("de", "Außerdem soll die alte Brücke im Herbst gesperrt werden."),
        ("fr", "Il a annoncé mardi la fermeture du vieux pont tournant."),
        ("es", "Sin embargo, el consejo del puerto rechazó el plan ayer."),
        ("it", "Tuttavia il consiglio del porto ha respinto il piano ieri."),
        ("pt", "No entanto, o conselho do porto rejeitou o plano ontem."),
        ("nl", "Bovendien wordt de oude brug in de herfst gesloten voor verkeer."),
        ("ru", "Однако совет порта вчера отклонил этот план закрытия моста."),
        ("zh", "但是许多居民不同意港务委员会的这项决定。"),
        ("ja", "しかし、多くの住民は港湾評議会の決定に反対している。"),
        ("ar", "لكن كثيرين من سكان المدينة لا يوافقون على هذا القرار."),
    ],
)
def test_a_sentence_that_refers_back_is_left_out(language: str, sentence: str) -> None:
    assert lead_sentences(f"{sentence}\n{NEXT}", 2, language) == [NEXT]


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "Hewitt made the relevant statement on Wednesday after the meeting."),
        ("en", "Item prices in Skarholm rose by two percent in the spring."),
        ("de", "Sieben Schiffe lagen am Dienstag vor dem Hafen von Skarholm."),
        ("fr", "Ilona Falk a annoncé mardi la fermeture du vieux pont tournant."),
    ],
)
def test_a_word_that_only_begins_like_a_pronoun_does_no_harm(language: str, sentence: str) -> None:
    assert lead_sentences(sentence, 1, language) == [sentence]


def test_sentences_without_spaces_are_parted_and_counted() -> None:
    text = "港湾評議会は火曜日の夜に橋の閉鎖を決めた。"
    text += "「荷を積んだ車は危険だ。壊れる」と港長は語った。短い。"

    assert lead_sentences(text, 3, "ja") == [
        "港湾評議会は火曜日の夜に橋の閉鎖を決めた。",
        "「荷を積んだ車は危険だ。壊れる」と港長は語った。",
    ]


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (
            "The council closed the swing bridge in Skarholm on Tuesday.",
            "On Tuesday, Skarholm's council closes the bridge that swings.",
            False,
        ),
        (
            "The council closed the swing bridge in Skarholm on Tuesday.",
            "Ferry operators offered to carry goods at half the usual price.",
            True,
        ),
        ("港湾評議会は橋の閉鎖を決めた。", "橋の閉鎖を港湾評議会が決めた。", False),
        ("港湾評議会は橋の閉鎖を決めた。", "漁師たちは新しい船を三隻買う予定だ。", True),
    ],
)
def test_two_sentences_that_say_the_same_are_recognised(
    one: str, other: str, *, expected: bool
) -> None:
    assert adds_information(other, [one]) is expected


@pytest.mark.parametrize(
    ("title", "source", "expected"),
    [
        ("Harbour Post", "harbourpost.example", True),
        ("The Harbour Post", "www.harbourpost.example", True),
        ("harbour-post.example", "harbour-post.example", True),
        ("Harbour post office burns down", "harbourpost.example", False),
        ("", "harbourpost.example", False),
    ],
)
def test_the_name_of_an_outlet_is_recognised(title: str, source: str, *, expected: bool) -> None:
    assert is_site_name(title, source) is expected


BODY = (
    "The harbour council of Skarholm voted on Tuesday evening to close the old swing bridge to "
    "lorries from July, after engineers found cracks in two of its four bearings. The bridge "
    "carries nine thousand vehicles a day and is the only link to the northern quays."
)
FIRST = BODY.partition(". ")[0] + "."


@pytest.mark.parametrize("title", ["News in brief", "Harbour Post", "Letters to the editor"])
def test_the_headline_is_a_sentence_where_the_title_is_none_and_then_a_real_one(title: str) -> None:
    dedup = PersistedShard()
    named = [entity("Skarholm")]
    first = dedup.take(
        article("one", BODY, title=title, source="harbourpost.example", entities=named)
    )
    alone = dedup.shard.story(str(first.story_id))
    second = dedup.take(
        article(
            "two",
            "Lorries must stay off the old swing bridge in Skarholm from July, the harbour council "
            "voted on Tuesday. Engineers found cracks in two of the four bearings. Nine thousand "
            "vehicles use the bridge each day to reach the northern quays.",
            title="Skarholm closes swing bridge to lorries",
            entities=named,
        )
    )
    both = dedup.shard.story(str(second.story_id))

    assert second.story_id == first.story_id
    assert alone is not None
    assert both is not None
    assert alone.headline == FIRST
    assert both.headline == "Skarholm closes swing bridge to lorries"


def test_a_revised_standing_title_does_not_become_the_headline() -> None:
    dedup = PersistedShard()
    dedup.take(article("one", BODY, title="Skarholm council closes swing bridge"))

    revised = dedup.take(article("one", BODY, title="News in brief"))

    story = dedup.shard.story(str(revised.story_id))
    assert story is not None
    assert story.headline == FIRST
