"""The normal forms of a corpus as arrays: grams in the order of the text, lines, and bands."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from pipeline.copies.hashing import LINE_END, Numbers, code_points, line_grams
from pipeline.copies.minhash import BINS, band_hashes, bin_minima

TEXT_GRAM = 3  # 2 and 3 are best, 5 loses .02 of F1 (findings, copies.md §1)
PLACE_BITS = 22  # places of the table in which a text's grams are marked: 1,000 fill .02 % of it
CHUNK = 256  # texts at a time: arrays of some 2 megabytes
KEY = np.uint64(0xD6E8FEB86659FD93)

Places = NDArray[np.uint32]


@dataclass(frozen=True)
class Texts:
    """`places[line_starts[i]:line_starts[i+1]]` are the grams of line i, `text_lines` does so for lines.

    A gram is kept as its place in a table of 2**22. `line_keys` tells lines apart; 0: a line without grams.
    """

    places: Places
    line_starts: Numbers
    text_lines: Numbers
    line_keys: NDArray[np.uint64]
    bands: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.text_lines) - 1

    @cached_property
    def line_sizes(self) -> Numbers:
        return np.diff(self.line_starts)

    @cached_property
    def starts(self) -> Numbers:
        """First gram of each text, and the end."""
        return self.line_starts[self.text_lines]

    @cached_property
    def line_text(self) -> Numbers:
        """The text that each line stands in."""
        return np.repeat(np.arange(len(self)), np.diff(self.text_lines))

    def grams(self, text: int) -> Places:
        return self.places[self.starts[text] : self.starts[text + 1]]


@dataclass(frozen=True)
class _Chunk:
    places: Places
    line_sizes: Numbers
    lines: Numbers
    line_keys: NDArray[np.uint64]
    bands: NDArray[np.int64]


def texts_of(bodies: Iterable[str]) -> Texts:
    """Of normal forms, one sentence a line; on all cores, since numpy leaves the interpreter's lock."""
    workers = os.cpu_count() or 1
    with ThreadPoolExecutor(workers) as pool:
        held: list[_Chunk] = []
        chunks = _chunks(bodies)
        while some := list(islice(chunks, workers * 4)):
            held.extend(pool.map(_chunk, some))
    return Texts(
        np.concatenate([chunk.places for chunk in held] or [np.empty(0, np.uint32)]),
        _ends(chunk.line_sizes for chunk in held),
        _ends(chunk.lines for chunk in held),
        np.concatenate([chunk.line_keys for chunk in held] or [np.empty(0, np.uint64)]),
        np.concatenate([chunk.bands for chunk in held] or [np.empty((0, 0), np.int64)]),
    )


def _chunks(bodies: Iterable[str]) -> Iterator[list[str]]:
    rest = iter(bodies)
    while chunk := list(islice(rest, CHUNK)):
        yield chunk


def _ends(sizes: Iterable[Numbers]) -> Numbers:
    return np.cumsum(np.concatenate([np.zeros(1, np.int64), *sizes]))


def _chunk(bodies: Sequence[str]) -> _Chunk:
    points = code_points("\n".join(bodies) + "\n")
    ends = np.flatnonzero(points == LINE_END)
    sizes = np.maximum(0, np.diff(ends, prepend=-1) - TEXT_GRAM)  # a line of n has n - 2 grams, and its end
    lines = np.array([body.count("\n") + 1 for body in bodies], np.int64)
    grams = line_grams(points, TEXT_GRAM)
    starts = np.concatenate([[0], np.cumsum(sizes)])
    owners = np.repeat(np.repeat(np.arange(len(bodies)), lines), sizes)
    hashes = (grams >> np.uint64(32)).astype(np.uint32)
    bands = band_hashes(bin_minima(hashes, owners, len(bodies), BINS))
    return _Chunk(hashes >> np.uint32(32 - PLACE_BITS), sizes, lines, _line_keys(grams, starts), bands)


def _line_keys(grams: NDArray[np.uint64], starts: Numbers) -> NDArray[np.uint64]:
    mixed = (grams ^ (grams >> np.uint64(32))) * KEY
    mixed ^= mixed >> np.uint64(29)
    total = np.concatenate([np.zeros(1, np.uint64), np.cumsum(mixed, dtype=np.uint64)])
    keys: NDArray[np.uint64] = total[starts[1:]] - total[starts[:-1]]
    return keys
