from __future__ import annotations

from schemas.tags import EntityType
from services.tagging.core import Tagger, TextToTag
from services.tagging.gazetteer.matcher import Gazetteer
from services.tagging.models.paragraph_cache import ENTRY_OVERHEAD_CHARS, ParagraphCache
from services.tagging.models.registry import ModelRegistry
from services.tagging.places.place_index import PlaceIndex
from services.tagging.span import Span
from tests.unit.tagging.conftest import ORGANISATION, PERSON, WordModel

SPANS = (Span(0, 4, EntityType.PLACE),)


def test_the_least_recently_used_entry_is_evicted_to_keep_the_bound() -> None:
    cache = ParagraphCache(2 * (ENTRY_OVERHEAD_CHARS + 4))
    cache.put("m", "aaaa", SPANS)
    cache.put("m", "bbbb", SPANS)
    cache.get("m", "aaaa")
    cache.put("m", "cccc", SPANS)

    assert cache.get("m", "aaaa") == SPANS
    assert cache.get("m", "bbbb") is None
    assert cache.chars <= 2 * (ENTRY_OVERHEAD_CHARS + 4)


def test_a_text_above_the_bound_is_not_stored() -> None:
    cache = ParagraphCache(100)
    cache.put("m", "a" * 1000, SPANS)

    assert len(cache) == 0
    assert cache.chars == 0


def test_models_do_not_share_predictions() -> None:
    cache = ParagraphCache(10_000)
    cache.put("one", "text", SPANS)

    assert cache.get("other", "text") is None


def test_the_model_reads_a_repeated_paragraph_once(places: PlaceIndex) -> None:
    model = WordModel({"Ida Falk": PERSON})
    tagger = Tagger(
        ModelRegistry({"en": lambda: model}), places, Gazetteer(), ParagraphCache(10_000)
    )
    article = TextToTag("", "Ida Falk spoke.\n\nNobody listened.", "en")
    tagger.tag_batch([article, article])
    tagger.tag_batch([article])

    assert sorted(["Ida Falk spoke.", "Nobody listened."]) == sorted(model.read)


def test_the_cache_does_not_change_results(places: PlaceIndex) -> None:
    """Copies mixed with new text are tagged as by a tagger without a cache."""
    words = {"Falk": PERSON, "Ida Falk": PERSON, "Harbour Board": ORGANISATION}
    paragraphs = [
        "Ida Falk leads the Harbour Board.",
        '"We are ready," Falk said.',
        "The Harbour Board meets on Monday.",
        "FALK CALLS HARBOUR BOARD",
    ]
    articles = [
        TextToTag(paragraphs[i % 4], "\n\n".join(paragraphs[i % 3 : i % 3 + 2]), "en")
        for i in range(12)
    ]
    results = []
    for size in (0, 300, 1_000_000):
        models = ModelRegistry({"en": lambda: WordModel(words)})
        tagger = Tagger(models, places, Gazetteer(), ParagraphCache(size))
        results.append([tagger.tag_batch([article])[0] for article in articles])

    assert results[0] == results[1] == results[2]


def test_the_cache_does_not_change_results_of_the_real_model(tagger: Tagger) -> None:
    articles = [
        TextToTag("Storm hits Oslo", f"Ida Falk told reporters in Oslo.\n\nShip {i} sank.", "en")
        for i in range(4)
    ]
    once = tagger.tag_batch(articles)
    again = tagger.tag_batch(list(reversed(articles)))
    alone = [tagger.tag_batch([article])[0] for article in articles]

    assert once == list(reversed(again)) == alone
