# cython: language_level=3, boundscheck=True, wraparound=False, cdivision=True
"""Compiled loops over the chains of `fingerprint_table.FingerprintTable`.

Array bounds are checked: an access beyond them raises `IndexError`.

Entry i has a key ``keys[i]`` and a slot ``slots[i]``. ``heads[bucket]`` is the first entry of a
bucket's chain and ``following[i]`` the entry after i; -1 ends a chain. There are 2 ** ``bits`` buckets.
"""

from libc.stdint cimport int32_t, uint8_t, uint32_t

ctypedef uint32_t Hash
ctypedef uint8_t Flag


def link(const Hash[::1] keys, Py_ssize_t start, Py_ssize_t end, int32_t[::1] heads, int32_t[::1] following,
         int bits):
    """Insert the entries from ``start`` up to ``end`` at the heads of their chains, in order."""
    cdef Py_ssize_t i
    cdef Hash at
    for i in range(start, end):
        at = bucket(keys[i], bits)
        following[i] = heads[at]
        heads[at] = <int32_t>i


def unlink(const Hash[::1] keys, const Hash[::1] removed, int slot, int32_t[::1] slots, int32_t[::1] heads,
           int32_t[::1] following, int bits, int max_steps):
    """Take a slot's entries under the ``removed`` keys out of their chains, and set their slots to -1.

    Returns how many entries were left in their chains because they lie ``max_steps`` or more down.
    """
    cdef Py_ssize_t i, before, at
    cdef int steps, left = 0
    for i in range(removed.shape[0]):
        before, at, steps = -1, heads[bucket(removed[i], bits)], 0
        while at >= 0 and steps < max_steps and not (keys[at] == removed[i] and slots[at] == slot):
            before, at = at, following[at]
            steps += 1
        if steps == max_steps:
            left += 1
        elif at >= 0:
            if before < 0:
                heads[bucket(removed[i], bits)] = following[at]
            else:
                following[before] = following[at]
            slots[at] = -1
    return left


def find(const Hash[::1] sought, const Hash[::1] keys, const int32_t[::1] slots, const Flag[::1] is_live,
         const int32_t[::1] heads, const int32_t[::1] following, int bits, int max_steps, int max_per_key):
    """Return a dictionary from live slots to the number of sought keys that lead to them.

    At most ``max_steps`` entries of a chain are visited, and at most ``max_per_key`` entries, the
    latest, are counted for a key.
    """
    cdef Py_ssize_t i, at
    cdef int steps, count
    cdef dict found = {}
    for i in range(sought.shape[0]):
        at, steps, count = heads[bucket(sought[i], bits)], 0, 0
        while at >= 0 and steps < max_steps and count < max_per_key:
            # An unlinked entry has slot -1; it is in a chain again once all chains are rebuilt.
            if keys[at] == sought[i] and slots[at] >= 0 and is_live[slots[at]]:
                found[slots[at]] = found.get(slots[at], 0) + 1
                count += 1
            at = following[at]
            steps += 1
    return found


cdef inline Hash bucket(Hash key, int bits) noexcept nogil:
    return (key * <Hash>0x9E3779B1) >> (32 - bits)
