"""Sets of 2-grams of very many sentences, one after the other in one array: bands and likeness at once."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from pipeline.compiled import compiled, inner
from pipeline.copies.hashing import multipliers
from pipeline.copies.ragged import Ragged, list_of

ROWS, BANDS = 3, 16  # finds .6 with .98, .5 with .88 for each copy there is; random pairs 1 in 1,000
MULTIPLIERS = multipliers(ROWS * BANDS, 2)
LEAST_GRAMS = 5  # shorter keys are compared exactly only
HIGH, MOST = np.uint64(32), np.uint64(0xFFFFFFFFFFFFFFFF)


@inner
def mixed_one(value: np.uint64) -> np.uint64:
    """`hashing.mixed` of one number."""
    out = value + np.uint64(0x9E3779B97F4A7C15)
    out = (out ^ (out >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    out = (out ^ (out >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return out ^ (out >> np.uint64(31))


@compiled
def sentence_bands(sets: Ragged) -> NDArray[np.uint32]:
    """(BANDS, sets) hashes, 0 where a set is too small to be compared."""
    count = len(sets.starts) - 1
    bands = np.zeros((BANDS, count), np.uint32)
    least = np.empty(ROWS * BANDS, np.uint64)
    for at in range(count):
        values = list_of(sets, at)
        if len(values) < LEAST_GRAMS:
            continue
        for number in range(ROWS * BANDS):
            least[number] = MOST
        for value in values:
            spread = mixed_one(np.uint64(value))
            for number in range(ROWS * BANDS):
                least[number] = min(least[number], spread * MULTIPLIERS[number])
        for band in range(BANDS):
            folded = np.uint64(band)
            for row in range(ROWS):
                folded = mixed_one(folded ^ least[band * ROWS + row])
            bands[band, at] = max(np.uint32(1), np.uint32(folded >> HIGH))
    return bands


@inner
def likeness(sets: Ragged, left: int, right: int) -> tuple[float, float]:
    """Jaccard of two sets, and the share of the left one that stands in the right one."""
    one, other = list_of(sets, left), list_of(sets, right)
    shared = at = 0
    for value in one:
        while at < len(other) and other[at] < value:
            at += 1
        shared += at < len(other) and other[at] == value
    return shared / max(1, len(one) + len(other) - shared), shared / max(1, len(one))
