"""MinHash with one permutation: each gram is hashed once and falls into one of the bins.

128 permutations cost 128 hashes a gram (1.4 ms a page in numpy). One hash, of which some bits choose the
bin and the others compete in it, does as well on texts with many more grams than bins, for a hundredth of it.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from pipeline.compiled import compiled, inner
from pipeline.copies.grams import EMPTY
from pipeline.copies.gramsets import HIGH, mixed_one

ROWS = 4  # of 128 bins: 32 bands, measured in findings, copies.md §1

Minima = NDArray[np.uint32]


@compiled
def band_hashes(least: Minima, first: int) -> NDArray[np.int64]:
    """(texts, 32) hashes that like texts share, each over ROWS neighbouring minima and its band. Texts count
    from `first`."""
    count, bins = least.shape
    hashes, held = np.empty((count, bins // ROWS), np.uint64), np.empty(bins, np.uint64)
    for text in range(count):
        _fill(least[text], np.uint64(first + text), held)
        for band in range(bins // ROWS):
            folded = mixed_one(np.uint64(band))
            for row in range(ROWS):
                folded = mixed_one(folded ^ held[band * ROWS + row])
            hashes[text, band] = folded
    return hashes.view(np.int64)


@inner
def _fill(least: NDArray[np.uint32], number: np.uint64, held: NDArray[np.uint64]) -> None:
    """Empty bins borrow from the next one that is not, marked by the distance (Shrivastava and Li 2014).

    A row without any gram is its own: it shares a bin with nobody.
    """
    bins = len(least)
    nearest = 2 * bins
    for at in range(2 * bins - 1, -1, -1):
        if least[at % bins] != EMPTY:
            nearest = at
        if at < bins and nearest == 2 * bins:
            held[at] = mixed_one(number)
        elif at < bins:
            held[at] = np.uint64(least[nearest % bins]) | np.uint64(nearest - at) << HIGH
