# cython: language_level=3, boundscheck=True, wraparound=False, cdivision=True
"""Compiled loops over the postings of `story_index.StoryIndex`.

Array bounds are checked: an access beyond them raises `IndexError`.
"""

import numpy as np

from libc.math cimport log
from libc.stdint cimport int32_t, uint32_t

ctypedef uint32_t Hash


def sum_weights(list postings, double stories, double[::1] sums, double min_share):
    """Return the stories found in postings, and for each the sum of its keys' rarities.

    ``postings`` are pairs: how many stories a key leads to, and the numbers of these stories. Keys that
    lead to one story each may share one array. Stories whose sum is less than ``min_share`` of the
    highest sum are left out. ``sums`` is scratch space with an item for each story and must be 0; it
    is 0 again afterwards.
    """
    cdef Py_ssize_t room = sum([len(numbers) for _length, numbers in postings])
    found, weights = np.empty(room, dtype=np.int32), np.empty(room)
    cdef int32_t[::1] touched = found
    cdef double[::1] weight_of = weights
    cdef const int32_t[::1] posting
    cdef Py_ssize_t i, at, count = 0, kept = 0
    cdef double weight, best = 0
    for length, numbers in postings:
        posting = numbers
        weight = log((stories + 1) / <double>length)
        for i in range(posting.shape[0]):
            at = posting[i]
            if sums[at] == 0:
                touched[count] = <int32_t>at
                count += 1
            sums[at] += weight
            best = max(best, sums[at])
    for i in range(count):
        at = touched[i]
        if sums[at] >= min_share * best:
            touched[kept], weight_of[kept] = <int32_t>at, sums[at]
            kept += 1
        sums[at] = 0
    return found[:kept], weights[:kept]


def move_to_end(Hash[::1] listed, const Hash[::1] keys):
    """Move one occurrence of each key to the end of a list, so that the caller can cut them off.

    Returns the keys that do not occur in the remaining list. Raises `KeyError` if a key is not listed.
    """
    cdef Py_ssize_t end = listed.shape[0], at, i
    cdef list not_left = []
    for i in range(keys.shape[0]):
        at = index_of(listed, keys[i], end)
        if at == end:
            raise KeyError(keys[i])
        end -= 1
        listed[at], listed[end] = listed[end], listed[at]
        if index_of(listed, keys[i], end) == end:
            not_left.append(keys[i])
    return not_left


cdef inline Py_ssize_t index_of(Hash[::1] listed, Hash key, Py_ssize_t end):
    """Return the first index of a key before ``end``, or ``end`` if it is not there."""
    cdef Py_ssize_t at = 0
    while at < end and listed[at] != key:
        at += 1
    return at
