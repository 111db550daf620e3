# cython: language_level=3, boundscheck=True, wraparound=False, cdivision=True
"""Compiled loops over the bytes and tags of a page.

Every access is checked against the bounds of its array and raises `IndexError` beyond them.
"""

import numpy as np

from libc.stdint cimport int8_t, int64_t, uint8_t, uint64_t
from libc.string cimport memchr

cdef enum:  # a few of what `markup` calls the meanings of tags
    INLINE = 0
    BLOCK = 1
    LIST = 2


def formatting(const uint8_t[::1] data, const uint64_t[::1] names):
    """Count the `<` of a page as it came, and the opening and closing tags of these names.

    ``names`` have at most seven letters and are given as numbers, in lower case.
    """
    cdef Py_ssize_t n = data.shape[0], i = place(data, c"<", 0), letters, code, marks = 0
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
        i = place(data, c"<", i)
    return marks, found[0], found[1]


def without(bytes data, tuple names):
    """Return a page, as the parser writes it, without comments and elements of these names."""
    cdef const uint8_t[::1] at = data
    cdef Py_ssize_t n = len(data), i = place(at, c"<", 0), end, kept = 0
    cdef list parts = []
    cdef bytes name
    cdef bint closed = True
    while i + 2 < n:
        end = i + 1
        if at[i + 1] == c"!" and closed and data.startswith(b"!--", i + 1):
            end = behind(data, b"-->", i + 4, end)
            # An attribute's name may look like it: to look on each time would be quadratic.
            closed = end > i + 1
        for name in names:
            if name[0] == at[i + 1] and name[1] == at[i + 2] and data.startswith(name, i + 1):
                if data[i + 1 + len(name):i + 2 + len(name)] in (b" ", b">"):
                    end = behind(data, b"</" + name + b">", i + 1, end)
        if end > i + 1:
            parts.append(data[kept:i])
            kept = end
        i = place(at, c"<", end)
    parts.append(data[kept:])
    return b"".join(parts) if kept else data


cdef Py_ssize_t behind(bytes data, bytes mark, Py_ssize_t start, Py_ssize_t otherwise):
    """Return where the next mark ends, or ``otherwise`` if there is none."""
    cdef Py_ssize_t at = data.find(mark, start)
    return at + len(mark) if at >= 0 else otherwise


