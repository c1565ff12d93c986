"""MinHash with one permutation: each gram is hashed once and falls into one of the bins.

128 permutations cost 128 hashes a gram (1.4 ms a page in numpy). One hash, of which some bits choose the
bin and the others compete in it, does as well on texts with many more grams than bins, for a hundredth of it.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from pipeline.copies.hashing import folded_rows, mixed

BINS, ROWS = 128, 4  # 32 bands of 4: measured in findings, copies.md §1
EMPTY = np.uint32(0xFFFFFFFF)

Minima = NDArray[np.uint32]


def bin_minima(hashes: NDArray[np.uint32], owners: NDArray[np.int64], count: int, bins: int) -> Minima:
    """(count, bins) least hashes; EMPTY where an owner has no gram in a bin. `bins`: a power of two."""
    least = np.full(count * bins, EMPTY, np.uint32)
    shift = np.uint32(bins.bit_length() - 1)
    np.minimum.at(least, owners * bins + (hashes & np.uint32(bins - 1)), hashes >> shift)
    return least.reshape(count, bins)


def filled(least: Minima) -> NDArray[np.uint64]:
    """Empty bins borrow from the next one that is not, marked by the distance (Shrivastava and Li 2014).

    A row without any gram is its own: it shares a bin with nobody.
    """
    count, bins = least.shape
    at = np.broadcast_to(np.arange(2 * bins), (count, 2 * bins))
    twice = np.concatenate([least, least], axis=1)
    nearest = np.where(twice == EMPTY, 2 * bins, at)[:, ::-1]
    nearest = np.minimum.accumulate(nearest, axis=1)[:, ::-1][:, :bins]
    nothing = nearest == 2 * bins
    distance = np.where(nothing, 0, nearest - np.arange(bins))
    held = np.take_along_axis(twice, np.where(nothing, 0, nearest), axis=1).astype(np.uint64)
    lonely = mixed(np.arange(count, dtype=np.uint64))[:, None]
    return np.where(nothing, lonely, held | (distance.astype(np.uint64) << np.uint64(32)))


def band_hashes(least: Minima) -> NDArray[np.int64]:
    """(texts, 32) hashes that like texts share; a hash also says which band it is."""
    return folded_rows(filled(least), ROWS)
