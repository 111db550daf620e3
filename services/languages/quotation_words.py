"""The words by which a language says who is quoted."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotationWords:
    """The words of one language that attribute a quotation to its speaker."""

    speech_verbs: tuple[str, ...]
    """Verb forms that mark speech, as they stand beside a quotation ("said", "a déclaré")."""
    weak_speech_verbs: tuple[str, ...] = ()
    """Verb forms that mark speech only right beside a quotation, for they have other uses as
    well ("offered", "laughed")."""
    verb_endings: tuple[str, ...] = ()
    """Endings of all other verbs of speech; empty where any ending is possible."""
    subject_pronouns: tuple[str, ...]
    """Pronouns that can be the subject of a speech verb."""
    feminine_pronouns: frozenset[str] = frozenset()
    """Those of the pronouns that mean a woman."""
    masculine_pronouns: frozenset[str] = frozenset()
    """Those of the pronouns that mean a man."""
    attribution_phrases: tuple[str, ...]
    """Phrases beside which the speaker is named ("according to")."""
    description_articles: tuple[str, ...]
    """Words that begin a description of the speaker ("the" in "the harbour master")."""
    clause_joiners: tuple[str, ...] = ()
    """Words that end a description: a new clause begins with them."""
    speech_negations: frozenset[str] = frozenset()
    """Words right before a speech verb which mean that nothing was said ("not", "to")."""
    naming_words: frozenset[str] = frozenset()
    """Words right before a quotation mark after which a name or a term follows, and no speech
    ("so-called", "titled")."""
    titled_things: frozenset[str] = frozenset()
    """Nouns for what has a title ("plan", "law"): between marks after them, a text that begins
    with a capital is the title."""
    viewpoint_words: tuple[str, ...] = ()
    """Prepositions with a person's name that open a sentence whose quotation is that person's
    ("pour")."""
    question_labels: frozenset[str] = frozenset()
    """Labels of questions and answers in an interview ("q", "a")."""
    elisions: tuple[str, ...] = ()
    """Words written with an opening apostrophe, which is no quotation mark ("tis", "cause")."""
    dash_dialogue: bool = False
    """Whether a paragraph that opens with a dash is direct speech."""
    written_without_blanks: bool = False
    """Whether words are written without blanks between them."""
