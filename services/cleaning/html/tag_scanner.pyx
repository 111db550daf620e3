# cython: language_level=3, boundscheck=True, wraparound=False, cdivision=True
"""Loops over the bytes and tags of a page, compiled with Cython.

Every array access is bounds-checked and raises `IndexError` outside the array.
"""

import numpy as np

from libc.stdint cimport int8_t, int64_t, uint8_t, uint64_t
from libc.string cimport memchr

cdef enum:  # the kinds of tags that `tags.py` defines and this module uses
    INLINE = 0
    BLOCK = 1
    LIST = 2


def count_formatting_tags(const uint8_t[::1] data, const uint64_t[::1] names):
    """Return the number of `<` in a raw page, and how many tags of these names open and close.

    ``names`` are tag names in lower case of at most seven letters, encoded as little-endian
    integers.
    """
    cdef Py_ssize_t n = data.shape[0], i = find_byte(data, c"<", 0), letters, code, marks = 0
    cdef Py_ssize_t[2] found = [0, 0]
    cdef bint closes
    cdef uint64_t name
    while i < n:
        marks += 1
        i += 1
        closes = i < n and data[i] == c"/"
        i += closes
        name = letters = 0
        while i < n and letters < 7 and c"a" <= data[i] | 32 <= c"z":
            name |= <uint64_t>(data[i] | 32) << (8 * letters)
            letters += 1
            i += 1
        if i < n and letters and (is_space(data[i]) or data[i] == c"/" or data[i] == c">"):
            for code in range(names.shape[0]):
                found[closes] += names[code] == name
        i = find_byte(data, c"<", i)
    return marks, found[0], found[1]


def remove_elements(bytes data, tuple names):
    """Return a page, as serialized by the parser, without comments and elements of these names."""
    cdef const uint8_t[::1] at = data
    cdef Py_ssize_t n = len(data), i = find_byte(at, c"<", 0), end, kept = 0
    cdef list parts = []
    cdef bytes name
    cdef bint closed = True
    while i + 2 < n:
        end = i + 1
        if at[i + 1] == c"!" and closed and data.startswith(b"!--", i + 1):
            end = end_of_next(data, b"-->", i + 4, end)
            # `<!--` inside an attribute name has no end: searching for one each time would be
            # quadratic.
            closed = end > i + 1
        for name in names:
            if name[0] == at[i + 1] and name[1] == at[i + 2] and data.startswith(name, i + 1):
                if data[i + 1 + len(name):i + 2 + len(name)] in (b" ", b">"):
                    end = end_of_next(data, b"</" + name + b">", i + 1, end)
        if end > i + 1:
            parts.append(data[kept:i])
            kept = end
        i = find_byte(at, c"<", end)
    parts.append(data[kept:])
    return b"".join(parts) if kept else data


cdef Py_ssize_t end_of_next(bytes data, bytes mark, Py_ssize_t start, Py_ssize_t otherwise):
    """Return the end of the next occurrence of ``mark``, or ``otherwise`` if there is none."""
    cdef Py_ssize_t at = data.find(mark, start)
    return at + len(mark) if at >= 0 else otherwise