def tags(const uint8_t[::1] data, const uint64_t[::1] codes, const int8_t[::1] kinds, dict longer,
         Py_ssize_t most):
    """Start, end and meaning of each tag, whether it opens (1) or closes (-1), and if all are read.

    No more than ``most`` are.
    ``codes`` and ``kinds`` are a table of names of up to seven bytes, by their number modulo
    its size; ``longer`` names stand in a dictionary. From the first `<` to the next `>` is a
    tag: the name of an attribute may hold a `<`.
    """
    cdef Py_ssize_t n = data.shape[0], i = 0, j, at, count = 0, size = codes.shape[0]
    cdef uint64_t name
    cdef Py_ssize_t letters
    most = min(most, n // 3)  # no tag is shorter; what is not filled takes no memory
    starts, ends = np.empty(most, dtype=np.int64), np.empty(most, dtype=np.int64)
    steps, found = np.empty(most, dtype=np.int64), np.empty(most, dtype=np.int8)
    cdef int64_t[::1] start = starts, end = ends, step = steps
    cdef int8_t[::1] kind = found
    while count < most:
        i = place(data, c"<", i)
        j = place(data, c">", i)
        if j == n:
            break
        start[count], end[count] = i, j
        step[count] = -1 if data[i + 1] == c"/" else 1
        at = i + 1 + (step[count] < 0)
        name = 0
        letters = 0
        while data[at + letters] != c" " and data[at + letters] != c">":
            if letters < 8:
                name |= <uint64_t>data[at + letters] << (8 * letters)
            letters += 1
        if letters > 7:
            kind[count] = longer.get(bytes(data[at:at + letters]), INLINE)
        else:
            kind[count] = kinds[name % size] if codes[name % size] == name else INLINE
        count += 1
        i = j + 1
    return starts[:count], ends[:count], found[:count], steps[:count], place(data, c"<", i) == n


def elements(const int8_t[::1] kind, const int64_t[::1] step):
    """Block-level elements, and which is open after each tag.

    For each element: the tags that open and close it, its parent (the root's is itself), its
    depth, and the list it lies in or is, 0 for none. Tags are paired by level alone: the page
    is well-formed but for its end, where what is open is closed by the last block-level tag.
    What follows the root is in no element.
    """
    cdef Py_ssize_t n = kind.shape[0], i, top = -1, count = 0, last = 0
    out = np.zeros((5, n), dtype=np.int64)
    cdef int64_t[:, ::1] of = out
    opens = np.zeros(n, dtype=np.int64)
    cdef int64_t[::1] innermost = opens
    for i in range(n):
        if kind[i] == BLOCK or kind[i] == LIST:
            last = i
            if step[i] > 0:
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


def says(const uint8_t[::1] data, const int64_t[::1] text_from, const int64_t[::1] text_to):
    """Return the numbers of the runs of text that hold more than white space."""
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


def texts(const uint8_t[::1] data, const int64_t[::1] text_from, const int64_t[::1] text_to,
          const int64_t[::1] first, const int64_t[::1] last, const int64_t[::1] links_of,
          Py_ssize_t longest_link, Py_ssize_t most):
    """Texts of blocks, and the number of the first run of each.

    A block is made of runs ``first`` to ``last``. Blocks that follow each other, hold nothing
    but a link and lie in one list (``links_of``; 0 for others) are one, a line each. Blocks
    without text are left out. No more are read once there are more than ``most``.
    """
    cdef Py_ssize_t block, run, size, room = 1
    cdef int64_t before = 0, links
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
            size = fold(data, text_from[run], text_to[run], folded, size)
        if size and folded[size - 1] == 32:
            size -= 1
        text = bytes(folded[:size]).decode("utf-8", "replace")
        if not text.isprintable():  # white space of other scripts, and what can't be seen
            text = " ".join(text.split())
        if not text:
            continue
        links = links_of[block] if len(text) <= longest_link else 0
        if links and links == before:
            found[len(found) - 1] += "\n" + text
        else:
            found.append(text)
            numbers.append(block)
            if len(found) > most:
                break
        before = links
    return found, numbers


cdef Py_ssize_t fold(const uint8_t[::1] data, Py_ssize_t i, Py_ssize_t end, uint8_t[::1] out,
                     Py_ssize_t length):
    """Add a run of text, its white space folded and its entities read; the length then."""
    cdef uint8_t byte
    cdef Py_ssize_t size
    while i < end:
        byte = data[i]
        i += 1
        if byte == c"&":
            byte = entity(data, i, end, &size)
            i += size
        if not is_space(byte):
            out[length] = byte
            length += 1
        elif length and out[length - 1] != 32:
            out[length] = 32
            length += 1
    return length


cdef uint8_t entity(const uint8_t[::1] data, Py_ssize_t i, Py_ssize_t end, Py_ssize_t* size):
    """What stands behind an `&`, and how many bytes it takes; the `&` itself for none of the four."""
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


def different(bytes data, const int64_t[::1] start, const int64_t[::1] end):
    """The different parts of a page from ``start`` to ``end``, and which of them each one is."""
    cdef dict seen = {}
    cdef Py_ssize_t i
    numbers = np.empty(start.shape[0], dtype=np.int64)
    cdef int64_t[::1] number = numbers
    for i in range(start.shape[0]):
        number[i] = seen.setdefault(data[start[i]:end[i]], len(seen))
    return list(seen), numbers


cdef inline bint is_space(uint8_t byte) noexcept nogil:
    return byte == 32 or 9 <= byte <= 13 or 28 <= byte <= 31


cdef inline Py_ssize_t place(const uint8_t[::1] data, uint8_t byte, Py_ssize_t start) noexcept:
    """Return where a byte occurs next, or the length of the data."""
    cdef Py_ssize_t n = data.shape[0]
    if start >= n:
        return n
    found = <const uint8_t*>memchr(&data[start], byte, n - start)
    return found - &data[0] if found else n
