"""An article on its way through tagging: title and body as one text.

Document logic asks of the whole article; with one text it needs one kind of offset.
Only the finished mentions are told apart again into title and body.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from schemas.tags import TextField
from services.tagging.paragraphs import Paragraph, paragraphs
from services.tagging.truecase import CaseMemory

GAP = "\n\n"
"""What stands between title and body in the joined text."""


@dataclass(frozen=True, slots=True)
class TextToTag:
    """What tagging needs of a clean article."""

    title: str
    body: str
    language: str
    """BCP 47 tag of the body, `und` where unknown."""


@dataclass(slots=True)
class Draft:
    """The joined text of an article, its paragraphs, and what a model is to read of them."""

    article: TextToTag
    text: str
    body_start: int
    paragraphs: Sequence[Paragraph]
    readings: list[str] = field(default_factory=list)
    """For each paragraph the text that the model reads: the same words at the same
    offsets, in mixed case where the paragraph is all capitals."""

    @classmethod
    def of(cls, article: TextToTag) -> Draft:
        """Join title and body and cut them into paragraphs."""
        text = f"{article.title}{GAP}{article.body}"
        body_start = len(article.title) + len(GAP)
        title = list(paragraphs(article.title))
        body = [Paragraph(body_start + start, part) for start, part in paragraphs(article.body)]
        memory = CaseMemory([part.text for part in title], [part.text for part in body])
        readings = [
            *(memory.reading(part.text, headline=True) for part in title),
            *(memory.reading(part.text) for part in body),
        ]
        return cls(article, text, body_start, [*title, *body], readings)

    def place(self, start: int, end: int) -> tuple[TextField, int, int]:
        """Say in which field a stretch of the joined text lies, and where in it."""
        if start < self.body_start:
            return TextField.TITLE, start, end
        return TextField.BODY, start - self.body_start, end - self.body_start
