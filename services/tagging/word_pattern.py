"""Compile many words into one regular expression that is quick to search with."""

from __future__ import annotations

import re
from collections.abc import Iterable

NO_NAME_AFTER = (
    r"(?![\w’'-])(?! (?!(?:MP|MEP|MSP|QC|KC|OBE|MBE|CBE|PhD|MD|Jr|Sr|TD|MLA)\b)[^\W\d_a-z])"
)
"""What follows the last word of a name: no other name, but perhaps letters of an honour."""

_VOWEL_SIGNS = "\u0300-\u036f\u093a-\u094f"
"""Signs that belong to the word before them, although they count as no letters."""

_END = ""
"""Key of a trie's node at which a word ends."""

_Trie = dict[str, "_Trie"]


def words_pattern(words: Iterable[str], *, whole: bool = True, fold: bool = True) -> str:
    """Return a pattern that matches any of the words, the longest where several match.

    The pattern is a trie: a character is compared once for all words that share it, so that
    five hundred words cost little more than five. With `whole` a match begins and ends at the
    bounds of words; with `fold` the words are given in lower case, for a pattern that is
    compiled with `re.IGNORECASE`. Without any word the pattern matches nothing.
    """
    trie: _Trie = {}
    for word in words:
        node = trie
        for character in word.lower() if fold else word:
            node = node.setdefault(character, {})
        node[_END] = {}
    if not trie:
        return r"(?!)"
    inner = _alternatives(trie)
    return rf"(?<![\w{_VOWEL_SIGNS}])(?:{inner})(?![\w{_VOWEL_SIGNS}])" if whole else f"(?:{inner})"


def compile_words(words: Iterable[str], *, whole: bool = True) -> re.Pattern[str]:
    """Compile `words_pattern` without regard to case."""
    return re.compile(words_pattern(words, whole=whole), re.IGNORECASE)


def starts_word(text: str, start: int) -> bool:
    """Return whether nothing of a word, a handle or an address is before an offset.

    A pattern that begins with a letter, and is checked by this function, is searched much faster
    than one that begins with an assertion.
    """
    before = text[start - 1 : start]
    return not before.isalnum() and before not in ("-", "_", "@", "#", ".", "/", "&")


def _alternatives(trie: _Trie) -> str:
    """Return the pattern of a node's words; a word that goes on is preferred to its end."""
    branches = [
        re.escape(character) + _alternatives(node)
        for character, node in sorted(trie.items())
        if character != _END
    ]
    if not branches:
        return ""
    optional = "?" if _END in trie else ""
    if len(branches) == 1 and not optional:
        return branches[0]
    return f"(?:{'|'.join(branches)}){optional}"
