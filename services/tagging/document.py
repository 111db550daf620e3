"""An article as the tagger processes it: title and body as one text, cut into paragraphs.

The document rules look at the whole article. With one joined text they need one kind of
offset; only the finished mentions are assigned to title or body again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from schemas.tags import TextField
from services.tagging.paragraphs import Paragraph, split_paragraphs
from services.tagging.truecase import Truecaser

TITLE_BODY_SEPARATOR = "\n\n"
"""Stands between title and body in the joined text."""


@dataclass(frozen=True, slots=True)
class TextToTag:
    """The fields of a clean article that tagging needs."""

    title: str
    body: str
    language: str
    """BCP 47 tag of the body, `und` where unknown."""


@dataclass(slots=True)
class Document:
    """The joined text of an article, its paragraphs, and the model's input for each."""

    article: TextToTag
    text: str
    body_start: int
    """Offset of the body in `text`."""
    paragraphs: Sequence[Paragraph]
    cased_text: str = ""
    """The text in mixed case: `text` with the model's inputs in place of the paragraphs."""
    model_inputs: list[str] = field(default_factory=list)
    """For each paragraph the text that the model reads: the same words at the same
    offsets, in mixed case where the paragraph is in capitals."""

    @classmethod
    def from_article(cls, article: TextToTag) -> Document:
        """Join title and body, cut them into paragraphs, and restore the case of capitals."""
        text = f"{article.title}{TITLE_BODY_SEPARATOR}{article.body}"
        body_start = len(article.title) + len(TITLE_BODY_SEPARATOR)
        title = list(split_paragraphs(article.title))
        body = [
            Paragraph(body_start + start, part) for start, part in split_paragraphs(article.body)
        ]
        truecaser = Truecaser([part.text for part in title], [part.text for part in body])
        model_inputs = [
            *(truecaser.restore(part.text, headline=True) for part in title),
            *(truecaser.restore(part.text) for part in body),
        ]
        paragraphs = [*title, *body]
        cased = _with_inputs(text, paragraphs, model_inputs)
        return cls(article, text, body_start, paragraphs, cased, model_inputs)

    def field_offsets(self, start: int, end: int) -> tuple[TextField, int, int]:
        """Convert offsets in the joined text to a field and the offsets in that field."""
        if start < self.body_start:
            return TextField.TITLE, start, end
        return TextField.BODY, start - self.body_start, end - self.body_start


def _with_inputs(text: str, paragraphs: Sequence[Paragraph], inputs: Sequence[str]) -> str:
    """Return the text with each paragraph replaced by the model's input of the same length."""
    for paragraph, restored in zip(paragraphs, inputs, strict=True):
        if restored is not paragraph.text:
            text = text[: paragraph.start] + restored + text[paragraph.start + len(restored) :]
    return text
