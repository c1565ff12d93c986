"""Which masked sentences are alike: they share a band of their MinHash, and are compared exactly then."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipeline.compiled import ZERO, compiled, inner
from pipeline.copies.gramsets import likeness, sentence_bands
from pipeline.copies.hashing import Numbers
from pipeline.copies.ragged import HALF, LOW, Ragged, bucket_end
from pipeline.room import room

PLACED = 20  # sentences of a bucket that an asked one meets
TOGETHER = 1 << 14  # asked sentences at a time

Codes = NDArray[np.uint64]


class Keys(NamedTuple):
    """Of each sentence the story that tells it (several: a number of its own), and if it is asked about."""

    story: Numbers
    asked: NDArray[np.bool_]


class Limits(NamedTuple):
    """Pairs are kept that are so much alike, or of which the other holds so much of the asked one."""

    jaccard: float
    contained: float


class Near(NamedTuple):
    """Sentences that are asked about, and others that are like them."""

    asked: Numbers
    other: Numbers
    jaccard: NDArray[np.float64]
    contained: NDArray[np.float64]


class _Index(NamedTuple):
    """By sentence and band where its bucket begins in `members`, and how many of it are met."""

    members: NDArray[np.int32]
    begins: Numbers
    sizes: NDArray[np.uint8]


def near_pairs(sets: Ragged, keys: Keys, limits: Limits) -> Near:
    """In a bucket every asked sentence meets the first PLACED others, one of each story first: to know that a
    sentence stands elsewhere it is enough to find one.
    """
    asked = np.flatnonzero(keys.asked)
    chunks = [asked[at : at + TOGETHER] for at in range(0, len(asked), TOGETHER)] or [asked]
    with ThreadPoolExecutor(room().cores) as pool:
        codes = list(pool.map(lambda band: _in_buckets(band, keys.story), sentence_bands(sets)))
        index = _index(codes, len(keys.story))
        found = list(pool.map(lambda chunk: _near(sets, index, chunk, limits), chunks))
    return Near(*(np.concatenate(columns) for columns in zip(*found, strict=True)))


def _in_buckets(band: NDArray[np.uint32], story: Numbers) -> Codes:
    """Hash above key, bucket after bucket; keys that are not compared left out.

    In a bucket of more than PLACED the first of each story come first, then a second of each, and so on.
    """
    compared = np.flatnonzero(band)
    codes = np.sort(band[compared].astype(np.uint64) << HALF | compared.astype(np.uint64))
    buckets = codes >> HALF
    firsts = np.flatnonzero(np.diff(buckets, prepend=0))
    counts = np.diff(np.append(firsts, len(codes)))
    crowded = np.repeat(counts > PLACED, counts)
    held, bucket = codes[crowded], buckets[crowded]
    stories = story[(held & LOW).astype(np.int64)]
    rank = _ranks(bucket, stories, np.lexsort((held, stories, bucket)))
    codes[crowded] = held[np.lexsort((held, rank, bucket))]
    return codes


def _ranks(bucket: Codes, stories: Numbers, order: Numbers) -> Numbers:
    """How many of the same bucket and story come before each, in this order."""
    new = np.ones(len(order), np.bool_)
    new[1:] = (np.diff(bucket[order]) != 0) | (np.diff(stories[order]) != 0)
    firsts = np.flatnonzero(new)
    before = np.arange(len(order)) - np.repeat(firsts, np.diff(np.append(firsts, len(order))))
    ranks = np.empty(len(order), np.int64)
    ranks[order] = before
    return ranks


def _index(bands: Sequence[Codes], count: int) -> _Index:
    members = np.empty(sum(map(len, bands)), np.int32)
    index = _Index(members, np.zeros((count, len(bands)), np.int64), np.zeros((count, len(bands)), np.uint8))
    first = 0
    for band, codes in enumerate(bands):
        _add_band(index, codes, band, first)
        first += len(codes)
    return index


@compiled
def _add_band(index: _Index, codes: Codes, band: int, first: int) -> None:
    begin = ZERO
    while begin < len(codes):
        end = bucket_end(codes, begin)
        for at in range(begin, end):
            key = int(codes[at] & LOW)
            index.members[first + at] = key
            index.begins[key, band] = first + begin
            index.sizes[key, band] = min(PLACED, end - begin)
        begin = end


@compiled
def _near(sets: Ragged, index: _Index, asked: Numbers, limits: Limits) -> Near:
    room, filled = 4 * len(asked) + 1, 0
    found = Near(np.empty(room, np.int64), np.empty(room, np.int64), np.empty(room), np.empty(room))
    met = np.full(len(index.begins), -1, np.int32)
    for key in asked:
        for band in range(index.begins.shape[1]):
            begin = index.begins[key, band]
            for at in range(begin, begin + index.sizes[key, band]):
                other = index.members[at]
                if other == key or met[other] == key:
                    continue
                met[other] = key
                jaccard, contained = likeness(sets, key, other)
                if jaccard >= limits.jaccard or contained >= limits.contained:
                    if filled == len(found.asked):
                        found = _grown(found)
                    found.asked[filled], found.other[filled] = key, other
                    found.jaccard[filled], found.contained[filled] = jaccard, contained
                    filled += 1
    return Near(found.asked[:filled], found.other[:filled], found.jaccard[:filled], found.contained[:filled])


@inner
def _grown(found: Near) -> Near:
    """Twice as much room."""
    filled = len(found.asked)
    grown = Near(
        np.empty(2 * filled, np.int64),
        np.empty(2 * filled, np.int64),
        np.empty(2 * filled),
        np.empty(2 * filled),
    )
    for at in range(filled):
        grown.asked[at], grown.other[at] = found.asked[at], found.other[at]
        grown.jaccard[at], grown.contained[at] = found.jaccard[at], found.contained[at]
    return grown
