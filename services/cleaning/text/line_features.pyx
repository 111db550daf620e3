# cython: language_level=3, boundscheck=True, wraparound=False, cdivision=True
"""Loops over the characters and words of lines, compiled with Cython.

Every array access is bounds-checked and raises `IndexError` outside the array.
"""

import numpy as np

from cpython.bytes cimport PyBytes_AS_STRING, PyBytes_FromStringAndSize
from cpython.unicode cimport PyUnicode_DATA, PyUnicode_KIND, PyUnicode_READ
from libc.stdint cimport int64_t, uint8_t

cdef enum:  # character classes, as in `line_style.py`
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
    """Return a text in lower case without punctuation and white space."""
    cdef Py_UCS4 letter
    cdef int code
    cdef bytes folded
    cdef char* out
    cdef Py_ssize_t size = 0
    if not text.isascii():
        return "".join([letter for letter in text.lower() if letter.isalnum()])
    folded = PyBytes_FromStringAndSize(NULL, len(text))
    out = PyBytes_AS_STRING(folded)
    for letter in text:
        code = <int>letter
        if c"A" <= code <= c"Z":
            code += 32
        if c"a" <= code <= c"z" or c"0" <= code <= c"9":
            out[size] = <char>code
            size += 1
    return folded[:size].decode("ascii")


def log_odds_sums(list words, dict odds):
    """Return the sum of the log-odds of each tuple of words; unknown words count 0."""
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
    """Return whether ``fold(text)`` equals ``key``, without building it."""
    cdef Py_UCS4 letter
    cdef Py_ssize_t at = 0
    for letter in text.lower():
        if letter.isalnum():
            if at == len(key) or key[at] != letter:
                return False
            at += 1
    return at == len(key)


def vocabulary_features(list texts, Py_ssize_t max_length, dict odds, frozenset title_words,
                        str title_key, Py_ssize_t title_from, Py_ssize_t title_to):
    """Return mean and lowest log-odds of the words of each text, and the share also in the title.

    Texts longer than ``max_length`` get zeros. The lowest is at most 0 unless all words are
    known. A text that is the title itself has a share of 2: its length lies from
    ``title_from`` to ``title_to`` and its fold is ``title_key``.
    """
    cdef Py_ssize_t row, known, shared
    cdef double total, low, odd
    cdef str text
    cdef list words
    rows = np.zeros((len(texts), 3), dtype=np.float32)
    cdef float[:, ::1] out = rows
    for row in range(len(texts)):
        text = texts[row]
        if len(text) > max_length:
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
            elif not title_words.isdisjoint(words):
                shared = len(title_words.intersection(words))
                out[row, 2] = shared / <double>len(words)
    return rows


def metadata_features(list texts, str ld_body, str summary, Py_ssize_t quoted_length):
    """Return how often each text occurs, and whether its beginning is in two metadata texts.

    ``ld_body`` is the body that JSON-LD states; without one the second column is -1. Of a text
    ``quoted_length`` characters are looked for, and texts of up to 3 (``ld_body``) and 20
    (``summary``) characters are not, because they would match by chance.
    """
    cdef Py_ssize_t row
    cdef str text
    cdef dict copies = {}
    for text in texts:
        copies[text] = copies.get(text, 0) + 1
    rows = np.zeros((len(texts), 3), dtype=np.float32)
    cdef float[:, ::1] out = rows
    for row in range(len(texts)):
        text = texts[row]
        out[row, 0] = copies[text]
        out[row, 1] = -1 if not ld_body else len(text) > 3 and text[:quoted_length] in ld_body
        out[row, 2] = len(text) > 20 and text[:quoted_length] in summary
    return rows


def shared_word_shares(list texts, list core, list others, Py_ssize_t min_length):
    """Return the share of the words of some texts that the core has too; -1 for all other texts.

    ``core`` and ``others`` are numbers of texts. Words of fewer than ``min_length`` characters do
    not count, a shared word counts once, and a text without longer words gets -1.
    """
    cdef Py_ssize_t row
    cdef set known = set()
    cdef list words
    shares = np.full(len(texts), -1, dtype=np.float32)
    cdef float[::1] out = shares
    if not others:
        return shares
    for row in core:
        known.update((<str>texts[row]).lower().split())
    for row in others:
        words = [
            word for word in (<str>texts[row]).lower().split() if len(<str>word) >= min_length
        ]
        if words:
            out[row] = len(known.intersection(words)) / <double>len(words)
    return shares


def style_features(list texts, const uint8_t[::1] kinds, dict later):
    """Return features of the form of each text, columns as in `line_style.STYLE_FEATURES`.

    ``kinds`` is the character class of each code point; its last entry is used for all code
    points beyond the table that are not in ``later``. For the end of a line up to three
    closing marks (quotes, brackets) are skipped.
    """
    cdef Py_ssize_t row, i, chars
    cdef int64_t[KINDS] count
    cdef int kind, before, first, last, initials, width
    cdef double words
    cdef str text
    cdef void* letters
    form = np.zeros((len(texts), 12), dtype=np.float32)
    cdef float[:, ::1] out = form
    for row in range(len(texts)):
        text = texts[row]
        chars, initials, before, first = len(text), 0, BREAK, BREAK
        for kind in range(KINDS):
            count[kind] = 0
        width, letters = PyUnicode_KIND(text), PyUnicode_DATA(text)
        for i in range(chars):
            kind = kind_of(PyUnicode_READ(width, letters, i), kinds, later)
            if not 0 <= kind < KINDS:
                raise IndexError(kind)
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
    """Return 3 for the end of a sentence, 2 for a colon, 0 for a letter or digit, else 1."""
    if kind == END:
        return 3
    if kind == COLON:
        return 2
    return 0 if UPPER <= kind <= DIGIT or kind == WIDE else 1


cdef inline int start_of(int kind):
    """Return 3 for a capital letter, 2 for a small letter, 1 for a digit, else 0."""
    return 4 - kind if UPPER <= kind <= DIGIT else 0
