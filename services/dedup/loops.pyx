# cython: language_level=3, boundscheck=True, wraparound=False, cdivision=True
"""The loops of this stage, compiled: over letters, words, postings and links.

Arrays go in and come out; what they mean stands beside their callers. Every access
is checked against its array's bounds, and raises `IndexError` beyond them.
"""

import numpy as np

from cpython.unicode cimport Py_UNICODE_TOLOWER
from libc.math cimport log, sqrt
from libc.stdint cimport int32_t, int64_t, uint8_t, uint32_t, uint64_t

ctypedef uint32_t Hash
ctypedef uint8_t Flag

cdef uint64_t BASE = 0x9E3779B97F4A7C15
cdef uint64_t[5] POWERS = [
    0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0x27D4EB2F165667C5, 1
]
cdef enum:  # kinds of letters (`characters`)
    WORD = 1
    DIGIT = 2
    CAPITAL = 4
cdef enum:  # fields, and columns of `compare`
    TERMS = 0
    TITLE = 1
    ENTITIES = 3
    INSIDE = 4
    HEADING = 5
    RAREST = 6
cdef float IN_TITLE = 1.6


cdef inline Hash mixed(uint64_t value) noexcept nogil:
    value ^= value >> 29
    return <Hash>((value * <uint64_t>0xFF51AFD7ED558CCD) >> 32)


cdef inline Flag kind_of(Py_UCS4 letter, const Flag[::1] kinds):
    if letter < kinds.shape[0]:
        return kinds[letter]
    return letter.isalnum() * WORD | letter.isdigit() * DIGIT | letter.isupper() * CAPITAL


