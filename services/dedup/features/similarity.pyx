# cython: language_level=3, boundscheck=True, wraparound=False, cdivision=True
"""Compiled loops over words and their weights: rarity, similarity, words in common.

Every access is checked against the bounds of its array and raises `IndexError` beyond them.
"""

import numpy as np

from libc.math cimport log, sqrt
from libc.stdint cimport int32_t, uint8_t, uint32_t

ctypedef uint32_t Hash
ctypedef uint8_t Flag

cdef enum:  # fields, and columns of `compare`
    TERMS = 0
    TITLE = 1
    ENTITIES = 3
    INSIDE = 4
    HEADING = 5
    RAREST = 6
cdef float IN_TITLE = 1.6


def count(const Hash[::1] terms, int by, int32_t[::1] counts, const float[::1] prior, float[::1] logs):
    """Change the counts of terms by ``by``, and update the logarithms of the counts."""
    cdef Py_ssize_t i, at, mask = counts.shape[0] - 1
    for i in range(terms.shape[0]):
        at = terms[i] & mask
        counts[at] += by
        logs[at] = <float>log(prior[at] + counts[at])


def recompute_logs(const int32_t[::1] counts, const float[::1] prior, float[::1] logs):
    """Recompute the logarithms of all counts."""
    cdef Py_ssize_t at
    for at in range(counts.shape[0]):
        logs[at] = <float>log(prior[at] + counts[at])


def tfidf_weights(const Hash[::1] terms, const float[::1] factors, const Hash[::1] title,
              const float[::1] logs, float total):
    """Return the TF-IDF weight of each term, more for those of the title; both are sorted."""
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


def compare(one, many, const int32_t[:, :] lengths, const float[::1] logs, float total,
            float[:, ::1] table, double[:, ::1] found):
    """Compare one article with many: fill a row of ``found`` for each of them.

    ``one`` and ``many`` hold (words, factors of their weights or None) for terms, title, lead
    and entities; ``lengths`` has a row a field with the number of words of each article. The
    columns are the cosines of those fields, then `inside`, `heading` and `rarest`
    (`comparison.COLUMNS`). ``table`` must be 0 and is 0 again afterwards.
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


def count_common(const Hash[::1] mine, const Hash[::1] theirs, const int32_t[:] lengths, Flag[::1] table):
    """Count how many of ``mine`` are in each article's part of ``theirs``.

    ``table`` must be 0 and is 0 again afterwards.
    """
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
