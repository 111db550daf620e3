# cython: language_level=3, boundscheck=True, wraparound=False, cdivision=True
"""Columns of the tables of the features of blocks and lines, compiled with Cython.

Each function fills the rows of ``out``, one row for a feature and one column for a block or line. What it
computes has the precision that the models were trained with. Every array access is bounds-checked
and raises `IndexError` outside the array.
"""

import numpy as np

from libc.stdint cimport int64_t, uint8_t

cdef enum:
    MAX_DISTANCE = 99  # as in `windows.py`
    GOOD = 0  # the rows of `marks`
    PARAGRAPH = 1
    HEADING = 2


def row_properties(const float[:, ::1] form, const double[::1] link_share, const int64_t[::1] tag,
                   float good_from, float linked_below, tuple tag_codes):
    """Return weights and good weights, marks and cumulative sums of the blocks.

    ``marks`` has a row for good text (of the weight ``good_from`` and with a share of links of less
    than ``linked_below``), for paragraphs and for headings, whose tags are ``tag_codes`` (paragraph,
    first and last heading). The sums are those of weight, good weight, weight of links and number of
    paragraphs; the first entry of each row is 0.
    """
    cdef Py_ssize_t n = tag.shape[0], i
    cdef int64_t paragraph = tag_codes[0], first = tag_codes[1], last = tag_codes[2]
    weights, links = np.empty((2, n), dtype=np.float32), np.empty(n, dtype=np.float32)
    kinds, sums = np.empty((3, n), dtype=np.uint8), np.zeros((4, n + 1))
    cdef float[:, ::1] weight = weights
    cdef float[::1] link = links
    cdef uint8_t[:, ::1] mark = kinds
    cdef double[:, ::1] total = sums
    for i in range(n):
        link[i] = <float>link_share[i]
        weight[0, i] = form[i, 1]
        mark[GOOD, i] = form[i, 1] >= good_from and link[i] < linked_below
        mark[PARAGRAPH, i] = tag[i] == paragraph
        mark[HEADING, i] = first <= tag[i] <= last
        weight[1, i] = weight[0, i] if mark[GOOD, i] else 0
        total[0, i + 1] = total[0, i] + weight[0, i]
        total[1, i + 1] = total[1, i] + weight[1, i]
        total[2, i + 1] = total[2, i] + <float>(weight[0, i] * link[i])
        total[3, i + 1] = total[3, i] + mark[PARAGRAPH, i]
    return weights[0], weights[1], links, kinds, sums


def fill_names(float[:, ::1] out, const int64_t[::1] owner, const int64_t[::1] parent,
               const int64_t[::1] flags, const int64_t[::1] own_groups, const int64_t[::1] groups,
               tuple scores, int flag_count, int group_count):
    """Fill the flags, the groups of names near each block and around it, and scores of names.

    ``scores`` are the own, lowest and total scores of the elements.
    """
    cdef Py_ssize_t i, row, of, up, top = flag_count + 2 * group_count
    cdef int64_t near
    cdef const float[::1] own = scores[0], low = scores[1], total = scores[2]
    for i in range(owner.shape[0]):
        of = owner[i]
        up = parent[of]
        near = own_groups[of] | own_groups[up] | own_groups[parent[up]]
        for row in range(flag_count):
            out[row, i] = flags[of] >> row & 1
        for row in range(group_count):
            out[flag_count + row, i] = near >> row & 1
            out[flag_count + group_count + row, i] = groups[of] >> row & 1
        out[top, i] = own[of]
        out[top + 1, i] = own[of] + own[up] + own[parent[up]]
        out[top + 2, i], out[top + 3, i] = low[of], total[of]


def fill_containers(float[:, ::1] out, list levels, const double[:, ::1] held,
                    const int64_t[::1] first, const int64_t[::1] last, double total_good):
    """Fill six features of the element on each level around the blocks.

    ``held`` are the sums over each element, in the order of `row_properties`.
    """
    cdef Py_ssize_t i, of, row = 0
    cdef double whole, each, count
    cdef const int64_t[::1] elements
    for elements in levels:
        for i in range(elements.shape[0]):
            of = elements[i]
            count = last[of] - first[of]
            whole, each = max(held[0, of], 1.0), max(count, 1.0)
            out[row, i], out[row + 1, i] = held[1, of] / whole, held[1, of] / total_good
            out[row + 2, i], out[row + 3, i] = held[2, of] / whole, count
            out[row + 4, i], out[row + 5, i] = held[0, of] / each, held[3, of] / each
        row += 6


