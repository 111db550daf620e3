"""Let the models read a batch of articles: every distinct paragraph once."""

from __future__ import annotations

from collections.abc import Sequence

from services.tagging.document import Draft
from services.tagging.models.base import LanguageModel
from services.tagging.models.paragraph_cache import ParagraphCache
from services.tagging.span import Span


def read_batch(
    drafts: Sequence[Draft], models: Sequence[LanguageModel | None], cache: ParagraphCache
) -> list[list[tuple[Span, ...]]]:
    """Return for each article the spans that its model marks in each of its paragraphs.

    An article without a model has no spans. What is cached, or occurs twice in the batch, is not
    read again.
    """
    answers: dict[tuple[str, str], tuple[Span, ...]] = {}
    waiting: dict[str, tuple[LanguageModel, list[str]]] = {}
    for draft, model in zip(drafts, models, strict=True):
        if model is None:
            continue
        for text in draft.readings:
            if (model.name, text) in answers:
                continue
            known = cache.get(model.name, text)
            answers[model.name, text] = known or ()
            if known is None:
                waiting.setdefault(model.name, (model, []))[1].append(text)
    for name, (model, texts) in waiting.items():
        # Texts of one length share a matrix without padding; the results do not depend on it.
        texts.sort(key=len)
        for text, spans in zip(texts, model.find(texts), strict=True):
            answers[name, text] = tuple(spans)
            cache.put(name, text, answers[name, text])
    return [
        [answers[model.name, text] if model is not None else () for text in draft.readings]
        for draft, model in zip(drafts, models, strict=True)
    ]
