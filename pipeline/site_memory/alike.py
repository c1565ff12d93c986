"""Which pages of a site have the same text of their own, names filled in or not."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from pipeline.compiled import compiled, inner

Minima = NDArray[np.uint32]
Numbers = NDArray[np.int64]

GRAM = 3  # characters, as for copies
BINS = 64  # one minimum each; the share of equal minima estimates Jaccard within .06
BAND = 3  # minima that make a pair of pages worth comparing
ALIKE = 0.4  # of the minima: names filled in leave .7 to .9, other articles of a farm share .1
NO_GRAM = np.uint32(0xFFFFFFFF)


def signatures(bodies: Sequence[str]) -> Minima:
    """A row a text: the least hash in each of 64 bins of its character 3-grams (one-permutation MinHash)."""
    points = np.frombuffer("".join(bodies).encode("utf-32-le", "replace"), np.uint32)
    return _minima(points, np.cumsum([0, *map(len, bodies)], dtype=np.int64))


@compiled
def _minima(points: NDArray[np.uint32], starts: Numbers) -> Minima:
    minima = np.full((len(starts) - 1, BINS), NO_GRAM, np.uint32)
    for text in range(len(starts) - 1):
        for at in range(starts[text], starts[text + 1] - GRAM + 1):
            first, second, third = points[at], points[at + 1], points[at + 2]
            gram = np.uint64(first) << np.uint64(42) | np.uint64(second) << np.uint64(21) | np.uint64(third)
            hashed = (gram ^ (gram >> np.uint64(29))) * np.uint64(0xBF58476D1CE4E5B9)
            hashed ^= hashed >> np.uint64(32)
            hashed *= np.uint64(0x94D049BB133111EB)
            least = np.uint32((hashed << np.uint64(6)) >> np.uint64(32))
            bin = hashed >> np.uint64(58)
            minima[text, bin] = min(minima[text, bin], least)
    return minima


def texts(sites: Numbers, urls: Numbers, minima: Minima) -> Numbers:
    """For each page the number of its text: alike pages of a site, and all versions of a URL, are one. Any
    numbers stand for sites and URLs.

    A page without any text of its own is a text by itself only once a site: it shows nothing. Each page is
    compared with its bucket's first page and with the one before, never all with all.
    """
    parent = _first_alike(np.column_stack([sites, urls]))
    empty = (minima == NO_GRAM).all(axis=1)
    for start in range(0, BINS - BAND + 1, BAND):
        band = np.ascontiguousarray(minima[:, start : start + BAND])
        told = np.flatnonzero((band != NO_GRAM).any(axis=1) | empty)
        keys = np.column_stack([sites[told], band[told].astype(np.int64)])
        _unite_buckets(parent, minima, told, _first_alike(keys))
    return _roots(parent)


def _first_alike(rows: Numbers) -> Numbers:
    """For each row the number of the first one that says the same."""
    order = np.lexsort(rows.T)  # keeps the order of rows that say the same
    ordered = rows[order]
    begins = np.ones(len(rows), np.bool_)
    begins[1:] = (ordered[1:] != ordered[:-1]).any(axis=1)
    first = np.empty(len(rows), np.int64)
    first[order] = order[begins][np.cumsum(begins) - 1]
    return first


@compiled
def _unite_buckets(parent: Numbers, minima: Minima, told: Numbers, first: Numbers) -> None:
    """`first`: of each told page the place in `told` of its bucket's first page."""
    before = first.copy()  # by bucket, the place of its latest page
    for at in range(len(told)):
        bucket = first[at]
        if bucket != at:
            _unite_alike(parent, minima, told[bucket], told[at])
            _unite_alike(parent, minima, told[before[bucket]], told[at])
            before[bucket] = at


@inner
def _unite_alike(parent: Numbers, minima: Minima, lower: int, upper: int) -> None:
    """Two pages without any text of their own are alike as well: nothing tells them apart."""
    low, high = _root(parent, lower), _root(parent, upper)
    if low == high:
        return
    held = equal = 0
    for bin in range(BINS):
        one, other = minima[lower, bin], minima[upper, bin]
        if one != NO_GRAM or other != NO_GRAM:
            held += 1
            equal += one == other
    if not held or equal / held >= ALIKE:
        parent[max(low, high)] = min(low, high)


@inner
def _root(parent: Numbers, page: int) -> int:
    while parent[page] != page:
        parent[page] = parent[parent[page]]
        page = parent[page]
    return page


@compiled
def _roots(parent: Numbers) -> Numbers:
    found = parent.copy()
    for page in range(len(parent)):
        found[page] = _root(parent, page)
    return found