def words(str text, const Flag[::1] kinds, const uint32_t[::1] folded, Py_ssize_t most):
    """Hash of each word, whether it is capitalised, a number, short, and where it starts.

    ``kinds`` and ``folded`` are tables of the commoner letters (`characters`). A word's hash is
    a polynomial in its letters (Karp and Rabin 1987), mixed; an `s` that may stand for the
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
            before, last = last, folded[letter] if letter < folded.shape[0] else Py_UNICODE_TOLOWER(letter)
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


def places(str text, const Flag[::1] wanted):
    """Where the letters stand that a table by code point marks."""
    cdef Py_ssize_t i
    cdef Py_UCS4 letter
    cdef list found = []
    for i in range(len(text)):
        letter = text[i]
        if letter < wanted.shape[0] and wanted[letter]:
            found.append(i)
    return found


def shingles(const Hash[::1] hashes, Py_ssize_t size):
    """Hash of every ``size`` words in a row; of all there are, where they are fewer."""
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


def numbers(str text):
    """The runs of digits, with the points and commas between two of them."""
    cdef list found = []
    cdef Py_ssize_t n = len(text), i = 0, start
    while i < n:
        if not text[i].isdecimal():
            i += 1
            continue
        start = i
        while i < n and (text[i].isdecimal() or (text[i] in ".," and i + 1 < n and text[i + 1].isdecimal())):
            i += 1
        found.append(text[start:i])
    return found


def shared(const Hash[::1] left, const Hash[::1] right):
    """How many of two sorted sets are in both."""
    cdef Py_ssize_t i = 0, j = 0, both = 0
    while i < left.shape[0] and j < right.shape[0]:
        both += left[i] == right[j]
        if left[i] <= right[j]:
            i += 1
        else:
            j += 1
    return both


def counted(const Hash[::1] ranked):
    """The different values of a sorted array, and how often each comes."""
    cdef Py_ssize_t i, count = 0
    values, counts = np.empty(len(ranked), dtype=np.uint32), np.empty(len(ranked), dtype=np.int64)
    cdef Hash[::1] value = values
    cdef int64_t[::1] times = counts
    for i in range(ranked.shape[0]):
        if i and ranked[i] == ranked[i - 1]:
            times[count - 1] += 1
        else:
            value[count], times[count] = ranked[i], 1
            count += 1
    return values[:count], counts[:count]


def count(const Hash[::1] terms, int by, int32_t[::1] counts, const float[::1] prior, float[::1] logs):
    """Count articles by term, and keep the logarithms of the counts."""
    cdef Py_ssize_t i, at, mask = counts.shape[0] - 1
    for i in range(terms.shape[0]):
        at = terms[i] & mask
        counts[at] += by
        logs[at] = <float>log(prior[at] + counts[at])


def count_again(const int32_t[::1] counts, const float[::1] prior, float[::1] logs):
    """Take all logarithms anew."""
    cdef Py_ssize_t at
    for at in range(counts.shape[0]):
        logs[at] = <float>log(prior[at] + counts[at])


def heaviness(const Hash[::1] terms, const float[::1] factors, const Hash[::1] title,
              const float[::1] logs, float total):
    """Weight of each of the terms, more for those of the headline; both sorted."""
    cdef Py_ssize_t i, j = 0, mask = logs.shape[0] - 1
    weights = np.empty(terms.shape[0], dtype=np.float32)
    cdef float[::1] weight = weights
    for i in range(terms.shape[0]):
        weight[i] = (total - logs[terms[i] & mask]) * factors[i]
        while j < title.shape[0] and title[j] < terms[i]:
            j += 1
        if j < title.shape[0] and title[j] == terms[i]:
            weight[i] *= IN_TITLE
    return weights


def drop(Hash[::1] listed, const Hash[::1] keys):
    """Move one of each key to the end of what is listed; the keys that are left nowhere else."""
    cdef Py_ssize_t end = listed.shape[0], at, i
    cdef list left = []
    for i in range(keys.shape[0]):
        at = place(listed, keys[i], end)
        end -= 1
        listed[at], listed[end] = listed[end], listed[at]
        if place(listed, keys[i], end) == end:
            left.append(keys[i])
    return left


cdef inline Py_ssize_t place(Hash[::1] listed, Hash key, Py_ssize_t end):
    """Where a key is first among the first of what is listed; ``end`` where it is not."""
    cdef Py_ssize_t at = 0
    while at < end and listed[at] != key:
        at += 1
    return at


def tally(list postings, double stories, double[::1] sums, double least):
    """Add up each story's keys by rarity: (minus the sum, story), from a share of the best sum on.

    ``postings`` are keys' (how many stories it leads to, numbers of stories); those of keys
    that lead to one story each may lie in one array. ``sums`` are 0 before and after.
    """
    cdef list touched = [], found = []
    cdef const int32_t[::1] numbers
    cdef Py_ssize_t i, at
    cdef double weight, best = 0
    for length, posting in postings:
        numbers = posting
        weight = log((stories + 1) / <double>length)
        for i in range(numbers.shape[0]):
            at = numbers[i]
            if sums[at] == 0:
                touched.append(at)
            sums[at] += weight
            best = max(best, sums[at])
    for at in touched:
        weight, sums[at] = sums[at], 0
        if weight >= least * best:
            found.append((-weight, at))
    return found


def compare(one, many, const int32_t[:, :] lengths, const float[::1] logs, float total,
            float[:, ::1] table, double[:, ::1] found):
    """Fill ``found`` for each of many articles: a row of what its words have in common with one's.

    ``one`` and ``many`` hold (words, factors of their weights or None) of terms, title, lead
    and entities, each in an array; ``lengths`` how many are whose, a row a field. The columns
    are those fields' cosines, then `inside`, `heading` and `rarest` (`compare.COLUMNS`).
    ``table`` is 0 before and after.
    """
    cdef Py_ssize_t mask = logs.shape[0] - 1, field, i, j, end, at
    cdef const Hash[::1] word
    cdef const float[::1] factor
    cdef double[4] norm, whole
    cdef double dot, square, inside, heading, sum_
    cdef float weight, hit, rarest
    for field in range(4):
        word, factor = one[field]
        square = sum_ = 0
        for j in range(word.shape[0]):
            at = word[j] & mask
            weight = total - logs[at]
            if factor is not None:
                weight *= factor[j]
            table[field, at] = weight
            square += weight * weight
            sum_ += weight
        norm[field], whole[field] = sqrt(square), sum_
    for field in range(4):
        word, factor = many[field]
        j = 0
        for i in range(found.shape[0]):
            end = j + lengths[field, i]
            dot = square = inside = heading = sum_ = rarest = 0
            while j < end:
                at = word[j] & mask
                weight = total - logs[at]
                if factor is not None:
                    weight *= factor[j]
                hit = table[field, at]
                dot += hit * weight
                square += weight * weight
                sum_ += weight
                if field == TERMS:
                    inside += min(hit, weight)
                    heading += table[TITLE, at]
                elif field == TITLE:
                    heading += weight * (table[TERMS, at] > 0)
                elif field == ENTITIES and hit:
                    rarest = max(rarest, total - logs[at])
                j += 1
            found[i, field] = dot / (sqrt(square) * norm[field] + 1e-9)
            if field == TERMS:
                found[i, INSIDE] = inside / max(40.0, min(sum_, whole[TERMS]))
                found[i, HEADING] = min(1.0, heading / max(6.0, whole[TITLE]))
            elif field == TITLE:
                found[i, HEADING] = max(found[i, HEADING], heading / max(6.0, sum_))
            elif field == ENTITIES:
                found[i, RAREST] = rarest / 8
    for field in range(4):
        word, factor = one[field]
        for j in range(word.shape[0]):
            table[field, word[j] & mask] = 0


def common(const Hash[::1] mine, const Hash[::1] theirs, const int32_t[:] lengths, Flag[::1] table):
    """How many of ``mine`` stand in each one's part of ``theirs``; ``table`` is 0 before and after."""
    cdef Py_ssize_t mask = table.shape[0] - 1, i, j = 0, end
    counts = np.zeros(lengths.shape[0])
    cdef double[::1] out = counts
    for i in range(mine.shape[0]):
        table[mine[i] & mask] = 1
    for i in range(lengths.shape[0]):
        end = j + lengths[i]
        while j < end:
            out[i] += table[theirs[j] & mask]
            j += 1
    for i in range(mine.shape[0]):
        table[mine[i] & mask] = 0
    return counts