def fill_main(float[:, ::1] out, const int64_t[::1] owner, const int64_t[::1] depth, Py_ssize_t main,
              Py_ssize_t start, Py_ssize_t end, double share):
    """Fill the position relative to the main container, which has the blocks ``start`` to ``end``."""
    cdef Py_ssize_t i
    cdef bint inside
    for i in range(owner.shape[0]):
        inside = start <= i < end
        out[0, i], out[1, i], out[2, i] = inside, max(0, start - i), max(0, i - end + 1)
        out[3, i] = depth[owner[i]] - depth[main] if inside else -1
        out[4, i] = (i - start) / <double>max(1, end - start) if inside else -1
        out[5, i] = share


def fill_neighbours(float[:, ::1] out, const float[::1] weights, const float[::1] link_share,
                    const uint8_t[:, ::1] marks, const double[:, ::1] totals, const int64_t[::1] images):
    """Fill properties of two blocks on either side, windows, and distances to marked blocks."""
    cdef Py_ssize_t n = weights.shape[0], i, at, row = 0
    cdef int by
    cdef tuple steps = (-2, -1, 1, 2)
    for by in steps:
        for i in range(n):
            at = i + by
            if 0 <= at < n:
                out[row, i], out[row + 1, i] = weights[at], link_share[at]
                out[row + 2, i], out[row + 3, i] = marks[GOOD, at], marks[PARAGRAPH, at]
                out[row + 4, i] = marks[HEADING, at]
            else:
                out[row, i] = out[row + 1, i] = out[row + 2, i] = out[row + 3, i] = out[row + 4, i] = 0
        row += 5
    fill_window(out[row], totals[0], totals[1], 3)
    fill_window(out[row + 1], totals[0], totals[1], 8)
    fill_since(out[row + 2], marks[GOOD])
    fill_until(out[row + 3], marks[GOOD])
    fill_since(out[row + 4], marks[HEADING])
    for i in range(n):
        out[row + 5, i] = min(9, images[i] - (images[i - 1] if i else 0))


cdef void fill_window(float[::1] out, const double[::1] whole, const double[::1] part, Py_ssize_t reach):
    """Fill the share of a part in the whole, at least 1, of the blocks within reach."""
    cdef Py_ssize_t n = out.shape[0], i, low, high
    for i in range(n):
        low, high = max(0, i - reach), min(n, i + reach + 1)
        out[i] = (part[high] - part[low]) / max(whole[high] - whole[low], 1.0)


cdef void fill_since(float[::1] out, const uint8_t[::1] marked):
    """Fill the distance to the last marked block."""
    cdef Py_ssize_t i, since = MAX_DISTANCE
    for i in range(out.shape[0]):
        since = 0 if marked[i] else min(since + 1, MAX_DISTANCE)
        out[i] = since


cdef void fill_until(float[::1] out, const uint8_t[::1] marked):
    """Fill the distance to the next marked block."""
    cdef Py_ssize_t i, until = MAX_DISTANCE
    for i in range(out.shape[0] - 1, -1, -1):
        until = 0 if marked[i] else min(until + 1, MAX_DISTANCE)
        out[i] = until


def fill_templates(float[:, ::1] out, const int64_t[::1] template, const float[::1] weights,
                   const float[::1] good_weights, const float[::1] link_share):
    """Fill the number of blocks of each block's template, their mean weight, link and good share."""
    cdef Py_ssize_t n = template.shape[0], i, of
    cdef double[:, ::1] sums = np.zeros((4, n))
    for i in range(n):
        of = template[i]
        sums[0, of] += 1
        sums[1, of] += weights[i]
        sums[2, of] += <float>(weights[i] * link_share[i])
        sums[3, of] += good_weights[i]
    for i in range(n):
        of = template[i]
        out[0, i], out[1, i] = sums[0, of], sums[1, of] / sums[0, of]
        out[2, i], out[3, i] = sums[2, of] / sums[1, of], sums[3, of] / sums[1, of]


def fill_page(float[:, ::1] out, const int64_t[::1] tag, const float[::1] weights, float total_weight,
              double total_good, bint has_body, int64_t h1):
    """Fill the position of each block in the page, also relative to the first `h1`."""
    cdef Py_ssize_t n = tag.shape[0], i, heading = 0
    cdef float before = 0
    for i in range(n):
        if tag[i] == h1:
            heading = i
            break
    for i in range(n):
        before += weights[i]
        out[0, i], out[1, i] = i / <double>n, before / total_weight
        out[2, i] = min(max(i - heading, -50), 200)
        out[3, i], out[4, i], out[5, i] = total_good, n, has_body


