from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from services.tagging.core import TextToTag
from services.tagging.paragraphs import split_paragraphs
from services.tagging.quotes.quotations import find_quotations
from tests.unit.tagging.conftest import ORGANISATION, PERSON, MakeTagger, check_slices, tag

WORDS = {"Ida Falk": PERSON, "Falk": PERSON, "Nils Berg": PERSON, "Berg": PERSON}
LONG = "we have waited two years for this ferry"


def quotes_of(make_tagger: MakeTagger, body: str) -> list[tuple[str, str | None, str | None]]:
    tagger = make_tagger({**WORDS, "Harbour Board": ORGANISATION})
    article = TextToTag("", body, "en")
    tags = tagger.tag_batch([article])[0]
    check_slices(article, tags)
    return [(quote.text, quote.speaker, quote.cue) for quote in tags.quotes]


@pytest.mark.parametrize(
    ("body", "speaker", "cue"),
    [
        (f'"{LONG}," Ida Falk said.', "Ida Falk", "said"),
        (f"“{LONG},” said Ida Falk.", "Ida Falk", "said"),
        (f"‘{LONG},’ Ida Falk told reporters.", "Ida Falk", "told"),
        (f"'{LONG},' Ida Falk told reporters.", "Ida Falk", "told"),
        (f"«{LONG}», Ida Falk said.", "Ida Falk", "said"),
        (f"Ida Falk said: “{LONG}.”", "Ida Falk", "said"),
        (f"Ida Falk, the mayor, said on Monday that “{LONG}.”", "Ida Falk", "said"),
        (f"According to Ida Falk, “{LONG}.”", "Ida Falk", "According to"),
        (f"“{LONG},” according to Ida Falk.", "Ida Falk", "according to"),
        (f"“{LONG},” said the mayor of the town, Ida Falk.", "Ida Falk", "said"),
        (f"Nils Berg met Ida Falk. “{LONG},” she said.", "Ida Falk", "said"),
        (f"Mayor Ida Falk met Nils Berg. “{LONG},” the mayor said.", "Ida Falk", "said"),
        (f"“{LONG},” a fisherman said. Ida Falk nodded.", "a fisherman", "said"),
        (f"The Harbour Board said: “{LONG}.”", "Harbour Board", "said"),
        (f"Ida Falk praised the crew, but stated, “{LONG}.”", "Ida Falk", "stated"),
        (f"Ida Falk spoke of “peace and quiet,” but added, “{LONG}.”", "Ida Falk", "added"),
        (f"Ida Falk, a friend of Nils Berg, said, “{LONG}.”", "Ida Falk", "said"),
        (f"“{LONG},” though Ida Falk did not say when.", None, None),
        (f"“{LONG}.”", None, None),
    ],
)
def test_a_quotation_is_attributed_to_its_speaker(
    make_tagger: MakeTagger, body: str, speaker: str | None, cue: str | None
) -> None:
    last = quotes_of(make_tagger, body)[-1]

    assert (LONG, speaker, cue) == (last[0].rstrip(".,"), last[1], last[2])


def test_a_quotation_that_continues_has_the_same_speaker(make_tagger: MakeTagger) -> None:
    body = f"“{LONG},” said Ida Falk. “But we will wait no more of it.”"

    assert [quote[1] for quote in quotes_of(make_tagger, body)] == ["Ida Falk", "Ida Falk"]


def test_a_pronoun_means_the_previous_speaker_of_the_paragraph(make_tagger: MakeTagger) -> None:
    body = f"“{LONG},” Ida Falk said of Berg. The ferry, she added, “{LONG}.”"

    assert [quote[1] for quote in quotes_of(make_tagger, body)] == ["Ida Falk", "Ida Falk"]


def test_a_quotation_over_several_paragraphs_has_one_speaker(make_tagger: MakeTagger) -> None:
    body = (
        "Nils Berg listened.\n\n"
        "“We have waited two years for this.\n\n“Now it is here,” Ida Falk said.\n\n"
        "“It is late,” Berg said. “It is very late.\n\n“But it is here.”"
    )

    assert [quote[1] for quote in quotes_of(make_tagger, body)] == [
        "Ida Falk",
        "Ida Falk",
        "Nils Berg",
        "Nils Berg",
        "Nils Berg",
    ]


@pytest.mark.parametrize(
    "body",
    [
        "The so-called “ferry war” went on, the town noted nothing.",
        "He read “Four Ferries and a Very Long Winter” twice.",
        "The workers' boat and the fishers' nets aren't theirs, it's clear.",
        "The plank is 6'2\" long and the other one 5'11\".",
        "Rock 'n' roll from the '90s.",
        'An "unclosed mark is no quote.',
    ],
)
def test_quoted_text_that_is_not_speech_is_left_out(make_tagger: MakeTagger, body: str) -> None:
    assert quotes_of(make_tagger, body) == []


def test_a_short_answer_beside_a_speech_verb_is_speech(make_tagger: MakeTagger) -> None:
    assert quotes_of(make_tagger, "“No,” Ida Falk said.") == [("No,", "Ida Falk", "said")]


def test_a_quotation_inside_a_quotation_is_part_of_it(make_tagger: MakeTagger) -> None:
    body = "“She told me ‘the ferry is full’ and left the harbour,” Ida Falk said."

    assert len(quotes_of(make_tagger, body)) == 1


def test_a_pronoun_is_not_resolved_to_a_possessive(make_tagger: MakeTagger) -> None:
    body = f"Ida Falk read Berg's letter. “{LONG},” she said."

    assert quotes_of(make_tagger, body)[0][1] == "Ida Falk"


def test_french_and_russian_quotations_have_their_cue(make_tagger: MakeTagger) -> None:
    tagger = make_tagger({})
    french = tag(
        tagger, "« Nous attendons ce bateau depuis deux ans », a déclaré le maire.", language="fr"
    )
    russian = tag(tagger, "«Мы ждали этого парома два долгих года», — сказал он.", language="ru")

    assert (french.quotes[0].cue, russian.quotes[0].cue) == ("a déclaré", "сказал")


def test_of_two_nested_quotations_the_outer_one_is_kept(make_tagger: MakeTagger) -> None:
    body = 'Ida Falk said, ‘we asked her "can the ferry sail today?" and she nodded’.'

    assert [quote[0] for quote in quotes_of(make_tagger, body)] == [
        'we asked her "can the ferry sail today?" and she nodded'
    ]


@given(st.text(alphabet=st.sampled_from("ab .,\n\"'“”‘’«»„"), max_size=120))
@example("‘a«a'")
def test_quotations_are_in_order_without_overlaps_and_within_the_text(text: str) -> None:
    found = find_quotations(list(split_paragraphs(text)))

    assert all(0 <= quote.start < quote.end <= len(text) for quote in found)
    assert all(one.end <= other.start for one, other in pairwise(found))