cdef inline Hash bucket(Hash key, int bits) noexcept nogil:
    return (key * <Hash>0x9E3779B1) >> (32 - bits)


def link(const Hash[::1] keys, Py_ssize_t start, Py_ssize_t end, int32_t[::1] heads, int32_t[::1] following,
         int bits):
    """Put the entries from ``start`` to before ``end`` into the chains of their buckets, in order."""
    cdef Py_ssize_t i
    cdef Hash at
    for i in range(start, end):
        at = bucket(keys[i], bits)
        following[i] = heads[at]
        heads[at] = <int32_t>i


def unlink(const Hash[::1] keys, const Hash[::1] gone, int slot, int32_t[::1] slots, int32_t[::1] heads,
           int32_t[::1] following, int bits, int most):
    """Take an article's entries out of their chains; how many lie more than ``most`` links back."""
    cdef Py_ssize_t i, before, at
    cdef int followed, left = 0
    for i in range(gone.shape[0]):
        before, at, followed = -1, heads[bucket(gone[i], bits)], 0
        while at >= 0 and followed < most and not (keys[at] == gone[i] and slots[at] == slot):
            before, at = at, following[at]
            followed += 1
        if followed == most:
            left += 1
        elif at >= 0:
            if before < 0:
                heads[bucket(gone[i], bits)] = following[at]
            else:
                following[before] = following[at]
            slots[at] = -1
    return left


def find(const Hash[::1] sought, const Hash[::1] keys, const int32_t[::1] slots, const Flag[::1] lives,
         const int32_t[::1] heads, const int32_t[::1] following, int bits, int most, int latest):
    """How many of the sought keys lead to each slot that lives.

    Of a chain at most ``most`` links are followed, and of a key the ``latest`` entries.
    """
    cdef Py_ssize_t i, at
    cdef int followed, count
    cdef dict found = {}
    for i in range(sought.shape[0]):
        at, followed, count = heads[bucket(sought[i], bits)], 0, 0
        while at >= 0 and followed < most and count < latest:
            # An entry that was taken out has slot -1, and is in no chain.
            if keys[at] == sought[i] and lives[slots[at]]:
                found[slots[at]] = found.get(slots[at], 0) + 1
                count += 1
            at = following[at]
            followed += 1
    return found
