# cython: language_level=3, boundscheck=True, wraparound=False, cdivision=True
"""Loops that sort the tags of a page into what is read, into blocks and into runs of text.

Compiled with Cython. Every array access is bounds-checked and raises `IndexError` outside the array.
"""

import numpy as np

from libc.stdint cimport int8_t, int64_t, uint8_t

cdef enum:  # the kinds of tags, as in `tags.py`
    BLOCK = 1
    LIST = 2
    LINK = 3
    BREAK = 4
    RULE = 6
    SKIP = 7
    MENU = 8
    ARTICLE = 9


def readable_tags(bytes data, const int64_t[::1] start, const int64_t[::1] end, const int8_t[::1] kind,
                  const int64_t[::1] direction, Py_ssize_t max_menus, Py_ssize_t running_text):
    """Return the tags outside of skipped elements and menus.

    The result is the page, in which the last byte of every `br` is a space for the line break, and
    the kind, direction, start and end of each tag, and start and end of the text after it. Of a menu or footer the closing tag is left, as a rule. One with a headline, an article or text of
    at least ``running_text`` bytes between two tags is not a menu: its markup fails to close it. At
    most ``max_menus`` are examined. A menu that is kept becomes a list, and an article a block.
    """
    cdef Py_ssize_t n = kind.shape[0], i, j, last, menus = 0, count = 0
    cdef int64_t depth = 0, close
    cdef bytes tag
    cdef bytearray spaced = None
    kinds, found = np.empty(n, dtype=np.int8), np.empty((5, n), dtype=np.int64)
    cdef int8_t[::1] out = kinds
    cdef int64_t[:, ::1] kept = found
    cdef uint8_t[::1] in_menu = np.zeros(n, dtype=np.uint8)
    for i in range(n):
        out[i] = LIST if kind[i] == MENU else BLOCK if kind[i] == ARTICLE else kind[i]
    for i in range(n):
        if kind[i] != MENU or direction[i] < 0:
            continue
        menus += 1
        if menus > max_menus:
            break
        tag = data[start[i] + 1:end[i]].partition(b" ")[0]
        close = data.find(b"</" + tag + b">", end[i])
        last = i + 1
        while last < n and start[last] < close and kind[last] < MENU and (
            start[last + 1] if last + 1 < n else end[last] + 1) - end[last] - 1 < running_text:
            last += 1
        if last > i + 1 and last < n and start[last] >= close:
            in_menu[i:last] = 1
            out[last] = RULE
    for i in range(n):
        depth += direction[i] * (kind[i] == SKIP)
        if depth > 0 or in_menu[i]:
            continue
        out[count] = out[i]
        kept[0, count], kept[1, count], kept[2, count] = direction[i], start[i], end[i]
        kept[3, count], kept[4, count] = end[i] + 1, start[i + 1] if i + 1 < n else end[i] + 1
        if out[i] == BREAK:
            spaced = bytearray(data) if spaced is None else spaced
            spaced[end[i]] = 32
            kept[3, count] = end[i]
        count += 1
    page = data if spaced is None else bytes(spaced)
    return (page, kinds[:count], *found[:, :count])


def read_head(bytes head, tuple name_attributes):
    """Return the tag, the names and whether the element is hidden, of the inside of an opening tag.

    The parser serializes attributes as ``name="value" name="value"``. The names are the values of
    the ``name_attributes``, such as `class=`, with a space between them.
    """
    cdef Py_ssize_t n = len(head), i = head.find(b" "), quote, end
    cdef bytes tag, name, value
    cdef bint hidden = False
    cdef list names = []
    if i < 0:
        return head, b"", False
    tag = head[:i]
    i += 1
    while True:
        quote = head.find(b'"', i)
        end = head.find(b'"', quote + 1) if quote >= 0 else -1
        if quote < 0:
            break
        name, value = head[i:quote].lstrip(), head[quote + 1:end if end >= 0 else n]
        i = end + 1
        if name in name_attributes:
            names.append(value)
        elif name == b"style=":
            hidden |= b"display:none" in value[:500].replace(b" ", b"").lower()
        elif name == b"hidden=":
            hidden = True
        elif name == b"aria-hidden=":
            hidden |= value == b"true"
        if end < 0:
            break
    return tag, b" ".join(names), hidden


def group_tags(const uint8_t[::1] data, const int8_t[::1] kind, const int64_t[::1] direction,
               const int64_t[::1] text_from, const int64_t[::1] text_to, Py_ssize_t max_break_distance):
    """Return the number of the block that each tag is in, and whether it is in a link.

    Block-level tags, rules and the second of two line breaks without text between them end a block.
    """
    cdef Py_ssize_t n = kind.shape[0], i, last_break = -1
    cdef int64_t number = 0, links = 0
    cdef bint has_text = True
    groups, linked = np.empty(n, dtype=np.int64), np.empty(n, dtype=np.uint8)
    cdef int64_t[::1] group = groups
    cdef uint8_t[::1] in_link = linked
    for i in range(n):
        if kind[i] == BREAK:
            number += not has_text and i - last_break < max_break_distance
            last_break, has_text = i, False
        elif kind[i] == BLOCK or kind[i] == LIST or kind[i] == RULE:
            number += 1
        has_text = has_text or not is_blank(data, text_from[i], text_to[i])
        links += direction[i] * (kind[i] == LINK)
        group[i], in_link[i] = number, links > 0
    return groups, linked


def block_runs(const int64_t[::1] full, const int64_t[::1] text_from, const int64_t[::1] text_to,
               const int64_t[::1] group, const uint8_t[::1] in_link, const int64_t[::1] innermost,
               const int64_t[::1] list_of, double all_link):
    """Return the blocks of the runs ``full``: a row for each property, and the shares of links.

    The properties are the first and last run, the innermost element, the number of the group, and
    the list that a block lies in of which more than ``all_link`` is link text (else 0).
    """
    cdef Py_ssize_t n = full.shape[0], i, at, count = 0
    cdef int64_t length, whole = 0, linked = 0
    properties, shares = np.empty((5, n), dtype=np.int64), np.empty(n)
    cdef int64_t[:, ::1] of = properties
    cdef double[::1] share = shares
    for i in range(n):
        at = full[i]
        if i == 0 or group[at] != of[3, count - 1]:
            whole = linked = 0
            of[0, count], of[2, count], of[3, count] = at, innermost[at], group[at]
            count += 1
        length = text_to[at] - text_from[at]
        whole += length
        linked += length * in_link[at]
        of[1, count - 1] = at
        share[count - 1] = linked / <double>whole
    for i in range(count):
        of[4, i] = list_of[of[2, i]] if share[i] > all_link else 0
    return properties[:, :count], shares[:count]


cdef bint is_blank(const uint8_t[::1] data, Py_ssize_t start, Py_ssize_t end):
    cdef Py_ssize_t i
    for i in range(start, end):
        if data[i] != 32 and not 9 <= data[i] <= 13:
            return False
    return True
