"""Which pages of a site have the same text of their own, names filled in or not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

Minima = NDArray[np.uint32]

GRAM = 3  # characters, as for copies
BINS = 64  # one minimum each; the share of equal minima estimates Jaccard within .06
BAND = 3  # minima that make a pair of pages worth comparing
ALIKE = 0.4  # of the minima: names filled in leave .7 to .9, other articles of a farm share .1
NO_GRAM = np.uint32(0xFFFFFFFF)


def signature(text: str) -> Minima:
    """The least hash in each of 64 bins of the text's character 3-grams (one-permutation MinHash)."""
    points = np.frombuffer(text.encode("utf-32-le", "replace"), np.uint32).astype(np.uint64)
    least = np.full(BINS, NO_GRAM, np.uint32)
    count = len(points) - GRAM + 1
    if count <= 0:
        return least
    grams = (points[:count] << np.uint64(42)) | (points[1 : count + 1] << np.uint64(21)) | points[2:]
    hashed = (grams ^ (grams >> np.uint64(29))) * np.uint64(0xBF58476D1CE4E5B9)
    hashed ^= hashed >> np.uint64(32)
    hashed *= np.uint64(0x94D049BB133111EB)
    ordered = np.unique(hashed)
    bins = (ordered >> np.uint64(58)).astype(np.int64)
    present, first = np.unique(bins, return_index=True)
    least[present] = ((ordered[first] << np.uint64(6)) >> np.uint64(32)).astype(np.uint32)
    return least


def texts(sites: Sequence[str], urls: Sequence[str], minima: Minima) -> list[int]:
    """For each page the number of its text: alike pages of a site, and all versions of a URL, are one.

    A page without any text of its own is a text by itself only once a site: it shows nothing.
    """
    parent = list(range(len(sites)))
    first_of_url: dict[tuple[str, str], int] = {}
    for page, at in enumerate(zip(sites, urls, strict=True)):
        _unite(parent, first_of_url.setdefault(at, page), page)
    for lower, upper in _candidates(sites, minima):
        if _root(parent, lower) != _root(parent, upper) and _alike(minima[lower], minima[upper]):
            _unite(parent, lower, upper)
    return [_root(parent, page) for page in range(len(sites))]


def _candidates(sites: Sequence[str], minima: Minima) -> Iterator[tuple[int, int]]:
    """Pages to compare: each with its bucket's first page and with the one before, never all with all."""
    empty = (minima == NO_GRAM).all(axis=1)
    for start in range(0, BINS - BAND + 1, BAND):
        buckets: dict[tuple[str, bytes], tuple[int, int]] = {}
        band = np.ascontiguousarray(minima[:, start : start + BAND])
        told = (band != NO_GRAM).any(axis=1) | empty
        for page in np.flatnonzero(told).tolist():
            key = sites[page], band[page].tobytes()
            first, before = buckets.get(key, (page, page))
            buckets[key] = first, page
            yield from ((other, page) for other in {first, before} - {page})


def _alike(one: Minima, other: Minima) -> bool:
    """Two pages without any text of their own are alike as well: nothing tells them apart."""
    held = (one != NO_GRAM) | (other != NO_GRAM)
    return not held.any() or float(np.mean((one == other)[held])) >= ALIKE


def _unite(parent: list[int], one: int, other: int) -> None:
    low, high = sorted((_root(parent, one), _root(parent, other)))
    parent[high] = low


def _root(parent: list[int], page: int) -> int:
    while parent[page] != page:
        parent[page] = parent[parent[page]]
        page = parent[page]
    return page
