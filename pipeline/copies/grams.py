"""Texts in UTF-8 to hashes of their character n-grams, in one pass and compiled.

A multilinear sum, modulo 2**64; of each hash the upper half is the better one.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from pipeline.compiled import ZERO, compiled, inner
from pipeline.copies.hashing import Numbers, multipliers
from pipeline.copies.ragged import Ragged

TEXT_GRAM = 3  # 2 and 3 are best, 5 loses .02 of F1 (findings, copies.md §1)
SENTENCE_GRAM = 2
PLACE_BITS = 22  # places of the table in which a text's grams are marked: 1,000 fill .02 % of it
BIN_BITS = 7  # 128 bins of a text's MinHash
EMPTY = np.uint32(0xFFFFFFFF)
LINE_END = 10
QUOTED = "§"  # before a line that its text only quotes; punctuation, so that no line has it of its own
QUOTED_POINT = ord(QUOTED)
NAME_POINT = ord("※")  # folds.PLATFORM
KEY = np.uint64(0xD6E8FEB86659FD93)
ONE, TWO, THREE = multipliers(TEXT_GRAM, 3)
FIRST, SECOND = multipliers(SENTENCE_GRAM, 3)

Bytes = NDArray[np.uint8]


class Strings(NamedTuple):
    """The bytes of an Arrow array of strings: the i-th is `data[starts[i]:starts[i + 1]]`, in UTF-8."""

    data: Bytes
    starts: Numbers

    @classmethod
    def of(cls, texts: pa.Array[pa.StringScalar]) -> Strings:
        """No string may be null."""
        width = pa.int64() if pa.types.is_large_string(texts.type) else pa.int32()
        _, ends, data = texts.buffers()
        starts = pa.Array.from_buffers(width, len(texts) + 1, [None, ends], offset=texts.offset)
        count = data.size if data else 0
        held = pa.Array.from_buffers(pa.uint8(), count, [None, data or pa.py_buffer(b"")])
        return cls(held.to_numpy(), starts.to_numpy().astype(np.int64))


class Read(NamedTuple):
    """Grams of some texts as places in a table, what their lines are, lines and MinHash of each text.

    Quoted lines have no part in the MinHash.
    """

    places: NDArray[np.uint32]
    line_sizes: Numbers
    line_keys: NDArray[np.uint64]
    quoted: NDArray[np.bool_]
    named: NDArray[np.bool_]
    lines: Numbers
    minima: NDArray[np.uint32]


@inner
def code_point(data: Bytes, at: int) -> tuple[int, int]:
    """The character that begins here, and where the next one does; the bytes are whole UTF-8."""
    first = int(data[at])
    if first < 0x80:
        return first, at + 1
    if first < 0xE0:
        return (first & 0x1F) << 6 | int(data[at + 1]) & 0x3F, at + 2
    middle = (int(data[at + 1]) & 0x3F) << 6 | int(data[at + 2]) & 0x3F
    if first < 0xF0:
        return (first & 0x0F) << 12 | middle, at + 3
    return (first & 0x07) << 18 | middle << 6 | int(data[at + 3]) & 0x3F, at + 4


@compiled
def characters(texts: Strings) -> Numbers:
    """How many code points each text has."""
    counts = np.zeros(len(texts.starts) - 1, np.int64)
    for text in range(len(counts)):
        for at in range(texts.starts[text], texts.starts[text + 1]):
            counts[text] += texts.data[at] & 0xC0 != 0x80
    return counts


@compiled
def read_texts(texts: Strings) -> Read:
    """Grams of three characters within lines, with repeats, in order."""
    count, n_lines = len(texts.starts) - 1, _n_lines(texts)
    places = np.empty(texts.starts[count] - texts.starts[0], np.uint32)
    line_sizes, line_keys = np.zeros(n_lines, np.int64), np.zeros(n_lines, np.uint64)
    quoted, named = np.zeros(n_lines, np.bool_), np.zeros(n_lines, np.bool_)
    lines = np.empty(count, np.int64)
    minima = np.full((count, 1 << BIN_BITS), EMPTY, np.uint32)
    at_line = at_gram = 0
    for text in range(count):
        first_line = at_line
        before = latest = np.uint64(0)
        length = 0
        at, stop = texts.starts[text], texts.starts[text + 1]
        while at < stop:
            point, at = code_point(texts.data, at)
            if point == LINE_END:
                at_line, length = at_line + 1, 0
                continue
            if point == QUOTED_POINT:
                quoted[at_line] = True
                continue
            named[at_line] |= point == NAME_POINT
            wide = np.uint64(point)
            length += 1
            if length >= TEXT_GRAM:
                gram = before * ONE + latest * TWO + wide * THREE
                mixed = (gram ^ (gram >> np.uint64(32))) * KEY
                line_keys[at_line] += mixed ^ (mixed >> np.uint64(29))
                line_sizes[at_line] += 1
                half = np.uint32(gram >> np.uint64(32))
                places[at_gram] = half >> np.uint32(32 - PLACE_BITS)
                at_gram += 1
                if not quoted[at_line]:
                    bin = half & np.uint32((1 << BIN_BITS) - 1)
                    minima[text, bin] = min(minima[text, bin], half >> np.uint32(BIN_BITS))
            before, latest = latest, wide
        at_line += 1
        lines[text] = at_line - first_line
    return Read(places[:at_gram].copy(), line_sizes, line_keys, quoted, named, lines, minima)


@inner
def _n_lines(texts: Strings) -> int:
    lines = count = len(texts.starts) - 1
    for at in range(texts.starts[0], texts.starts[count]):
        lines += texts.data[at] == LINE_END
    return lines


@compiled
def pair_grams(texts: Strings) -> Ragged:
    """Of each text its set of 2-grams, in order."""
    count = len(texts.starts) - 1
    held = np.empty(texts.starts[count] - texts.starts[0], np.uint32)
    starts = np.zeros(count + 1, np.int64)
    filled = ZERO
    for text in range(count):
        first = filled
        at, stop, before = texts.starts[text], texts.starts[text + 1], -1
        while at < stop:
            point, at = code_point(texts.data, at)
            if before >= 0:
                gram = np.uint64(before) * FIRST + np.uint64(point) * SECOND
                held[filled] = np.uint32(gram >> np.uint64(32))
                filled += 1
            before = point
        filled = _distinct(held, first, filled)
        starts[text + 1] = filled
    return Ragged(starts, held[:filled].copy())


@inner
def _distinct(values: NDArray[np.uint32], first: int, end: int) -> int:
    """Puts these in order, each once; where they end then. By insertion: a sentence has some 30 grams."""
    kept = first
    for at in range(first, end):
        value, place = values[at], kept
        while place > first and values[place - 1] > value:
            place -= 1
        if place == first or values[place - 1] != value:
            for moved in range(kept, place, -1):
                values[moved] = values[moved - 1]
            values[place] = value
            kept += 1
    return kept
