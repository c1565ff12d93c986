"""Sets of 2-grams of very many sentences, one after the other in one array: bands and likeness at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.copies.hashing import code_points, distinct, folded_rows, line_grams, mixed, multipliers

Shingles = NDArray[np.uint32]

SENTENCE_GRAM = 2
ROWS, BANDS = 3, 16  # finds .6 with .98, .5 with .88 for each copy there is; random pairs 1 in 1,000
MULTIPLIERS = multipliers(ROWS * BANDS, 2)


@dataclass(frozen=True)
class GramSets:
    """Sets of 2-grams one after the other: `values[starts[i]:starts[i + 1]]` is the i-th, sorted."""

    values: Shingles
    starts: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.starts) - 1


def gram_sets(keys: Sequence[str]) -> GramSets:
    """One set per key, empty for a key shorter than a gram."""
    sizes = [max(0, len(key) - SENTENCE_GRAM + 1) for key in keys]
    of_gram = np.repeat(np.arange(len(keys), dtype=np.uint64), sizes)
    short = line_grams(code_points("\n".join(keys)), SENTENCE_GRAM) >> np.uint64(32)
    held = distinct((of_gram << np.uint64(32)) | short)
    starts = np.searchsorted(held, np.arange(len(keys) + 1, dtype=np.uint64) << np.uint64(32))
    return GramSets(held.astype(np.uint32), starts.astype(np.int64))


def sentence_bands(sets: GramSets) -> NDArray[np.int64]:
    """(sentences, BANDS) hashes; no set may be empty."""
    values = mixed(sets.values.astype(np.uint64))
    least = np.empty((len(sets), len(MULTIPLIERS)), np.uint64)
    for number, multiplier in enumerate(MULTIPLIERS):
        least[:, number] = np.minimum.reduceat(values * multiplier, sets.starts[:-1])
    return folded_rows(least, ROWS)


def likeness(
    sets: GramSets, left: NDArray[np.int64], right: NDArray[np.int64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Per pair: Jaccard, and the share of the left set that stands in the right one."""
    n_left, n_right = (sets.starts[side + 1] - sets.starts[side] for side in (left, right))
    pair = np.concatenate(
        [np.repeat(np.arange(len(side)), n) for side, n in ((left, n_left), (right, n_right))]
    )
    values = np.concatenate([_taken(sets, left, n_left), _taken(sets, right, n_right)])
    both = np.sort((pair.astype(np.uint64) << np.uint64(32)) | values)
    twice = both[1:][both[1:] == both[:-1]] >> np.uint64(32)
    shared = np.bincount(twice.astype(np.int64), minlength=len(left))
    return shared / np.maximum(1, n_left + n_right - shared), shared / np.maximum(1, n_left)


def chosen_sets(sets: GramSets, chosen: NDArray[np.int64]) -> GramSets:
    counts = np.diff(sets.starts)[chosen]
    return GramSets(_taken(sets, chosen, counts), np.concatenate([[0], np.cumsum(counts)]))


def joined_sets(held: Sequence[GramSets]) -> GramSets:
    counts = np.concatenate([np.diff(sets.starts) for sets in held] or [np.empty(0, np.int64)])
    values = np.concatenate([sets.values for sets in held] or [np.empty(0, np.uint32)])
    return GramSets(values, np.concatenate([[0], np.cumsum(counts)]).astype(np.int64))


def _taken(sets: GramSets, chosen: NDArray[np.int64], counts: NDArray[np.int64]) -> Shingles:
    """The values of the chosen sets, one after the other."""
    before = np.repeat(np.cumsum(counts) - counts, counts)
    inside = np.arange(int(counts.sum())) - before
    taken: Shingles = sets.values[np.repeat(sets.starts[chosen], counts) + inside]
    return taken
