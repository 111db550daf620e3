"""The whole tagger, with the real English model, tags entities and quotations."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schemas.gazetteer import GazetteerRow
from services.tagging.core import NO_MODEL, Tagger, TextToTag
from services.tagging.gazetteer.matcher import Gazetteer
from services.tagging.models.base import ModelMissingError
from services.tagging.models.paragraph_cache import ParagraphCache
from services.tagging.models.registry import ModelRegistry
from services.tagging.places.place_index import PlaceIndex
from tests.unit.tagging.conftest import (
    ORGANISATION,
    PERSON,
    PLACE,
    check_slices,
    named,
    tag,
)

ARTICLE = TextToTag(
    "FERRY LINE FROM OSLO TO REOPEN, MINISTER SAYS",
    "Transport Minister Ingrid Falkenberg said on Monday that the ferry line from Oslo to "
    "Copenhagen will reopen in May.\n\n"
    "“We have waited two years for this day,” Falkenberg told reporters in Norway's capital. "
    "“It will not close again.”\n\n"
    "The International Harbour Organisation (IHO) welcomed the plan. The IHO-Norway Council "
    "meets on Friday.",
    "en",
)


def test_an_article_gets_its_entities_and_quotations(tagger: Tagger) -> None:
    tags = tagger.tag_batch([ARTICLE])[0]
    check_slices(ARTICLE, tags)

    assert PERSON is named(tags, "Ingrid Falkenberg").type
    assert (named(tags, "Oslo").country_code, named(tags, "Oslo").type) == ("NO", PLACE)
    assert ORGANISATION is named(tags, "International Harbour Organisation").type
    assert ORGANISATION is named(tags, "IHO-Norway Council").type
    assert [quote.speaker for quote in tags.quotes] == ["Ingrid Falkenberg"] * 2
    assert named(tags, "Ingrid Falkenberg").entity_id == tags.quotes[0].speaker_id
    assert tags.tagging.name.endswith("core_web_md")
    assert "title" in {mention.field for mention in named(tags, "Oslo").mentions}


def test_each_mention_names_the_model_or_rule_that_found_it(tagger: Tagger) -> None:
    by = {
        mention.by
        for entity in tagger.tag_batch([ARTICLE])[0].entities
        for mention in entity.mentions
    }

    assert any(one.endswith("core_web_md-3.8.0") for one in by)
    assert by <= {*(one for one in by if "core_web_md" in one), "rule", "gazetteer"}


def test_the_result_of_an_article_does_not_depend_on_its_batch(tagger: Tagger) -> None:
    other = TextToTag("Quiet day", "Nothing happened in Quellmark.", "en")
    strange = TextToTag("", "Ничего не произошло.", "uk")

    assert tagger.tag_batch([ARTICLE, other, strange]) == [
        tagger.tag_batch([one])[0] for one in (ARTICLE, other, strange)
    ]
    assert tagger.tag_batch([]) == []


@pytest.mark.parametrize("language", ["de", "und", "xx-Latn"])
def test_a_language_without_a_model_is_tagged_by_gazetteer_and_rules(
    places: PlaceIndex, language: str
) -> None:
    tagger = Tagger(ModelRegistry({}), places, Gazetteer(), ParagraphCache(0))
    tagger.gazetteer.put(GazetteerRow(id="q:1", name="Hafenamt Quell", type=ORGANISATION))
    body = "Das Hafenamt Quell schwieg. „Wir warten seit zwei langen Jahren auf dieses Schiff.“"
    tags = tag(tagger, body, language=language)

    assert tags.tagging == NO_MODEL
    assert "q:1" in {entity.entity_id for entity in tags.entities}
    assert len(tags.quotes) == 1


def test_the_error_of_a_missing_model_names_the_package_to_install(places: PlaceIndex) -> None:
    def load() -> None:
        raise ModelMissingError("natasha: install newsloom-server[ru]")

    models = ModelRegistry({"ru": load})  # type: ignore[dict-item]
    tagger = Tagger(models, places, Gazetteer(), ParagraphCache(0))

    assert tag(tagger, "Привет, Осло.", language="ru").tagging == NO_MODEL
    assert models.load_errors == {"ru": "natasha: install newsloom-server[ru]"}
    with pytest.raises(ModelMissingError, match="newsloom"):
        models.require("ru")
    with pytest.raises(ModelMissingError, match="no model"):
        models.require("xx")


@pytest.mark.parametrize(
    "article",
    [
        TextToTag("", "", "en"),
        TextToTag("", "   \n\n  \n", "en"),
        TextToTag("Only a title about Oslo", "", "en"),
        TextToTag("\n\n", "\x00\x01 Oslo \ufeff\u200b", "en"),
        TextToTag("🚢🚢", "🚢 Ida Falk 🇳🇴 sailed to Oslo 👩‍👩‍👧 with Åse Øvergård.", "en"),
        TextToTag("Привет Oslo 東京", "Ида Фальк met 山田太郎 in الرباط and Oslo.", "en"),
        TextToTag("x" * 2000, "y" * 100_000, "en"),
        TextToTag("", "A" * 100_000 + " Ida Falk sailed to Oslo.", "en"),
        TextToTag("", "“" * 3000 + "”" * 3000, "en"),
        TextToTag("", "' " * 5000, "en"),
        TextToTag("", '"said ' * 3000, "en"),
        TextToTag("", "A-B-" * 5000, "en"),
        TextToTag("", "A. " * 8000, "en"),
        TextToTag("", "A1 B2 " * 3000 + "league cup", "en"),
    ],
)
def test_unusual_text_is_tagged_without_an_error(tagger: Tagger, article: TextToTag) -> None:
    started = time.process_time()
    tags = tagger.tag_batch([article])[0]
    check_slices(article, tags)

    assert time.process_time() - started < 20


def test_a_very_long_body_stays_within_the_bounds_of_the_contract(places: PlaceIndex) -> None:
    sentence = (
        "Ida Falk {} told Nils Berg in Oslo, “this is a very long story to tell,” on Monday. "
    )
    body = "".join(sentence.format(f"Quell{i}") for i in range(12_000))
    assert len(body.split()) > 190_000
    tagger = Tagger(ModelRegistry({}), places, Gazetteer(), ParagraphCache(0))
    tagger.gazetteer.put(GazetteerRow(id="p:1", name="Ida Falk", type=PERSON))
    started = time.process_time()
    tags = tag(tagger, body[:1_000_000])

    assert time.process_time() - started < 20
    assert all(len(entity.mentions) <= 5000 for entity in tags.entities)
    assert len(tags.entities) <= 2000
    assert len(tags.quotes) <= 1000


ALPHABET = st.sampled_from(
    [*"aA bB.,\n\n'\"“”‘’-–0🙂éЖ東", " Ida Falk", " Oslo", " said ", " the "]
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(ALPHABET, max_size=12).map("".join), st.lists(ALPHABET, max_size=60).map("".join))
def test_offsets_are_correct_and_mentions_do_not_overlap_in_any_text(
    tagger: Tagger, title: str, body: str
) -> None:
    article = TextToTag(title, body, "en")
    tags = tagger.tag_batch([article])[0]
    check_slices(article, tags)
    spans = sorted(
        (mention.field, mention.start, mention.end)
        for entity in tags.entities
        for mention in entity.mentions
    )

    assert all(one[0] != other[0] or one[2] <= other[1] for one, other in pairwise(spans))
    assert len({entity.entity_id for entity in tags.entities}) == len(tags.entities)
