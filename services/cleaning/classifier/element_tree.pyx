# cython: language_level=3, boundscheck=True, wraparound=False, cdivision=True
"""Loops over the elements of a page and the blocks that they contain, compiled with Cython.

Elements are numbered in the order in which they open, so that a parent has a lower number than its
children; the root is its own parent. Every array access is bounds-checked and raises `IndexError`
outside the array.
"""

import numpy as np

from libc.stdint cimport int64_t, uint64_t


def outermost_equivalent(const int64_t[::1] parent, const int64_t[::1] first, const int64_t[::1] last):
    """Return for each element its outermost ancestor that contains the same blocks."""
    cdef Py_ssize_t i, up
    found = np.empty(parent.shape[0], dtype=np.int64)
    cdef int64_t[::1] out = found
    for i in range(parent.shape[0]):
        up = parent[i]
        out[i] = out[up] if up < i and first[i] == first[up] and last[i] == last[up] else i
    return found


def sibling_classes(const int64_t[::1] parent, const int64_t[::1] tag, int64_t tags,
                    const int64_t[::1] groups, int64_t all_groups):
    """Number the elements by parent, tag (below ``tags``) and groups (below ``all_groups``)."""
    cdef Py_ssize_t i
    keys = np.empty(parent.shape[0], dtype=np.int64)
    cdef int64_t[::1] key = keys
    for i in range(parent.shape[0]):
        key[i] = (parent[i] * tags + tag[i]) * all_groups + groups[i]
    return number_keys(key)


def template_classes(const int64_t[::1] owner, const int64_t[::1] parent,
                     const int64_t[::1] signature, int64_t signatures):
    """Number the blocks by the signatures (below ``signatures``) of their element and its parent."""
    cdef Py_ssize_t i
    keys = np.empty(owner.shape[0], dtype=np.int64)
    cdef int64_t[::1] key = keys
    for i in range(owner.shape[0]):
        key[i] = signature[owner[i]] * signatures + signature[parent[owner[i]]]
    return number_keys(key)


cpdef number_keys(const int64_t[::1] keys):
    """Number the distinct keys in the order of their first occurrence; return the number of each."""
    cdef Py_ssize_t n = keys.shape[0], size = 8, i, at
    cdef int64_t count = 0
    while size < 2 * n:
        size *= 2
    found, table = np.empty(n, dtype=np.int64), np.full(size, -1, dtype=np.int64)
    cdef int64_t[::1] out = found, first_of_slot = table
    for i in range(n):
        at = ((<uint64_t>keys[i] * <uint64_t>0x9E3779B97F4A7C15) >> 20) & <uint64_t>(size - 1)
        while first_of_slot[at] >= 0 and keys[first_of_slot[at]] != keys[i]:
            at = (at + 1) & (size - 1)
        if first_of_slot[at] < 0:
            first_of_slot[at] = i
            out[i] = count
            count += 1
        else:
            out[i] = out[first_of_slot[at]]
    return found


def sums_of_elements(const double[:, ::1] totals, const int64_t[::1] first, const int64_t[::1] last):
    """Return the sums over the blocks of each element, one row for each row of cumulative sums."""
    cdef Py_ssize_t row, i
    sums = np.empty((totals.shape[0], first.shape[0]), dtype=np.float64)
    cdef double[:, ::1] out = sums
    for row in range(totals.shape[0]):
        for i in range(first.shape[0]):
            out[row, i] = totals[row, last[i]] - totals[row, first[i]]
    return sums


def name_scores(const float[::1] own, const int64_t[::1] parent, float decay):
    """Return the lowest score among each element and its ancestors, and a sum that decays outwards.

    The score of the root counts 0. ``decay`` is the weight of a parent relative to its child. The
    sums are built over 1, 2, 4… ancestors, which takes few steps for deep pages.
    """
    cdef Py_ssize_t n = own.shape[0], i
    cdef bint is_done = n == 0
    scores, sums, lowest = np.array(own), np.empty(n, dtype=np.float32), np.array(own)
    ancestors, further = np.array(parent), np.empty(n, dtype=np.int64)
    cdef float[::1] total = scores, next_total = sums, low = lowest
    cdef int64_t[::1] ancestor = ancestors, next_ancestor = further
    if n:
        total[0] = low[0] = 0
    for i in range(1, n):
        low[i] = min(low[i], low[parent[i]])
    while not is_done:
        is_done = True
        for i in range(n):
            next_total[i] = total[i] + decay * total[ancestor[i]]
            next_ancestor[i] = ancestor[ancestor[i]]
            is_done &= ancestor[i] == 0
        total, next_total = next_total, total
        ancestor, next_ancestor = next_ancestor, ancestor
        decay = decay * decay
    return lowest, np.asarray(total)


def main_container(const int64_t[::1] first, const int64_t[::1] last, const double[::1] good_text,
                   double least):
    """Return the last of the smallest elements that hold good text of at least some weight."""
    cdef Py_ssize_t i, best = 0
    cdef bint is_found = False
    for i in range(first.shape[0]):
        if good_text[i] >= least and (not is_found or last[i] - first[i] <= last[best] - first[best]):
            best, is_found = i, True
    return best


def top_candidate(const int64_t[::1] holder, const float[::1] weights, const int64_t[::1] parent):
    """Return the element with the highest score, and the weight of the blocks that it holds.

    The score of an element is the weight of its blocks and half of that of its children's.
    """
    cdef Py_ssize_t n = parent.shape[0], i, best = 0
    cdef double[::1] held = np.zeros(n), below = np.zeros(n)
    for i in range(holder.shape[0]):
        held[holder[i]] += weights[i]
        below[parent[holder[i]]] += weights[i]
    for i in range(n):
        if held[i] + 0.5 * below[i] > held[best] + 0.5 * below[best]:
            best = i
    return best, held[best]


def common_depth(Py_ssize_t element, const int64_t[::1] parent, const int64_t[::1] depth,
                 const int64_t[::1] first, const int64_t[::1] last, Py_ssize_t blocks):
    """Return for each block the depth of its lowest common ancestor with an element; 0 for none."""
    cdef Py_ssize_t start = first[element], end = first[element], i
    found = np.zeros(blocks, dtype=np.int64)
    cdef int64_t[::1] out = found
    while True:  # outwards: each ancestor adds blocks on both sides
        for i in range(first[element], start):
            out[i] = depth[element]
        for i in range(end, last[element]):
            out[i] = depth[element]
        start, end = min(start, first[element]), max(end, last[element])
        if element == parent[element]:
            return found
        element = parent[element]
