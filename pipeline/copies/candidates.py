"""Cores whose profiles may be alike: they share bins of a MinHash."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipeline.copies.compiled import compiled
from pipeline.copies.grams import EMPTY, PLACE_BITS
from pipeline.copies.hashing import Numbers
from pipeline.copies.ragged import HALF, LOW, Ragged, bucket_end, list_of

BIN_BITS = 6  # 64 bins of a profile's MinHash; a Jaccard of .2 shares 13 of them, a chance pair 1 to 5
LEAST_SHARED = 6
CROWDED = 100  # cores that share a bin's value and are all compared
STARS = 4  # where more share it, those that each is compared with
SPREAD = np.uint32(0x9E3779B1)


class Pairs(NamedTuple):
    """Pairs of cores by the earlier one, and how many bins of their profiles' MinHash agree."""

    starts: Numbers
    later: Numbers
    shared: Numbers

    @property
    def earlier(self) -> Numbers:
        return np.repeat(np.arange(len(self.starts) - 1), np.diff(self.starts))


def candidates(profiles: Ragged) -> Pairs:
    """Those that share LEAST_SHARED bins or more."""
    count = len(profiles.starts) - 1
    codes = np.sort(_meetings(np.sort(_bin_values(profiles)), count))
    firsts = np.flatnonzero(np.diff(codes, prepend=-1))
    counts = np.diff(np.append(firsts, len(codes)))
    kept = counts >= LEAST_SHARED
    codes, counts = codes[firsts[kept]], counts[kept]
    starts = np.searchsorted(codes, np.arange(count + 1) * count)
    return Pairs(starts, codes % max(1, count), counts)


@compiled
def _bin_values(profiles: Ragged) -> NDArray[np.uint64]:
    """Bin and least hash in it, above the number of the core; empty bins left out."""
    bins, count = 1 << BIN_BITS, len(profiles.starts) - 1
    values, filled, least = np.empty(count * bins, np.uint64), 0, np.empty(bins, np.uint32)
    for core in range(count):
        for chosen in range(bins):
            least[chosen] = EMPTY
        for place in list_of(profiles, core):
            hashed = np.uint32(np.uint32(place << np.uint32(32 - PLACE_BITS)) * SPREAD)
            hashed = np.uint32((hashed ^ (hashed >> np.uint32(15))) * SPREAD)
            chosen = int(hashed & np.uint32(bins - 1))
            least[chosen] = min(least[chosen], hashed >> np.uint32(BIN_BITS))
        for chosen in range(bins):
            if least[chosen] != EMPTY:
                value = np.uint64(chosen) << np.uint64(32 - BIN_BITS) | np.uint64(least[chosen])
                values[filled] = value << HALF | np.uint64(core)
                filled += 1
    return values[:filled].copy()


@compiled
def _meetings(values: NDArray[np.uint64], count: int) -> Numbers:
    """Pairs of cores under one value as smaller * count + larger, as often as they meet.

    Under a crowded value each meets the first ones only: the heaviest cores, which found the groups.
    """
    found, filled = np.empty(_room(values), np.int64), 0
    begin = 0
    while begin < len(values):
        end = bucket_end(values, begin)
        last = end if end - begin <= CROWDED else begin + STARS
        for one in range(begin, last):
            for other in range(one + 1, end):
                smaller = np.int64(values[one] & LOW)
                found[filled] = smaller * count + np.int64(values[other] & LOW)
                filled += 1
        begin = end
    return found


@compiled
def _room(values: NDArray[np.uint64]) -> int:
    """How many pairs meet."""
    pairs = begin = 0
    while begin < len(values):
        end = bucket_end(values, begin)
        size = end - begin
        firsts = size if size <= CROWDED else STARS
        pairs += firsts * size - firsts * (firsts + 1) // 2
        begin = end
    return pairs
