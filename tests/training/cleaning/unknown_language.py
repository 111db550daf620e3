"""Turn a text into one of a language that nobody speaks, by exchanging its letters.

The labelled pages are mostly English, and a model learns to rely on English words. In the changed
copies nothing is left of a line but its form, its place and the words it shares with other lines.
Used only for development.
"""

from __future__ import annotations

from random import Random

_VOWELS, _CONSONANTS = "aeiou", "bcdfghjklmnpqrstvwxyz"
_ACCENTED = "äöüéèóíãåø"


def exchange_letters(texts: list[str], key: str) -> list[str]:
    """Return the texts with vowels and consonants exchanged, in the same way for one `key`.

    Digits, marks, capitals and the lengths of words stay; now and then a vowel gets an accent.
    """
    rng = Random(f"language {key}")  # noqa: S311 - the same in every run
    vowels = rng.sample(_VOWELS, len(_VOWELS))
    if rng.random() < 0.5:
        vowels[rng.randrange(len(vowels))] = rng.choice(_ACCENTED)
    exchanged = "".join((*vowels, *rng.sample(_CONSONANTS, len(_CONSONANTS))))
    letters = _VOWELS + _CONSONANTS
    table = str.maketrans(letters + letters.upper(), exchanged + exchanged.upper())
    return [text.translate(table) for text in texts]
