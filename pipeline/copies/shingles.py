"""Character n-grams of a normal form as numbers, their MinHash, and how alike two sets are.

All hashing is fixed 64-bit arithmetic (modulo 2**64), the same on every machine and Python version.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

Grams = NDArray[np.uint64]
Shingles = NDArray[np.uint32]
Numbers = NDArray[np.int64]
T = TypeVar("T", np.uint32, np.uint64)

PERMUTATIONS, ROWS = 128, 4  # 32 bands of 4: measured in findings, copies.md §1
TEXT_GRAM = 3  # 2 and 3 are best, 5 loses .02 of F1 (same place)
CODE_POINT_BITS = np.uint64(21)
TABLE_BITS = 22
BLOCK = 4096  # grams hashed at a time: bounds memory at BLOCK * PERMUTATIONS * 8 bytes


def grams(text: str, size: int) -> Grams:
    """Every run of `size` (up to 3) code points, packed into one number without collisions; with repeats."""
    points = code_points(text)
    count = len(points) - size + 1
    if count <= 0:
        return np.empty(0, np.uint64)
    packed = np.zeros(count, np.uint64)
    for offset in range(size):
        packed = (packed << CODE_POINT_BITS) | points[offset : offset + count]
    return packed


def code_points(text: str) -> Grams:
    return np.frombuffer(text.encode("utf-32-le", "replace"), np.uint32).astype(np.uint64)


def mixed(values: Grams) -> Grams:
    """The finaliser of SplitMix64: spreads near numbers over all 64 bits."""
    out = values + np.uint64(0x9E3779B97F4A7C15)
    out = (out ^ (out >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    out = (out ^ (out >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return out ^ (out >> np.uint64(31))


def shingles(text: str) -> Shingles:
    """The set of a text's 3-grams, sorted, 32 bits each: 1,500 of them collide once in 4,000 texts."""
    return distinct((mixed(grams(text, TEXT_GRAM)) >> np.uint64(32)).astype(np.uint32))


def distinct(values: NDArray[T]) -> NDArray[T]:
    """Sorted, each once; three times as fast as np.unique, which hashes."""
    ordered = np.sort(values)
    return ordered[np.concatenate([[True], ordered[1:] != ordered[:-1]])] if len(ordered) else ordered


def multipliers(count: int, seed: int) -> Grams:
    """Odd numbers, one per permutation; fixed by the seed alone."""
    return mixed(np.arange(count, dtype=np.uint64) + np.uint64(seed << 32)) | np.uint64(1)


MULTIPLIERS = multipliers(PERMUTATIONS, 1)


def band_hashes(text: str) -> tuple[int, ...]:
    """One signed 64-bit hash per band of the text's MinHash; none for a text shorter than a gram."""
    values = mixed(distinct(grams(text, TEXT_GRAM)))
    if not len(values):
        return ()
    least = np.full(PERMUTATIONS, np.iinfo(np.uint64).max, np.uint64)
    for start in range(0, len(values), BLOCK):
        block = values[start : start + BLOCK, None] * MULTIPLIERS
        np.minimum(least, block.min(axis=0), out=least)
    return tuple(folded_rows(least[None, :], ROWS)[0].tolist())


def folded_rows(least: Grams, rows: int) -> NDArray[np.int64]:
    """(texts, permutations) minima to (texts, bands) hashes, each over `rows` minima and its place."""
    count, permutations = least.shape
    bands = permutations // rows
    folded = np.broadcast_to(mixed(np.arange(bands, dtype=np.uint64)), (count, bands))
    for row in range(rows):
        folded = mixed(folded ^ least[:, row::rows])
    return folded.view(np.int64)


def shared(left: Shingles, right: Shingles) -> int:
    return int(np.intersect1d(left, right, assume_unique=True).size)


def jaccard(left: Shingles, right: Shingles) -> float:
    both = shared(left, right)
    return both / max(1, len(left) + len(right) - both)


def containment(inner: Shingles, outer: Shingles) -> float:
    """Share of `inner` that stands in `outer`."""
    return shared(inner, outer) / max(1, len(inner))


def jaccards(sets: Sequence[Shingles], lower: Numbers, upper: Numbers) -> NDArray[np.float64]:
    """Per pair of set numbers, sorted by `lower`; right within .001, ten times faster than one by one.

    One set at a time is marked in a table of 2**22 places, in which 1,000 shingles hold .02 %.
    """
    sizes = np.array([len(held) for held in sets], np.int64)
    table = np.zeros(1 << TABLE_BITS, np.bool_)
    shared = np.zeros(len(lower), np.int64)
    starts = np.flatnonzero(np.diff(lower, prepend=-1))
    for start, end in pairwise([*starts.tolist(), len(lower)]):
        marked = _places(sets[lower[start]])
        table[marked] = True
        others = _places(np.concatenate([sets[other] for other in upper[start:end]]))
        found = np.concatenate([[0], np.cumsum(table[others])])
        shared[start:end] = np.diff(found[np.concatenate([[0], np.cumsum(sizes[upper[start:end]])])])
        table[marked] = False
    measured: NDArray[np.float64] = shared / np.maximum(1, sizes[lower] + sizes[upper] - shared)
    return measured


def _places(held: Shingles) -> Shingles:
    return held >> np.uint32(32 - TABLE_BITS)


def profile(members: Sequence[Shingles], pages: Sequence[int], least_share: float) -> Shingles:
    """Shingles that stand on at least this share of the pages; `pages` says how many have each member."""
    values, place = np.unique(np.concatenate(members), return_inverse=True)
    counts = np.bincount(place, weights=np.repeat(pages, [len(member) for member in members]))
    return values[counts >= least_share * sum(pages)]
