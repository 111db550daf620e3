# cython: language_level=3, boundscheck=True, wraparound=False, cdivision=True
"""The inner loops of boosted trees, compiled with Cython.

Every array access is bounds-checked and raises `IndexError` outside the array, except the
access to the rows of a column, whose number is known.
"""

import numpy as np

from libc.stdint cimport int64_t, uint16_t


def sum_leaves(const float[:, ::1] columns, const int64_t[::1] feature, const float[::1] threshold,
               const uint16_t[::1] excluded_leaves, const float[:, ::1] leaf):
    """Return the sum of the leaf values of all trees for each row.

    ``columns`` has one row for each feature. The splits of the trees follow each other, the
    same number for each tree: a value above the threshold of a split excludes leaves, and the
    lowest leaf that is not excluded is the result of the tree.
    """
    cdef Py_ssize_t n = columns.shape[1], trees = leaf.shape[0], tree, split, row
    cdef Py_ssize_t splits = feature.shape[0] // max(trees, 1)
    cdef const float* column
    cdef float above
    cdef uint16_t excluded
    sums, room = np.zeros(n, dtype=np.float32), np.empty(n, dtype=np.uint16)
    cdef float[::1] total = sums
    cdef uint16_t[::1] out = room
    if n == 0:
        return sums
    for tree in range(trees):
        out[:] = 0
        for split in range(tree * splits, (tree + 1) * splits):
            column, above, excluded = &columns[feature[split], 0], threshold[split], excluded_leaves[split]
            exclude(column, above, excluded, &out[0], n)
        for row in range(n):
            total[row] += leaf[tree, lowest(out[row])]
    return sums


cdef inline void exclude(const float* column, float above, uint16_t excluded, uint16_t* out,
                          Py_ssize_t n) noexcept nogil:
    # One column at a time: the compiler vectorizes this to a few instructions for eight rows.
    cdef Py_ssize_t row
    for row in range(n):
        out[row] |= excluded if column[row] > above else 0


cdef inline int lowest(uint16_t excluded) noexcept nogil:
    """Return the lowest of sixteen leaves that is not excluded."""
    cdef int leaf = 0
    while excluded & 1:
        excluded >>= 1
        leaf += 1
    return leaf
