# cython: language_level=3, boundscheck=True, wraparound=False, cdivision=True
"""Compiled loops over postings, and over the chains of a hash table.

Every access is checked against the bounds of its array and raises `IndexError` beyond them.
"""

import numpy as np

from libc.math cimport log
from libc.stdint cimport int32_t, uint8_t, uint32_t

ctypedef uint32_t Hash
ctypedef uint8_t Flag


def sum_weights(list postings, double stories, double[::1] sums, double least):
    """Add up the rarity of each story's keys; return the stories and their sums.

    Stories with less than the share ``least`` of the best sum are left out. ``postings`` has
    for each key (how many stories it leads to, numbers of these stories); keys that lead to
    one story each may share an array. ``sums`` must be 0 and are 0 again afterwards.
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
        if sums[at] >= least * best:
            touched[kept], weight_of[kept] = <int32_t>at, sums[at]
            kept += 1
        sums[at] = 0
    return found[:kept], weights[:kept]


def remove_keys(Hash[::1] listed, const Hash[::1] keys):
    """Move one occurrence of each key to the end of a list; return the keys with no other one.

    Raises `KeyError` if a key is not in the list.
    """
    cdef Py_ssize_t end = listed.shape[0], at, i
    cdef list left = []
    for i in range(keys.shape[0]):
        at = place(listed, keys[i], end)
        if at == end:
            raise KeyError(keys[i])
        end -= 1
        listed[at], listed[end] = listed[end], listed[at]
        if place(listed, keys[i], end) == end:
            left.append(keys[i])
    return left


cdef inline Py_ssize_t place(Hash[::1] listed, Hash key, Py_ssize_t end):
    """Return the first place of a key before ``end``, or ``end`` if it is not there."""
    cdef Py_ssize_t at = 0
    while at < end and listed[at] != key:
        at += 1
    return at


def link(const Hash[::1] keys, Py_ssize_t start, Py_ssize_t end, int32_t[::1] heads, int32_t[::1] following,
         int bits):
    """Link the entries from ``start`` to before ``end`` into the chains of their buckets."""
    cdef Py_ssize_t i
    cdef Hash at
    for i in range(start, end):
        at = bucket(keys[i], bits)
        following[i] = heads[at]
        heads[at] = <int32_t>i


def unlink(const Hash[::1] keys, const Hash[::1] gone, int slot, int32_t[::1] slots, int32_t[::1] heads,
           int32_t[::1] following, int bits, int most):
    """Remove an article's entries from their chains; return how many were out of reach.

    An entry more than ``most`` links back is not removed.
    """
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


def find(const Hash[::1] sought, const Hash[::1] keys, const int32_t[::1] slots, const Flag[::1] alive,
         const int32_t[::1] heads, const int32_t[::1] following, int bits, int most, int latest):
    """Count for each living slot how many of the sought keys lead to it.

    At most ``most`` links of a chain are followed, and ``latest`` entries of a key found.
    """
    cdef Py_ssize_t i, at
    cdef int followed, count
    cdef dict found = {}
    for i in range(sought.shape[0]):
        at, followed, count = heads[bucket(sought[i], bits)], 0, 0
        while at >= 0 and followed < most and count < latest:
            # A removed entry has slot -1; it is in a chain again after all have been linked anew.
            if keys[at] == sought[i] and slots[at] >= 0 and alive[slots[at]]:
                found[slots[at]] = found.get(slots[at], 0) + 1
                count += 1
            at = following[at]
            followed += 1
    return found


cdef inline Hash bucket(Hash key, int bits) noexcept nogil:
    return (key * <Hash>0x9E3779B1) >> (32 - bits)
