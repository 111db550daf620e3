"""Run the language models on a batch of documents, each distinct paragraph once."""

from __future__ import annotations

from collections.abc import Sequence

from services.tagging.document import Document
from services.tagging.models.base import LanguageModel
from services.tagging.models.paragraph_cache import ParagraphCache
from services.tagging.span import Span


def predict_batch(
    documents: Sequence[Document], models: Sequence[LanguageModel | None], cache: ParagraphCache
) -> list[list[tuple[Span, ...]]]:
    """Return the spans of each paragraph of each document, as the document's model marks them.

    A document without a model has no spans. A paragraph which is in the cache is not given
    to the model; one that occurs several times in the batch is given to it once.
    """
    predictions: dict[tuple[str, str], tuple[Span, ...]] = {}
    to_predict: dict[str, tuple[LanguageModel, list[str]]] = {}
    for document, model in zip(documents, models, strict=True):
        if model is None:
            continue
        for text in document.model_inputs:
            if (model.name, text) in predictions:
                continue
            cached = cache.get(model.name, text)
            predictions[model.name, text] = cached or ()
            if cached is None:
                to_predict.setdefault(model.name, (model, []))[1].append(text)
    for name, (model, texts) in to_predict.items():
        # Texts of equal length in one matrix need no padding; the result is the same.
        texts.sort(key=len)
        for text, spans in zip(texts, model.find(texts), strict=True):
            predictions[name, text] = tuple(spans)
            cache.put(name, text, predictions[name, text])
    return [
        [
            predictions[model.name, text] if model is not None else ()
            for text in document.model_inputs
        ]
        for document, model in zip(documents, models, strict=True)
    ]