def fill_candidate(float[:, ::1] out, Py_ssize_t element, const int64_t[::1] holder,
                   const int64_t[::1] common, const int64_t[::1] owner, const int64_t[::1] depth,
                   Py_ssize_t start, Py_ssize_t end):
    """Fill four features of each block's position relative to the top candidate.

    Whether the block is one of ``start`` to ``end``, which the candidate contains; whether it is an
    own paragraph; the steps up to the lowest common ancestor from the candidate; and from the block.
    """
    cdef Py_ssize_t i
    for i in range(owner.shape[0]):
        out[0, i], out[1, i] = start <= i < end, holder[i] == element
        out[2, i], out[3, i] = depth[element] - common[i], depth[owner[i]] - common[i]


def fill_dates(float[:, ::1] out, const float[:, ::1] form, const uint8_t[:, ::1] marks,
               const int64_t[::1] tag, const float[::1] link_share, int digits, float max_weight,
               float all_link, int64_t h1):
    """Fill which lines may be dates, their share around each block, and what comes before it.

    A short line with a digit (column ``digits`` of ``form``) may be a date.
    """
    cdef Py_ssize_t n = tag.shape[0], i
    cdef double[:, ::1] totals = np.zeros((2, n + 1))
    cdef Py_ssize_t headings = 0, linked = 0
    cdef bint is_date
    for i in range(n):
        is_date = form[i, 1] < max_weight and form[i, digits] > 0
        totals[0, i + 1], totals[1, i + 1] = i + 1, totals[1, i] + is_date
        headings += tag[i] == h1
        linked += marks[HEADING, i] and link_share[i] > all_link
        out[0, i], out[3, i], out[4, i], out[5, i] = is_date, totals[1, i + 1], headings, linked
    fill_window(out[1], totals[0], totals[1], 3)
    fill_window(out[2], totals[0], totals[1], 8)


def fill_siblings(float[:, ::1] out, const int64_t[::1] classes, const double[:, ::1] held,
                  const int64_t[::1] first, const int64_t[::1] last, list class_of_block):
    """Fill the size, mean weight and share of links of the class of each block's elements.

    ``classes`` are those of all elements; elements without blocks do not count.
    """
    cdef Py_ssize_t n = classes.shape[0], i, of, row = 0
    cdef double[:, ::1] sums = np.zeros((3, n))
    cdef const int64_t[::1] own
    for i in range(n):
        if last[i] > first[i]:
            of = classes[i]
            sums[0, of] += 1
            sums[1, of] += held[0, i]
            sums[2, of] += held[2, i]
    for own in class_of_block:
        for i in range(own.shape[0]):
            of = own[i]
            out[row, i], out[row + 1, i] = sums[0, of], sums[1, of] / max(sums[0, of], 1.0)
            out[row + 2, i] = sums[2, of] / max(sums[1, of], 1.0)
        row += 3


def fill_second_pass(float[:, ::1] out, const float[::1] p, const float[::1] mass,
                     const float[::1] weights, double total, list levels, const int64_t[::1] first,
                     const int64_t[::1] last):
    """Fill the probabilities of the first pass, of the blocks around and of the containers.

    ``mass`` is probability times weight, and ``total`` its sum. The rows are the probability, those
    of four neighbours, two windows, the shares before and after, and two for each level.
    """
    cdef Py_ssize_t n = p.shape[0], count = len(levels), i, at, of, row = 1
    cdef int by
    cdef tuple steps = (-2, -1, 1, 2)
    cdef double whole, kept
    cdef double[:, ::1] totals = np.zeros((2, n + 1))
    cdef const int64_t[::1] elements
    for i in range(n):
        totals[0, i + 1] = totals[0, i] + weights[i]
        totals[1, i + 1] = totals[1, i] + mass[i]
        out[0, i] = p[i]
        out[7, i] = totals[1, i] / total
        out[8, i] = 1 - totals[1, i] / total - <double>(mass[i] / <float>total)
    for by in steps:
        for i in range(n):
            at = i + by
            out[row, i] = p[at] if 0 <= at < n else 0
        row += 1
    fill_window(out[5], totals[0], totals[1], 3)
    fill_window(out[6], totals[0], totals[1], 8)
    row = 9
    for elements in levels:
        for i in range(n):
            of = elements[i]
            whole = totals[0, last[of]] - totals[0, first[of]]
            kept = totals[1, last[of]] - totals[1, first[of]]
            out[row, i] = (kept - mass[i]) / max(whole - weights[i], 1.0)
            out[row + count, i] = kept / total
        row += 1


def fill_share_of_others(float[::1] out, const int64_t[::1] classes, Py_ssize_t count,
                         const float[::1] mass, const float[::1] weights):
    """Fill the probable share of text in the other blocks of each block's class, below ``count``."""
    cdef Py_ssize_t i
    cdef double[:, ::1] sums = np.zeros((2, count))
    for i in range(classes.shape[0]):
        sums[0, classes[i]] += mass[i]
        sums[1, classes[i]] += weights[i]
    for i in range(classes.shape[0]):
        out[i] = (sums[0, classes[i]] - mass[i]) / max(sums[1, classes[i]] - weights[i], 1.0)


