# cython: language_level=3, boundscheck=True, wraparound=False, cdivision=True
"""Compiled loops over the characters and the words of a text.

Every access is checked against the bounds of its array and raises `IndexError` beyond them.
"""

import numpy as np

from cpython.unicode cimport Py_UNICODE_TOLOWER
from libc.stdint cimport int64_t, uint8_t, uint32_t, uint64_t

ctypedef uint32_t Hash
ctypedef uint8_t Flag

cdef uint64_t BASE = 0x9E3779B97F4A7C15
cdef uint64_t[5] POWERS = [
    0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0x27D4EB2F165667C5, 1
]
cdef enum:  # classes of characters (`character_classes`)
    WORD = 1
    DIGIT = 2
    CAPITAL = 4


def words(str text, const Flag[::1] kinds, const uint32_t[::1] folded, Py_ssize_t most):
    """Return the words: hash, whether each is capitalised, a number, short, and its offset.

    ``kinds`` and ``folded`` are tables of the common characters (`character_classes`). The hash
    is a polynomial in the letters (Karp and Rabin 1987), mixed. A final `s` that may mark the
    plural is left out.
    """
    cdef Py_ssize_t n = len(text), room = min(most, n // 2 + 1), i = 0, count = 0, start
    cdef uint64_t value, power, last, before
    cdef Py_UCS4 letter
    cdef Flag kind, first, seen
    hashes, starts = np.empty(room, dtype=np.uint32), np.empty(room, dtype=np.int64)
    flags = np.empty((3, room), dtype=np.bool_)
    cdef Hash[::1] hash_of = hashes
    cdef int64_t[::1] start_of = starts
    cdef Flag[:, ::1] flag = flags.view(np.uint8)
    while i < n and count < room:
        first = kind_of(text[i], kinds)
        if not first & WORD:
            i += 1
            continue
        start, value, power, before, last, seen, kind = i, 0, 1, 0, 0, 0, first
        while kind & WORD:
            letter = text[i]
            if i > start:
                value += last * power
                power *= BASE
            before = last
            last = folded[letter] if letter < folded.shape[0] else Py_UNICODE_TOLOWER(letter)
            seen |= kind
            i += 1
            kind = kind_of(text[i], kinds) if i < n else 0
        if not (last == c"s" and before != c"s" and i - start >= 4):
            value += last * power
        letter = text[start]
        hash_of[count], start_of[count] = mixed(value), start
        flag[0, count] = first & CAPITAL != 0
        flag[1, count] = seen & DIGIT != 0
        flag[2, count] = i - start < 3 and letter < 128 and last < 128 and not seen & DIGIT
        count += 1
    return hashes[:count], flags[0, :count], flags[1, :count], flags[2, :count], starts[:count]


cdef inline Flag kind_of(Py_UCS4 letter, const Flag[::1] kinds):
    if letter < kinds.shape[0]:
        return kinds[letter]
    return letter.isalnum() * WORD | letter.isdigit() * DIGIT | letter.isupper() * CAPITAL


cdef inline Hash mixed(uint64_t value) noexcept nogil:
    value ^= value >> 29
    return <Hash>((value * <uint64_t>0xFF51AFD7ED558CCD) >> 32)


def shingles(const Hash[::1] hashes, Py_ssize_t size):
    """Return the hash of every ``size`` consecutive words; of all words, if there are fewer."""
    cdef Py_ssize_t i, j
    cdef uint64_t value
    size = min(size, hashes.shape[0])
    made = np.empty(hashes.shape[0] - size + 1 if size else 0, dtype=np.uint32)
    cdef Hash[::1] out = made
    for i in range(out.shape[0]):
        value = 0
        for j in range(size):
            value += hashes[i + j] * POWERS[j]
        out[i] = mixed(value)
    return made


def marked_positions(str text, const Flag[::1] wanted):
    """Return the offsets of the characters that ``wanted``, a table by code point, marks."""
    cdef Py_ssize_t i
    cdef Py_UCS4 letter
    cdef list found = []
    for i in range(len(text)):
        letter = text[i]
        if letter < wanted.shape[0] and wanted[letter]:
            found.append(i)
    return found


def numbers(str text):
    """Return the runs of digits, with points and commas between two digits."""
    cdef list found = []
    cdef Py_ssize_t n = len(text), i = 0, start
    while i < n:
        if not text[i].isdecimal():
            i += 1
            continue
        start = i
        while i < n and (
            text[i].isdecimal()
            or (text[i] in ".," and i + 1 < n and text[i + 1].isdecimal())
        ):
            i += 1
        found.append(text[start:i])
    return found


def distinct(hashes):
    """Return the distinct values of an array, sorted."""
    found = hashes.copy()
    found.sort()
    cdef Hash[::1] value = found
    cdef Py_ssize_t i, count = 0
    for i in range(value.shape[0]):
        if not i or value[i] != value[count - 1]:
            value[count] = value[i]
            count += 1
    return found[:count]


def counted(hashes):
    """Return the distinct values of an array, sorted, and how often each occurs."""
    sorted_ = hashes.copy()
    sorted_.sort()
    cdef const Hash[::1] ranked = sorted_
    cdef Py_ssize_t i, count = 0
    values, counts = np.empty_like(sorted_), np.empty(len(sorted_), dtype=np.int64)
    cdef Hash[::1] value = values
    cdef int64_t[::1] times = counts
    for i in range(ranked.shape[0]):
        if i and ranked[i] == ranked[i - 1]:
            times[count - 1] += 1
        else:
            value[count], times[count] = ranked[i], 1
            count += 1
    return values[:count], counts[:count]


def shared(const Hash[::1] left, const Hash[::1] right):
    """Return how many values two sorted sets have in common."""
    cdef Py_ssize_t i = 0, j = 0, both = 0
    while i < left.shape[0] and j < right.shape[0]:
        both += left[i] == right[j]
        if left[i] <= right[j]:
            i += 1
        else:
            j += 1
    return both
