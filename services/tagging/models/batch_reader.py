"""Let the models read a batch of drafts: every paragraph once, copies not at all."""

from __future__ import annotations

from collections.abc import Sequence

from services.tagging.draft import Draft
from services.tagging.models.base import LanguageModel
from services.tagging.models.paragraph_cache import ParagraphCache
from services.tagging.span import Span


def read(
    drafts: Sequence[Draft], models: Sequence[LanguageModel | None], cache: ParagraphCache
) -> list[list[tuple[Span, ...]]]:
    """Return for each draft the spans of each of its paragraphs, as its model marks them.

    A draft without a model has no spans. What stands in the cache, or twice in the
    batch, is read once.
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
        # Texts of one length in one matrix waste nothing; the answers do not depend on it.
        texts.sort(key=len)
        for text, spans in zip(texts, model.find(texts), strict=True):
            answers[name, text] = tuple(spans)
            cache.put(name, text, answers[name, text])
    return [
        [answers[model.name, text] if model is not None else () for text in draft.readings]
        for draft, model in zip(drafts, models, strict=True)
    ]
