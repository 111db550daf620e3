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
    PAIRED = 8
    MARK = 16
    SILENT = 32


def tokenize(str text, const Flag[::1] classes, const uint32_t[::1] lower_case, Py_ssize_t max_words):
    """Return six arrays with an item for each word: hash, capitalized, has a digit, short, pair, start.

    ``classes`` and ``lower_case`` are the tables of `character_classes`. A word's hash is a
    polynomial in its lower-case characters (Karp and Rabin 1987), mixed. A final `s` that may mark the
    plural is not hashed: words of four or more characters lose it unless they end in `ss`. Of a
    run of characters without spaces (`PAIRED`) each pair of neighbours is a word, and one alone is too.
    """
    cdef Py_ssize_t n = len(text), room = min(max_words, n), i = 0, count = 0, start
    cdef uint64_t value, power, last, before
    cdef Py_UCS4 character
    cdef Flag class_, first, seen
    hashes, starts = np.empty(room, dtype=np.uint32), np.empty(room, dtype=np.int64)
    flags = np.empty((4, room), dtype=np.bool_)
    cdef Hash[::1] hash_of = hashes
    cdef int64_t[::1] start_of = starts
    cdef Flag[:, ::1] flag = flags.view(np.uint8)
    while i < n and count < room:
        first = class_of(text[i], classes)
        if not first & WORD:
            if first & PAIRED:
                i = hash_pairs(text, i, classes, hash_of, start_of, flag, &count)
            else:
                i += 1
            continue
        start, value, power, before, last, seen, class_ = i, 0, 1, 0, 0, 0, first
        while class_ & (WORD | MARK):
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
            if not class_ & MARK or is_joiner(text[i]) and not takes_joiners(text[i - 1]):
                break
            if not class_ & SILENT:
                value += last * power
                power *= BASE
                before, last = last, text[i]
            i += 1
            class_ = class_of(text[i], classes) if i < n else 0
        if not (last == c"s" and before != c"s" and i - start >= 4):
            value += last * power
        character = text[start]
        hash_of[count], start_of[count] = mixed(value), start
        flag[0, count] = first & CAPITAL != 0
        flag[1, count] = seen & DIGIT != 0
        flag[2, count] = i - start < 3 and character < 128 and last < 128 and not seen & DIGIT
        flag[3, count] = 0
        count += 1
    return hashes[:count], *(row[:count] for row in flags), starts[:count]


cdef inline bint is_joiner(Py_UCS4 character):
    return character == 0x200C or character == 0x200D


cdef inline bint takes_joiners(Py_UCS4 character):
    """Return whether joiners are part of a word in the script of a character, as from Hebrew to Mongolian."""
    return 0x590 <= character < 0x1C80


cdef Py_ssize_t hash_pairs(str text, Py_ssize_t i, const Flag[::1] classes, Hash[::1] hash_of,
                           int64_t[::1] start_of, Flag[:, ::1] flag, Py_ssize_t* count):
    """Add the pairs of a run of characters at ``i``, as far as there is room; return where it ends.

    A character is taken with its marks. A pair has the hash of a word of both.
    """
    cdef Py_ssize_t n = len(text), start = i, following
    cdef uint64_t value, power, second, second_power
    cdef bint is_alone = True
    i = hash_character(text, i, classes, &value, &power)
    while count[0] < hash_of.shape[0]:
        following = i
        if i < n and class_of(text[i], classes) & PAIRED:
            i = hash_character(text, i, classes, &second, &second_power)
            value += second * power
        elif not is_alone:
            break
        hash_of[count[0]], start_of[count[0]] = mixed(value), start
        flag[0, count[0]] = flag[1, count[0]] = flag[2, count[0]] = 0
        flag[3, count[0]] = 1
        count[0] += 1
        if i == following:
            break
        value, power, start, is_alone = second, second_power, following, False
    return i


cdef inline Py_ssize_t hash_character(str text, Py_ssize_t i, const Flag[::1] classes, uint64_t* value,
                                      uint64_t* power):
    """Hash the character at ``i`` and the marks after it; return where they end."""
    cdef Py_UCS4 character = text[i]
    cdef Flag class_
    value[0], power[0] = <uint64_t>character, BASE
    i += 1
    while i < len(text):
        character = text[i]
        class_ = class_of(character, classes)
        if not class_ & MARK:
            break
        if not class_ & SILENT:
            value[0] += <uint64_t>character * power[0]
            power[0] *= BASE
        i += 1
    return i


cdef inline Flag class_of(Py_UCS4 character, const Flag[::1] classes):
    if character < classes.shape[0]:
        return classes[character]
    if 0x20000 <= character < 0x40000:  # the two planes of rarer Han characters
        return character.isalnum() * PAIRED
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


def shingles_of_pairs(const Hash[::1] hashes, const Flag[::1] is_pair, Py_ssize_t size):
    """Return a hash of every run of words that amounts to ``size`` words, as `shingles` does.

    A pair of characters (`PAIRED`) counts as half a word. A text with fewer words gives one hash of all.
    """
    cdef Py_ssize_t i, j, end = 0, missing = 2 * size, n = hashes.shape[0], count = 0
    cdef uint64_t value
    made = np.empty(n, dtype=np.uint32)
    cdef Hash[::1] out = made
    for i in range(n):
        while missing > 0 and end < n:
            missing -= 2 - is_pair[end]
            end += 1
        if missing > 0 and i:
            break
        value = 0
        for j in range(end - i):
            value += hashes[i + j] * (POWERS[j] if j < 5 else POWERS[j - 5] * BASE)
        out[i] = mixed(value)
        count += 1
        missing += 2 - is_pair[i]
    return made[:count]


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
