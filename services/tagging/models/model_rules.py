"""People by rule, for languages without a model: titles, verbs of speech, given names.

"Bürgermeisterin Petra Lang", "sagte Petra Lang" and "Petra Lang, 44," name a person in any
language whose names have capitals. Organisations come from the gazetteer and the document
rules, places from the place index.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from schemas.tags import EntityType
from services.languages.language import Language
from services.languages.registry import languages
from services.tagging.models.base import LanguageModel
from services.tagging.span import Span
from services.tagging.word_lists import GIVEN_NAMES, ORGANISATION_OPENERS, PLACE_OPENERS
from services.tagging.word_pattern import words_pattern

RULES_MODEL_VERSION = "2"
"""Increase it with every change that changes results."""

CONFIDENCE = 0.5
"""Half of what a model states: the rules find a person at the first mention only in the forms
that they know."""

FOREIGN_PARTICLES = frozenset({"de", "van", "von", "der", "di", "da", "bin", "al"})
"""Particles of names from elsewhere."""

JOINING_PARTICLES = frozenset({"y", "e", "un"})
"""Words inside of names that more often stand between two people."""

SHORTEST_OFFICE = 4
"""Letters of the shortest office that a longer word may end in."""

_SMALL = r"[a-zß-öø-ÿ][\w’'-]*"
"""A word in lower case."""

OFFICE_CHARS = 40
"""Letters of the words between an office and the name after a comma."""

LONGEST_ARTICLE = 8
"""Letters among which the article before a name is looked for."""

_WORD = r"[^\W\d_a-zß-öø-ÿа-яё-џґ][^\W\d_]+(?:['’-][^\W\d_]+)*"


def load(code: str) -> LanguageModel:
    """Return the rules for a language (ISO 639-1) that has words for them."""
    return RuleModel(languages()[code])


class RuleModel:
    """A model that finds people by the words beside their names."""

    name = "rules"
    version = RULES_MODEL_VERSION
    confidence = CONFIDENCE

    def __init__(self, language: Language) -> None:
        self.name = f"rules-{language.code}"
        names, quotations = language.names, language.quotations
        self._particles = (names.particles | FOREIGN_PARTICLES) - JOINING_PARTICLES
        particle = words_pattern(self._particles, whole=False)
        # One word, or several that particles may join: "Ana", "Pieter de Groot".
        full = rf"{_WORD}(?:(?: {particle}){{1,2}} {_WORD}| {_WORD}){{1,3}}"
        verbs = words_pattern(quotations.speech_verbs if quotations is not None else ())
        phrases = words_pattern(quotations.attribution_phrases if quotations is not None else ())
        titles = words_pattern({*names.honorifics, *names.offices})
        # German: "Anwohnerin Gerda Pohl".
        endings = "|".join(names.office_endings)
        trades = rf"|[^\W\d_]{{3,}}(?:{endings})" if endings else ""
        viewpoint = words_pattern(
            (w.capitalize() for w in quotations.viewpoint_words) if quotations else (), fold=False
        )
        openers = words_pattern(names.sentence_openers)
        given = words_pattern((n.capitalize() for n in GIVEN_NAMES), whole=False, fold=False)
        self._not_names = frozenset(
            {*names.honorifics, *names.offices, *ORGANISATION_OPENERS, *PLACE_OPENERS}
            | set(names.articles)
            | set(names.sentence_openers)
            | set(quotations.subject_pronouns if quotations is not None else ())
            | set(quotations.description_articles if quotations is not None else ())
        )
        self._articles = frozenset(quotations.description_articles if quotations else ())
        self._function_words = self._articles | names.sentence_openers
        self._nouns_have_capitals = language.code == "de"
        self._office_endings = tuple(w for w in names.offices if len(w) >= SHORTEST_OFFICE)
        self._after_title = re.compile(rf"(?i:{titles}{trades})\.? (?P<name>{full}|{_WORD})")
        # "El alcalde de Vigo, Tomás Reguera," and "la portavoz, Nuria Sáez,".
        self._after_office_of = re.compile(
            rf"(?i:{titles})(?: [^\W\d_][^,.;:!?\n]{{1,{OFFICE_CHARS}}})?, (?P<name>{full})(?=[,.])"
        )
        # "», recuerda el pescador Iago Duarte": whatever the verb is.
        self._after_quotation = re.compile(
            rf"(?:(?:[”“\"»«](?:,| ?[–—-])|,[”\"»]) (?!{openers}){_SMALL}"
            rf"|[\w,!?…] ?[–—]\s?(?i:{verbs})|[\w,!?…] [–—](?!{openers}){_SMALL})"
            rf"(?: {_SMALL}){{0,3}} (?P<name>{full})"
        )
        self._announcing = (self._after_title, self._after_office_of)
        self._patterns = (
            self._after_title,
            self._after_office_of,
            self._after_quotation,
            re.compile(rf"(?i:{verbs}|{phrases}),? (?P<name>{full})"),
            re.compile(rf"(?:^|[.!?] ){viewpoint} (?P<name>{full}),", re.MULTILINE),
            re.compile(rf"(?<![\w-])(?P<name>{full})(?= (?i:{verbs})|, \d\d?[,. ])"),
            re.compile(rf"(?<![\w-])(?P<name>{given}(?: {particle}){{0,2}} (?:{full}|{_WORD}))"),
        )

    def find(self, texts: Sequence[str]) -> list[list[Span]]:
        """Return the people in each text, in order and without overlaps."""
        return [list(_without_overlaps(self._spans(text))) for text in texts]

    def _spans(self, text: str) -> Iterator[Span]:
        for pattern in self._patterns:
            shortest = 1 if pattern is self._after_title else 2
            for match in pattern.finditer(text):
                start, end = self._without_titles(text, *match.span("name"))
                words = text[start:end].split()
                if len(words) < shortest or not self._is_capitalised(words):
                    continue
                before = {word.lower() for word in text[match.start("name") : start].split()}
                is_announced = pattern in self._announcing or bool(before - self._function_words)
                if is_announced or not self._is_described(text, start, words[0]):
                    yield Span(start, end, EntityType.PERSON)

    def _is_described(self, text: str, start: int, first: str) -> bool:
        """Return whether an article is before a name that begins with no given name.

        "Der Deutsche Wetterdienst warnt": an article is seldom before a person's name.
        """
        before = text[max(0, start - LONGEST_ARTICLE) : start].split()
        last = before[-1].lower() if before and text[start - 1 : start] == " " else ""
        return last in self._articles and first.lower() not in GIVEN_NAMES

    def _is_capitalised(self, words: Sequence[str]) -> bool:
        """Return whether every word of a name but its particles begins with a capital."""
        return all(word[0].isupper() or word in self._particles for word in words)

    def _without_titles(self, text: str, start: int, end: int) -> tuple[int, int]:
        """Return the bounds without titles and articles at the start, empty if nothing is left."""
        while start < end:
            word, blank, rest = text[start:end].partition(" ")
            folded = word.lower().rstrip(".")
            # German joins an office to its field: "Oppositionsführer".
            is_compound = folded.endswith(self._office_endings) and " " in rest
            if self._nouns_have_capitals and " " in rest and folded not in GIVEN_NAMES:
                # "Gewerkschafterin Britta Sander": a noun is before the given name.
                is_compound = is_compound or rest.partition(" ")[0].lower() in GIVEN_NAMES
            if folded not in self._not_names and not is_compound:
                return start, end
            start = start + len(word) + 1 if blank else end
        return end, end


def _without_overlaps(spans: Iterable[Span]) -> Iterator[Span]:
    """Yield the spans in order; of two that overlap the longer one."""
    kept: list[Span] = []
    for span in sorted(spans, key=lambda one: (one.start - one.end, one.start)):
        if not any(span.start < other.end and other.start < span.end for other in kept):
            kept.append(span)
    yield from sorted(kept)
