# cython: language_level=3, boundscheck=True, wraparound=False, cdivision=True
"""Compiled loops over the characters of a text and over its hashed words.

Array bounds are checked: an access beyond them raises `IndexError`.
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
cdef enum:  # bits of a character's class, as in `character_classes`
    WORD = 1
    DIGIT = 2
    CAPITAL = 4


def tokenize(str text, const Flag[::1] classes, const uint32_t[::1] lower_case, Py_ssize_t max_words):
    """Return five arrays with an item for each word: hash, capitalized, has a digit, short, start.

    ``classes`` and ``lower_case`` are the tables of `character_classes`. A word's hash is a
    polynomial in its lower-case characters (Karp and Rabin 1987), mixed. A final `s` that may mark the
    plural is not hashed: words of four or more characters lose it unless they end in `ss`.
    """
    cdef Py_ssize_t n = len(text), room = min(max_words, n // 2 + 1), i = 0, count = 0, start
    cdef uint64_t value, power, last, before
    cdef Py_UCS4 character
    cdef Flag class_, first, seen
    hashes, starts = np.empty(room, dtype=np.uint32), np.empty(room, dtype=np.int64)
    flags = np.empty((3, room), dtype=np.bool_)
    cdef Hash[::1] hash_of = hashes
    cdef int64_t[::1] start_of = starts
    cdef Flag[:, ::1] flag = flags.view(np.uint8)
    while i < n and count < room:
        first = class_of(text[i], classes)
        if not first & WORD:
            i += 1
            continue
        start, value, power, before, last, seen, class_ = i, 0, 1, 0, 0, 0, first
        while class_ & WORD:
            character = text[i]
            if i > start:
                value += last * power
                power *= BASE
            before = last
            if character < lower_case.shape[0]:
                last = lower_case[character]
            else:
                last = Py_UNICODE_TOLOWER(character)
            seen |= class_
            i += 1
            class_ = class_of(text[i], classes) if i < n else 0
        if not (last == c"s" and before != c"s" and i - start >= 4):
            value += last * power
        character = text[start]
        hash_of[count], start_of[count] = mixed(value), start
        flag[0, count] = first & CAPITAL != 0
        flag[1, count] = seen & DIGIT != 0
        flag[2, count] = i - start < 3 and character < 128 and last < 128 and not seen & DIGIT
        count += 1
    return hashes[:count], flags[0, :count], flags[1, :count], flags[2, :count], starts[:count]


cdef inline Flag class_of(Py_UCS4 character, const Flag[::1] classes):
    if character < classes.shape[0]:
        return classes[character]
    return character.isalnum() * WORD | character.isdigit() * DIGIT | character.isupper() * CAPITAL


cdef inline Hash mixed(uint64_t value) noexcept nogil:
    value ^= value >> 29
    return <Hash>((value * <uint64_t>0xFF51AFD7ED558CCD) >> 32)


def shingles(const Hash[::1] hashes, Py_ssize_t size):
    """Return a hash of every ``size`` consecutive words, or one of all words where they are fewer."""
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


def find_characters(str text, const Flag[::1] wanted):
    """Return the offsets of the characters whose code point is marked in ``wanted``."""
    cdef Py_ssize_t i
    cdef Py_UCS4 character
    cdef list found = []
    for i in range(len(text)):
        character = text[i]
        if character < wanted.shape[0] and wanted[character]:
            found.append(i)
    return found


def written_numbers(str text):
    """Return the numbers as written: runs of digits, with points and commas between two digits."""
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


def sorted_unique(hashes):
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


def unique_counts(hashes):
    """Return the distinct values of an array, sorted, and how often each of them occurs."""
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


def intersection_size(const Hash[::1] left, const Hash[::1] right):
    """Return how many values two arrays share; both are sorted and without duplicates."""
    cdef Py_ssize_t i = 0, j = 0, both = 0
    while i < left.shape[0] and j < right.shape[0]:
        both += left[i] == right[j]
        if left[i] <= right[j]:
            i += 1
        else:
            j += 1
    return both
