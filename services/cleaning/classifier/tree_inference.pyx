# cython: language_level=3, boundscheck=True, wraparound=False, cdivision=True
"""The compiled loops of gradient-boosted trees.

Every access is checked against the bounds of its array and raises `IndexError` beyond them,
except in the rows of a column, for which there is room by construction.
"""

import numpy as np

from libc.stdint cimport int64_t, uint16_t


def sum_of_leaves(const float[:, ::1] columns, const int64_t[::1] feature, const float[::1] threshold,
                  const uint16_t[::1] cleared, const float[:, ::1] leaf):
    """Add up the leaves that each row comes to, one of each tree.

    ``columns`` has a row for each feature. The trees' splits lie one after the other, of each
    tree as many: one whose value is above its threshold rules leaves out, and the lowest
    left is the tree's.
    """
    cdef Py_ssize_t n = columns.shape[1], trees = leaf.shape[0], tree, split, row
    cdef Py_ssize_t splits = feature.shape[0] // max(trees, 1)
    cdef const float* column
    cdef float above
    cdef uint16_t ruled
    sums, room = np.zeros(n, dtype=np.float32), np.empty(n, dtype=np.uint16)
    cdef float[::1] total = sums
    cdef uint16_t[::1] out = room
    if n == 0:
        return sums
    for tree in range(trees):
        out[:] = 0
        for split in range(tree * splits, (tree + 1) * splits):
            column, above, ruled = &columns[feature[split], 0], threshold[split], cleared[split]
            rule_out(column, above, ruled, &out[0], n)
        for row in range(n):
            total[row] += leaf[tree, lowest(out[row])]
    return sums


cdef inline void rule_out(const float* column, float above, uint16_t ruled, uint16_t* out,
                          Py_ssize_t n) noexcept nogil:
    # All of a column at once: the compiler makes it a few instructions for every eight rows.
    cdef Py_ssize_t row
    for row in range(n):
        out[row] |= ruled if column[row] > above else 0


cdef inline int lowest(uint16_t ruled) noexcept nogil:
    """The lowest of sixteen leaves that is not ruled out."""
    cdef int leaf = 0
    while ruled & 1:
        ruled >>= 1
        leaf += 1
    return leaf
