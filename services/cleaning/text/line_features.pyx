# cython: language_level=3, boundscheck=True, wraparound=False, cdivision=True
"""Compiled loops over the characters and words of lines.

Every access is checked against the bounds of its array and raises `IndexError` beyond them.
"""

import numpy as np

from libc.stdint cimport int64_t, uint8_t

cdef enum:  # kinds of letters, as in `words`
    UPPER = 1
    DIGIT = 3
    COMMA = 4
    SPACE = 5
    BREAK = 6
    END = 7
    CLOSER = 8
    COLON = 9
    BAR = 10
    WIDE = 11
    KINDS = 12


def fold(str text):
    """Return a text without case, punctuation and space."""
    cdef Py_UCS4 letter
    return "".join([letter for letter in text.lower() if letter.isalnum()])


def sums(list words, dict odds):
    """Return the sum of the log-odds of each tuple of words."""
    cdef double total
    cdef tuple some
    cdef Py_ssize_t i
    found = np.empty(len(words), dtype=np.float32)
    cdef float[::1] out = found
    for i in range(len(words)):
        some = words[i]
        total = 0
        for word in some:
            total += <double>odds.get(word, 0.0)
        out[i] = total
    return found


cpdef bint folds_to(str text, str key):
    """Return whether a text equals ``key`` without its case, punctuation and space."""
    cdef Py_UCS4 letter
    cdef Py_ssize_t at = 0
    for letter in text.lower():
        if letter.isalnum():
            if at == len(key) or key[at] != letter:
                return False
            at += 1
    return at == len(key)


def vocabulary(list texts, Py_ssize_t longest, dict odds, frozenset title_words, str title_key,
               Py_ssize_t title_from, Py_ssize_t title_to):
    """Mean and lowest log-odds of each short text's words, and its share of the headline's words.

    A lowest above 0 counts only where all words are known. Who is the headline itself (as
    ``title_key``, its fold, and of its length by and large) gets a share of 2.
    """
    cdef Py_ssize_t row, known, shared
    cdef double total, low, odd
    cdef str text
    cdef list words
    rows = np.zeros((len(texts), 3), dtype=np.float32)
    cdef float[:, ::1] out = rows
    for row in range(len(texts)):
        text = texts[row]
        if len(text) > longest:
            continue
        words = text.lower().split()
        total, low, known = 0, 0, 0
        for word in words:
            value = odds.get(word)
            if value is not None:
                odd = value
                total += odd
                low = min(low, odd) if known else odd
                known += 1
        if known:
            out[row, 0] = total / len(words)
            out[row, 1] = low if known == len(words) else min(low, 0.0)
        if title_key and words:
            if title_from <= len(text) <= title_to and folds_to(text, title_key):
                out[row, 2] = 2
            else:
                shared = len(title_words.intersection(words))
                out[row, 2] = shared / <double>len(words)
    return rows


def styles(list texts, const uint8_t[::1] kinds, dict later):
    """Return style features of each text, as `line_style.STYLE_FEATURES` names them.

    ``kinds`` is a table by code point, whose last entry stands for all beyond but those in
    ``later``. Closing marks (three at most) do not count as the end of a line.
    """
    cdef Py_ssize_t row, i, chars
    cdef int64_t[::1] count = np.zeros(KINDS, dtype=np.int64)
    cdef int kind, before, first, last, initials
    cdef double words
    cdef str text
    form = np.zeros((len(texts), 12), dtype=np.float32)
    cdef float[:, ::1] out = form
    for row in range(len(texts)):
        text = texts[row]
        chars, initials, before, first = len(text), 0, BREAK, BREAK
        count[:] = 0
        for i in range(chars):
            kind = kind_of(text[i], kinds, later)
            count[kind] += 1
            initials += kind == UPPER and (before == SPACE or before == BREAK)
            before = kind
        last = before
        for i in range(chars - 2, max(-1, chars - 5), -1):
            if last == CLOSER:
                last = kind_of(text[i], kinds, later)
        if chars:
            first = kind_of(text[0], kinds, later)
        words = count[SPACE] + 1
        out[row, 0], out[row, 1], out[row, 2] = chars, chars + 2 * count[WIDE], words
        out[row, 3], out[row, 4] = chars / words, count[COMMA] / words
        out[row, 5], out[row, 6] = end_of(last), start_of(first)
        out[row, 7], out[row, 8] = initials / words, count[DIGIT] / <double>max(chars, 1)
        out[row, 9], out[row, 10], out[row, 11] = first == CLOSER, count[BAR], count[COLON]
    return form


cdef inline int kind_of(Py_UCS4 letter, const uint8_t[::1] kinds, dict later):
    cdef Py_ssize_t beyond = kinds.shape[0] - 1
    return kinds[letter] if letter < beyond else later.get(<int>letter, kinds[beyond])


cdef inline int end_of(int kind):
    """Return how a line ends: 3 as a sentence, 2 with a colon, 0 in a letter or digit, 1 otherwise."""
    if kind == END:
        return 3
    if kind == COLON:
        return 2
    return 0 if UPPER <= kind <= DIGIT or kind == WIDE else 1


cdef inline int start_of(int kind):
    """Return how a line begins: 3 in a capital, 2 in lower case, 1 in a digit, 0 otherwise."""
    return 4 - kind if UPPER <= kind <= DIGIT else 0
