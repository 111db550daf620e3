# cython: language_level=3, boundscheck=True, wraparound=False, cdivision=True
"""Compiled loops over words and their weights: document frequencies and similarity of articles.

Array bounds are checked: an access beyond them raises `IndexError`.

The tables are indexed by the low bits of a hash, so their lengths are powers of two.
"""

import numpy as np

from libc.math cimport log, log1p, sqrt
from libc.stdint cimport int32_t, uint8_t, uint32_t

ctypedef uint32_t Hash
ctypedef uint8_t Flag

cdef enum:  # rows of the weighted fields, and columns of the output of `compare`
    TERMS = 0
    TITLE = 1
    ENTITIES = 3
    CONTAINMENT = 4
    HEADLINE = 5
    RAREST = 6
    SHARED_RARE = 7
cdef float TITLE_BOOST = 1.6  # how much more a word weighs that is also in the headline
cdef double MIN_TERM_WEIGHT = 40.0  # a shorter text counts as if its words weighed this much
cdef double MIN_HEADLINE_WEIGHT = 6.0  # as above, for a headline
cdef float RARE_IDF = 4.6  # rarity of a term that one article in a hundred has
cdef double RARITY_SCALE = 8.0  # brings a rarity (log of a ratio of articles) near 1


def update_counts(const Hash[::1] terms, int change, int32_t[::1] counts, const float[::1] prior,
                  float[::1] log_counts):
    """Add ``change`` to the count of each term, and update the logarithms of these counts."""
    cdef Py_ssize_t i, at, mask = counts.shape[0] - 1
    for i in range(terms.shape[0]):
        at = terms[i] & mask
        counts[at] += change
        log_counts[at] = <float>log(prior[at] + counts[at])


def recompute_log_counts(const int32_t[::1] counts, const float[::1] prior, float[::1] log_counts):
    """Compute the logarithms of all counts."""
    cdef Py_ssize_t at
    for at in range(counts.shape[0]):
        log_counts[at] = <float>log(prior[at] + counts[at])


def term_weights(const Hash[::1] terms, const float[::1] factors, const Hash[::1] title,
                 const float[::1] log_counts, float log_total):
    """Return the TF-IDF weight of each term; a term of the headline weighs `TITLE_BOOST` times more.

    ``terms`` and ``title`` are sorted. ``factors`` are the terms' weights by their number in the text.
    """
    cdef Py_ssize_t i, j = 0, mask = log_counts.shape[0] - 1
    weights = np.empty(terms.shape[0], dtype=np.float32)
    cdef float[::1] weight = weights
    for i in range(terms.shape[0]):
        weight[i] = (log_total - log_counts[terms[i] & mask]) * factors[i]
        while j < title.shape[0] and title[j] < terms[i]:
            j += 1
        if j < title.shape[0] and title[j] == terms[i]:
            weight[i] *= TITLE_BOOST
    return weights


def compare(one, many, const int32_t[:, :] lengths, const float[::1] log_counts, float log_total,
            float[:, ::1] table, double[:, ::1] output):
    """Compare one article with many and write a row of similarities for each into ``output``.

    ``one`` and ``many`` hold, for each of the fields terms, title, lead and entities, a pair: the
    hashes, and the factors of their weights or None. The factors of a title make what it shares weigh
    less, and not the title as a whole: the norms are those without factors. ``lengths[field, i]`` says how many hashes of
    ``many`` belong to article i. The first four columns of ``output`` are the fields' cosines;
    then come term containment, headline coverage, the rarest shared entity and the number of shared
    rare terms (`comparison.COLUMNS`). ``table`` is scratch space and must be 0; it is 0 again afterwards.
    """
    cdef Py_ssize_t mask = log_counts.shape[0] - 1, field, i, j, end, at
    cdef const Hash[::1] hashes
    cdef const float[::1] factor
    cdef double[4] norm, weight_sum
    cdef double dot, square, contained, headline, sum_
    cdef float weight, weight_in_one, rarest
    cdef int rare
    for field in range(4):
        hashes, factor = one[field]
        square = sum_ = 0
        for j in range(hashes.shape[0]):
            at = hashes[j] & mask
            weight = log_total - log_counts[at]
            if factor is not None and field != TITLE:
                weight *= factor[j]
            square += weight * weight
            sum_ += weight
            table[field, at] = weight * factor[j] if field == TITLE and factor is not None else weight
        norm[field], weight_sum[field] = sqrt(square), sum_
    for field in range(4):
        hashes, factor = many[field]
        j = 0
        for i in range(output.shape[0]):
            end = j + lengths[field, i]
            dot = square = contained = headline = sum_ = rarest = rare = 0
            while j < end:
                at = hashes[j] & mask
                weight = log_total - log_counts[at]
                if factor is not None and field != TITLE:
                    weight *= factor[j]
                square += weight * weight
                sum_ += weight
                if factor is not None and field == TITLE:
                    weight *= factor[j]
                weight_in_one = table[field, at]
                dot += weight_in_one * weight
                if field == TERMS:
                    contained += min(weight_in_one, weight)
                    rare += weight_in_one > 0 and log_total - log_counts[at] >= RARE_IDF
                    headline += table[TITLE, at]
                elif field == TITLE:
                    headline += weight * (table[TERMS, at] > 0)
                elif field == ENTITIES and weight_in_one:
                    rarest = max(rarest, log_total - log_counts[at])
                j += 1
            output[i, field] = dot / (sqrt(square) * norm[field] + 1e-9)
            if field == TERMS:
                output[i, SHARED_RARE] = log1p(rare)
                output[i, CONTAINMENT] = contained / max(MIN_TERM_WEIGHT, min(sum_, weight_sum[TERMS]))
                output[i, HEADLINE] = min(1.0, headline / max(MIN_HEADLINE_WEIGHT, weight_sum[TITLE]))
            elif field == TITLE:
                output[i, HEADLINE] = max(
                    output[i, HEADLINE], headline / max(MIN_HEADLINE_WEIGHT, sum_)
                )
            elif field == ENTITIES:
                output[i, RAREST] = rarest / RARITY_SCALE
    for field in range(4):
        hashes, factor = one[field]
        for j in range(hashes.shape[0]):
            table[field, hashes[j] & mask] = 0


def count_common(const Hash[::1] hashes, const Hash[::1] others, const int32_t[:] lengths, Flag[::1] table):
    """Return for each of several articles how many of its hashes are among ``hashes``.

    ``others`` holds the articles' hashes one after another, ``lengths[i]`` of them for article i.
    ``table`` is scratch space and must be 0; it is 0 again afterwards.
    """
    cdef Py_ssize_t mask = table.shape[0] - 1, i, j = 0, end
    counts = np.zeros(lengths.shape[0])
    cdef double[::1] count = counts
    for i in range(hashes.shape[0]):
        table[hashes[i] & mask] = 1
    for i in range(lengths.shape[0]):
        end = j + lengths[i]
        while j < end:
            count[i] += table[others[j] & mask]
            j += 1
    for i in range(hashes.shape[0]):
        table[hashes[i] & mask] = 0
    return counts