def scan_tags(const uint8_t[::1] data, const uint64_t[::1] codes, const int8_t[::1] kinds, dict long_names,
              Py_ssize_t limit):
    """Return start, end, kind and direction of each tag, and whether all tags were read.

    The direction is 1 for an opening and -1 for a closing tag. At most ``limit`` tags are read.
    ``codes`` and ``kinds`` are a hash table of tag names of up to seven bytes, indexed by the
    name's integer modulo the size of the table; ``long_names`` holds the longer names. A tag
    extends from a `<` to the next `>`: the name of an attribute may contain a `<`.
    """
    cdef Py_ssize_t n = data.shape[0], i = 0, j, at, count = 0, size = codes.shape[0]
    cdef uint64_t name
    cdef Py_ssize_t letters
    limit = min(limit, n // 3)  # no tag is shorter; memory that is not written is not allocated
    starts, ends = np.empty(limit, dtype=np.int64), np.empty(limit, dtype=np.int64)
    directions, found = np.empty(limit, dtype=np.int64), np.empty(limit, dtype=np.int8)
    cdef int64_t[::1] start = starts, end = ends, direction = directions
    cdef int8_t[::1] kind = found
    while count < limit:
        i = find_byte(data, c"<", i)
        j = find_byte(data, c">", i)
        if j == n:
            break
        start[count], end[count] = i, j
        direction[count] = -1 if data[i + 1] == c"/" else 1
        at = i + 1 + (direction[count] < 0)
        name = 0
        letters = 0
        while data[at + letters] != c" " and data[at + letters] != c">":
            if letters < 8:
                name |= <uint64_t>data[at + letters] << (8 * letters)
            letters += 1
        if letters > 7:
            kind[count] = long_names.get(bytes(data[at:at + letters]), INLINE)
        else:
            kind[count] = kinds[name % size] if codes[name % size] == name else INLINE
        count += 1
        i = j + 1
    return starts[:count], ends[:count], found[:count], directions[:count], find_byte(data, c"<", i) == n


def pair_elements(const int8_t[::1] kind, const int64_t[::1] direction):
    """Return the block-level elements, and the innermost one that is open after each tag.

    The result is a tuple of arrays. Five have an entry for each element: its opening tag, its
    closing tag, its parent (the root is its own parent), its depth, and the list that it lies
    in or is (0 for none). The sixth has the innermost open element for each tag. Tags are
    paired by nesting level alone: the page is well-formed except for its end, where elements
    left open are closed by the last block-level tag. Tags after the root are ignored.
    """
    cdef Py_ssize_t n = kind.shape[0], i, top = -1, count = 0, last = 0
    out = np.zeros((5, n), dtype=np.int64)
    cdef int64_t[:, ::1] of = out
    opens = np.zeros(n, dtype=np.int64)
    cdef int64_t[::1] innermost = opens
    for i in range(n):
        if kind[i] == BLOCK or kind[i] == LIST:
            last = i
            if direction[i] > 0:
                of[0, count], of[1, count] = i, -1
                of[2, count] = max(top, 0)
                of[3, count] = of[3, top] + 1 if top >= 0 else 1
                of[4, count] = count if kind[i] == LIST else of[4, max(top, 0)]
                top = count
                count += 1
            else:
                if top >= 0:
                    of[1, top] = i
                if top <= 0:
                    break
                top = of[2, top]
        innermost[i] = max(top, 0)
    for i in range(count):
        if of[1, i] < 0:
            of[1, i] = last
    return (*out[:, :count], opens)


def add_bits_of_ancestors(const int64_t[::1] own, const int64_t[::1] parent):
    """Return the bits of each element and of all its ancestors, which come before it."""
    cdef Py_ssize_t i
    bits = np.array(own)
    cdef int64_t[::1] out = bits
    for i in range(1, out.shape[0]):
        out[i] |= out[parent[i]]
    return bits


def non_blank_runs(const uint8_t[::1] data, const int64_t[::1] text_from, const int64_t[::1] text_to):
    """Return the indexes of the text runs that contain more than white space."""
    cdef Py_ssize_t i, j, count = 0
    full = np.empty(text_from.shape[0], dtype=np.int64)
    cdef int64_t[::1] out = full
    for i in range(text_from.shape[0]):
        for j in range(text_from[i], text_to[i]):
            if not is_space(data[j]):
                out[count] = i
                count += 1
                break
    return full[:count]


def block_texts(const uint8_t[::1] data, const int64_t[::1] text_from, const int64_t[::1] text_to,
          const int64_t[::1] first, const int64_t[::1] last, const int64_t[::1] link_list,
                Py_ssize_t max_link_length, Py_ssize_t limit):
    """Return the texts of the blocks that have text, and the index of each such block.

    A block consists of the runs ``first`` to ``last``. Consecutive blocks that contain nothing
    but a link of at most ``max_link_length`` characters and lie in the same list
    (``link_list``; 0 for other blocks) are joined into one block with one line each. Reading
    stops once there are more than ``limit`` texts.
    """
    cdef Py_ssize_t block, run, size, room = 1
    cdef int64_t previous = 0, links
    for block in range(first.shape[0]):
        size = 1
        for run in range(first[block], last[block] + 1):
            size += text_to[run] - text_from[run]
        room = max(room, size)
    cdef uint8_t[::1] folded = bytearray(room)
    cdef list found = [], numbers = []
    cdef str text
    for block in range(first.shape[0]):
        size = 0
        for run in range(first[block], last[block] + 1):
            size = append_text(data, text_from[run], text_to[run], folded, size)
        if size and folded[size - 1] == 32:
            size -= 1
        text = bytes(folded[:size]).decode("utf-8", "replace")
        if not text.isprintable():  # Unicode white space and invisible characters
            text = " ".join(text.split())
        if not text:
            continue
        links = link_list[block] if len(text) <= max_link_length else 0
        if links and links == previous:
            found[len(found) - 1] += "\n" + text
        else:
            found.append(text)
            numbers.append(block)
            if len(found) > limit:
                break
        previous = links
    return found, numbers


cdef Py_ssize_t append_text(const uint8_t[::1] data, Py_ssize_t i, Py_ssize_t end,
                            uint8_t[::1] out, Py_ssize_t length):
    """Append a run of text, decode entities, collapse white space; return the new length."""
    cdef uint8_t byte
    cdef Py_ssize_t size
    while i < end:
        byte = data[i]
        i += 1
        if byte == c"&":
            byte = decode_entity(data, i, end, &size)
            i += size
        if not is_space(byte):
            out[length] = byte
            length += 1
        elif length and out[length - 1] != 32:
            out[length] = 32
            length += 1
    return length


cdef uint8_t decode_entity(const uint8_t[::1] data, Py_ssize_t i, Py_ssize_t end, Py_ssize_t* size):
    """Return the character of the entity after an `&`, and set ``size`` to its length in bytes.

    Only the four entities that the parser writes are known; for others it returns the `&`.
    """
    size[0] = 0
    if end - i >= 3 and data[i + 1] == c"t" and data[i + 2] == c";":
        if data[i] == c"l" or data[i] == c"g":
            size[0] = 3
            return c"<" if data[i] == c"l" else c">"
    elif (
        end - i >= 4 and data[i] == c"a" and data[i + 1] == c"m" and data[i + 2] == c"p"
        and data[i + 3] == c";"
    ):
        size[0] = 4
    elif (
        end - i >= 5 and data[i] == c"n" and data[i + 1] == c"b" and data[i + 2] == c"s"
        and data[i + 3] == c"p" and data[i + 4] == c";"
    ):
        size[0] = 5
        return c" "
    return c"&"


def deduplicate_slices(bytes data, const int64_t[::1] start, const int64_t[::1] end):
    """Return the distinct slices of a page from ``start`` to ``end``, and the index of each."""
    cdef dict seen = {}
    cdef Py_ssize_t i
    numbers = np.empty(start.shape[0], dtype=np.int64)
    cdef int64_t[::1] number = numbers
    for i in range(start.shape[0]):
        number[i] = seen.setdefault(data[start[i]:end[i]], len(seen))
    return list(seen), numbers


cdef inline bint is_space(uint8_t byte) noexcept nogil:
    return byte == 32 or 9 <= byte <= 13 or 28 <= byte <= 31


cdef inline Py_ssize_t find_byte(const uint8_t[::1] data, uint8_t byte, Py_ssize_t start) noexcept:
    """Return the position of the next such byte, or the length of the data if there is none."""
    cdef Py_ssize_t n = data.shape[0]
    if start >= n:
        return n
    found = <const uint8_t*>memchr(&data[start], byte, n - start)
    return found - &data[0] if found else n
