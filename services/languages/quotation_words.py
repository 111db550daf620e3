"""The words by which a language says who is quoted."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotationWords:
    """The words of one language that attribute a quotation to its speaker."""

    speech_verbs: tuple[str, ...]
    """Verb forms that mark speech, as they stand beside a quotation ("said", "a déclaré")."""
    subject_pronouns: tuple[str, ...]
    """Pronouns that can be the subject of a speech verb."""
    attribution_phrases: tuple[str, ...]
    """Phrases after which the speaker is named ("according to")."""
    description_articles: tuple[str, ...]
    """Words that begin a description of the speaker ("the" in "the harbour master")."""
    clause_joiners: tuple[str, ...] = ()
    """Words that end a description: a new clause begins with them."""
    speech_negations: frozenset[str] = frozenset()
    """Words right before a speech verb which mean that nothing was said ("not", "to")."""
    elisions: tuple[str, ...] = ()
    """Words written with an opening apostrophe, which is no quotation mark ("tis", "cause")."""
