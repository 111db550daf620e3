# cython: language_level=3, cdivision=True
"""Encode the text of a page in UTF-8, compiled with Cython.

Pages are ASCII for the most part. Python encodes a text with a single other character one character
at a time; this module copies runs of ASCII, which the compiler turns into vector instructions.
"""

from cpython.bytes cimport PyBytes_AS_STRING, PyBytes_FromStringAndSize
from cpython.unicode cimport PyUnicode_DATA, PyUnicode_KIND
from libc.stdint cimport int64_t, uint8_t, uint16_t, uint32_t

cdef enum:
    RUN = 32

ctypedef fused letter_t:
    uint8_t
    uint16_t
    uint32_t


def encode(str text):
    """Return a text in UTF-8; lone surrogates, which UTF-8 cannot encode, become `?`."""
    cdef void* letters = PyUnicode_DATA(text)
    cdef int width = PyUnicode_KIND(text)
    if text.isascii():
        return text.encode()
    if width == 1:
        return encode_letters(<const uint8_t*>letters, len(text))
    if width == 2:
        return encode_letters(<const uint16_t*>letters, len(text))
    return encode_letters(<const uint32_t*>letters, len(text))


cdef bytes encode_letters(const letter_t* letters, Py_ssize_t n):
    cdef Py_ssize_t i
    cdef int64_t size = n
    cdef bytes encoded
    for i in range(n // RUN):
        if not is_ascii_run(letters + RUN * i):
            size += extra_bytes(letters + RUN * i, RUN)
    size += extra_bytes(letters + n - n % RUN, n % RUN)
    encoded = PyBytes_FromStringAndSize(NULL, size)
    write(letters, n, <uint8_t*>PyBytes_AS_STRING(encoded))
    return encoded


cdef inline int extra_bytes(const letter_t* letters, int n) noexcept nogil:
    """Return the number of bytes beyond one for each letter."""
    cdef int i, size = 0
    for i in range(n):
        size += (letters[i] >= 0x80) + (letters[i] >= 0x800) + (letters[i] >= 0x10000)
        size -= 2 * (0xD800 <= letters[i] < 0xE000)
    return size


cdef void write(const letter_t* letters, Py_ssize_t n, uint8_t* out) noexcept nogil:
    """Write the letters in UTF-8."""
    cdef Py_ssize_t i = 0, j, size = 0
    cdef uint32_t letter
    while i < n:
        if letters[i] < 0x80:
            while i + RUN <= n and is_ascii_run(letters + i):
                for j in range(RUN):
                    out[size + j] = <uint8_t>letters[i + j]
                i += RUN
                size += RUN
            while i < n and letters[i] < 0x80:
                out[size] = <uint8_t>letters[i]
                i += 1
                size += 1
            continue
        letter = letters[i]
        i += 1
        if letter < 0x800:
            out[size] = 0xC0 | letter >> 6
            size += 1
        elif 0xD800 <= letter < 0xE000:
            out[size] = c"?"
            size += 1
            continue
        else:
            if letter < 0x10000:
                out[size] = 0xE0 | letter >> 12
            else:
                out[size] = 0xF0 | letter >> 18
                size += 1
                out[size] = 0x80 | letter >> 12 & 0x3F
            size += 1
            out[size] = 0x80 | letter >> 6 & 0x3F
            size += 1
        out[size] = 0x80 | letter & 0x3F
        size += 1


cdef inline bint is_ascii_run(const letter_t* letters) noexcept nogil:
    cdef int j
    cdef letter_t every = 0
    for j in range(RUN):
        every |= letters[j]
    return every < 0x80
