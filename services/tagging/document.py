"""An article while it is tagged: title and body as one text.

The document rules look at the whole article, and with one text there is one kind of offset. Only
the finished mentions are assigned to title and body again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from schemas.tags import TextField
from services.tagging.paragraphs import Paragraph, paragraphs
from services.tagging.truecase import Truecaser

GAP = "\n\n"
"""Separates title and body in the joined text."""


@dataclass(frozen=True, slots=True)
class TextToTag:
    """What tagging needs of a clean article."""

    title: str
    body: str
    language: str
    """BCP 47 tag of the body, `und` if unknown."""


@dataclass(slots=True)
class Draft:
    """The joined text of an article, its paragraphs, and what a model reads of them."""

    article: TextToTag
    text: str
    body_start: int
    paragraphs: Sequence[Paragraph]
    readings: list[str] = field(default_factory=list)
    """For each paragraph the text that the model reads: the same words at the same offsets, in
    mixed case if the paragraph is in capitals."""

    @classmethod
    def of(cls, article: TextToTag) -> Draft:
        """Join title and body and split them into paragraphs."""
        text = f"{article.title}{GAP}{article.body}"
        body_start = len(article.title) + len(GAP)
        title = list(paragraphs(article.title))
        body = [Paragraph(body_start + start, part) for start, part in paragraphs(article.body)]
        memory = Truecaser([part.text for part in title], [part.text for part in body])
        readings = [
            *(memory.reading(part.text, headline=True) for part in title),
            *(memory.reading(part.text) for part in body),
        ]
        return cls(article, text, body_start, [*title, *body], readings)

    def place(self, start: int, end: int) -> tuple[TextField, int, int]:
        """Return the field in which a range of the joined text lies, and its offsets there."""
        if start < self.body_start:
            return TextField.TITLE, start, end
        return TextField.BODY, start - self.body_start, end - self.body_start
