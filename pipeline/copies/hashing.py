"""Character n-grams as numbers: fixed 64-bit arithmetic (modulo 2**64), the same on every machine.

Numpy, a few hundred thousand characters at a time: arrays below some megabytes are reused by the allocator,
fresh ones of hundreds cost more in page faults than in arithmetic (20 ns against 2 ns for each element).
"""

from __future__ import annotations

from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.uint32]
Grams = NDArray[np.uint64]
Numbers = NDArray[np.int64]
T = TypeVar("T", np.uint32, np.uint64)

LINE_END = np.uint32(10)


def code_points(text: str) -> Points:
    return np.frombuffer(text.encode("utf-32-le", "replace"), np.uint32)


def mixed(values: Grams) -> Grams:
    """The finaliser of SplitMix64: spreads near numbers over all 64 bits."""
    out = values + np.uint64(0x9E3779B97F4A7C15)
    out = (out ^ (out >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    out = (out ^ (out >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return out ^ (out >> np.uint64(31))


def multipliers(count: int, seed: int) -> Grams:
    """Odd numbers, fixed by the seed alone."""
    return mixed(np.arange(count, dtype=np.uint64) + np.uint64(seed << 32)) | np.uint64(1)


def line_grams(points: Points, size: int) -> Grams:
    """Every run of `size` code points within a line, hashed by a multilinear sum; with repeats, in order.

    Of each hash the upper half is the better one.
    """
    count = len(points) - size + 1
    if count <= 0:
        return np.empty(0, np.uint64)
    wide, ends = points.astype(np.uint64), points == LINE_END
    hashed, broken = np.zeros(count, np.uint64), np.zeros(count, np.bool_)
    for offset, multiplier in enumerate(multipliers(size, 3)):
        hashed += wide[offset : offset + count] * multiplier
        broken |= ends[offset : offset + count]
    return hashed[~broken]


def distinct(values: NDArray[T]) -> NDArray[T]:
    """Sorted, each once; three times as fast as np.unique, which hashes."""
    ordered = np.sort(values)
    return ordered[np.concatenate([[True], ordered[1:] != ordered[:-1]])] if len(ordered) else ordered


def folded_rows(least: Grams, rows: int) -> NDArray[np.int64]:
    """(texts, minima) to (texts, bands) hashes, each over `rows` neighbouring minima and its place."""
    count, permutations = least.shape
    bands = permutations // rows
    folded = np.broadcast_to(mixed(np.arange(bands, dtype=np.uint64)), (count, bands))
    for row in range(rows):
        folded = mixed(folded ^ least[:, row::rows])
    return folded.view(np.int64)