def fill_decayed_means(float[::1] before, float[::1] after, const float[::1] p, double decay):
    """Fill the exponentially decayed means of the blocks before and after each block."""
    cdef Py_ssize_t i
    cdef double value = 0
    for i in range(p.shape[0]):
        before[i] = value
        value = decay * value + (1 - decay) * p[i]
    value = 0
    for i in range(p.shape[0] - 1, -1, -1):
        after[i] = value
        value = decay * value + (1 - decay) * p[i]


def fill_lines(float[:, ::1] out, const float[:, ::1] form, const float[:, ::1] vocabulary,
               const uint8_t[::1] good, const uint8_t[::1] header, double total, Py_ssize_t start,
               Py_ssize_t end):
    """Fill the features of the neighbourhood of the lines of a text.

    ``good`` and ``header`` mark lines of good text, of the weight ``total``, and of headings of
    clutter; the main run is from ``start`` to ``end``.
    """
    cdef Py_ssize_t n = good.shape[0], i, at, row = 1
    cdef int by
    cdef tuple steps = (-3, -2, -1, 1, 2, 3)
    cdef float weight, before = 0
    cdef double[:, ::1] totals = np.zeros((4, n + 1))
    for i in range(n):
        weight = form[i, 1] if good[i] else 0
        out[0, i], out[31, i] = good[i], before / total
        out[32, i] = 1 - before / total - <double>(weight / <float>total)
        before += weight
        out[33, i], out[34, i], out[35, i] = start <= i < end, max(0, start - i), max(0, i - end + 1)
        out[37, i], out[38, i], out[39, i] = i / <double>n, n, total
        totals[0, i + 1], totals[1, i + 1] = totals[0, i] + form[i, 1], totals[1, i] + weight
        totals[2, i + 1], totals[3, i + 1] = i + 1, totals[3, i] + vocabulary[i, 0]
    for by in steps:
        for i in range(n):
            at = i + by
            if 0 <= at < n:
                out[row, i], out[row + 1, i] = form[at, 1], good[at]
                out[row + 2, i], out[row + 3, i] = form[at, 5], vocabulary[at, 0]
            else:
                out[row, i] = out[row + 1, i] = out[row + 2, i] = out[row + 3, i] = 0
        row += 4
    fill_window(out[25], totals[0], totals[1], 3)
    fill_window(out[26], totals[0], totals[1], 8)
    fill_window(out[27], totals[2], totals[3], 3)
    fill_window(out[28], totals[2], totals[3], 8)
    fill_since(out[29], good)
    fill_until(out[30], good)
    fill_since(out[36], header)


def fill_second_pass_of_lines(float[:, ::1] out, const float[::1] p, const float[::1] mass,
                              const float[::1] weights, double total, Py_ssize_t start,
                              Py_ssize_t end, float likely, float unlikely, float max_header):
    """Fill the probabilities of the first pass around the lines of a text.

    ``mass`` is probability times weight, and ``total`` its sum; the main run is from ``start`` to
    ``end``. Lines of a probability above ``likely`` are text, and short ones below ``unlikely``
    headings of clutter.
    """
    cdef Py_ssize_t n = p.shape[0], i, at, row = 1
    cdef int by
    cdef tuple steps = (-3, -2, -1, 1, 2, 3)
    cdef float before = 0
    cdef double[:, ::1] totals = np.zeros((4, n + 1))
    cdef uint8_t[:, ::1] marks = np.zeros((2, n), dtype=np.uint8)
    for i in range(n):
        out[0, i], out[11, i] = p[i], before / total
        out[12, i] = 1 - before / total - <double>(mass[i] / <float>total)
        before += mass[i]
        out[13, i], out[14, i], out[15, i] = start <= i < end, max(0, start - i), max(0, i - end + 1)
        marks[0, i], marks[1, i] = p[i] > likely, p[i] < unlikely and weights[i] < max_header
        totals[0, i + 1], totals[1, i + 1] = totals[0, i] + weights[i], totals[1, i] + mass[i]
        totals[2, i + 1], totals[3, i + 1] = i + 1, totals[3, i] + p[i]
    for by in steps:
        for i in range(n):
            at = i + by
            out[row, i] = p[at] if 0 <= at < n else 0
        row += 1
    fill_window(out[7], totals[0], totals[1], 3)
    fill_window(out[8], totals[0], totals[1], 8)
    fill_window(out[9], totals[2], totals[3], 3)
    fill_window(out[10], totals[2], totals[3], 8)
    fill_since(out[16], marks[0])
    fill_until(out[17], marks[0])
    fill_since(out[18], marks[1])
