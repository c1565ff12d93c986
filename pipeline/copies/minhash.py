"""MinHash with one permutation: each gram is hashed once and falls into one of the bins.

128 permutations cost 128 hashes a gram (1.4 ms a page in numpy). One hash, of which some bits choose the
bin and the others compete in it, does as well on texts with many more grams than bins, for a hundredth of it.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from pipeline.copies.grams import EMPTY
from pipeline.copies.hashing import folded_rows, mixed

ROWS = 4  # of 128 bins: 32 bands, measured in findings, copies.md §1

Minima = NDArray[np.uint32]


def filled(least: Minima, first: int) -> NDArray[np.uint64]:
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
    lonely = mixed(np.arange(first, first + count, dtype=np.uint64))[:, None]
    return np.where(nothing, lonely, held | (distance.astype(np.uint64) << np.uint64(32)))


def band_hashes(least: Minima, first: int) -> NDArray[np.int64]:
    """(texts, 32) hashes that like texts share; a hash says its band too. Texts count from `first`."""
    return folded_rows(filled(least, first), ROWS)
