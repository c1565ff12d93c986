"""Cores whose profiles may be alike: they share bins of a MinHash."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipeline.compiled import ZERO, compiled, inner
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
    codes = np.sort(_bin_values(profiles))
    cores = (codes & LOW).astype(np.int64)
    starts = np.concatenate([np.zeros(1, np.int64), np.cumsum(np.bincount(cores, minlength=count))])
    entries = Ragged(starts, np.argsort(cores, kind="stable"))
    return _meetings(codes, entries, _bucket_ends(codes), np.zeros(count, np.int64))


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
def _bucket_ends(codes: NDArray[np.uint64]) -> Numbers:
    """For each entry where those under its value end; of a crowded value, whose later entries meet nobody
    that comes after them, the entry itself.

    So each meets the first ones only: the heaviest cores, which found the groups.
    """
    ends = np.empty(len(codes), np.int64)
    begin = ZERO
    while begin < len(codes):
        end = bucket_end(codes, begin)
        for at in range(begin, end):
            ends[at] = end if end - begin <= CROWDED or at < begin + STARS else at
        begin = end
    return ends


@compiled
def _meetings(codes: NDArray[np.uint64], entries: Ragged, ends: Numbers, tally: Numbers) -> Pairs:
    """Core after core with the later ones under its values; `tally` has a 0 for each core."""
    count = len(entries.starts) - 1
    later, shared, filled = np.empty(count, np.int64), np.empty(count, np.int64), ZERO
    starts, met = np.zeros(count + 1, np.int64), np.empty(count, np.int64)
    for core in range(count):
        n_met = ZERO
        for entry in list_of(entries, core):
            for at in range(entry + 1, ends[entry]):
                other = int(codes[at] & LOW)
                if tally[other] == 0:
                    met[n_met] = other
                    n_met += 1
                tally[other] += 1
        if filled + n_met > len(later):
            later, shared = _grown(later, filled, n_met), _grown(shared, filled, n_met)
        for other in met[:n_met]:
            if tally[other] >= LEAST_SHARED:
                later[filled], shared[filled] = other, tally[other]
                filled += 1
            tally[other] = 0
        starts[core + 1] = filled
    return Pairs(starts, later[:filled], shared[:filled])


@inner
def _grown(values: Numbers, filled: int, more: int) -> Numbers:
    grown = np.empty(2 * (filled + more), np.int64)
    for at in range(filled):
        grown[at] = values[at]
    return grown
