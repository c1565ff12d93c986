"""Which masked sentences may be alike: they share a band of their MinHash."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np
from numpy.typing import NDArray

from pipeline.copies.compiled import compiled
from pipeline.copies.hashing import Numbers
from pipeline.copies.ragged import HALF, LOW, bucket_end

PLACED = 20  # sentences of a bucket that an asked one meets
THREADS = 2  # bands at a time: each holds its pairs until they are told apart

Codes = NDArray[np.uint64]


def near_pairs(
    bands: NDArray[np.uint32], story: Numbers, asked: NDArray[np.bool_]
) -> tuple[Numbers, Numbers]:
    """Asked keys, and others that they may be like; `story` tells a key, if several then one of its own.

    In a bucket every asked sentence meets the first PLACED others, one of each story first: to know that a
    sentence stands elsewhere it is enough to find one.
    """
    found = np.empty(0, np.uint64)
    with ThreadPoolExecutor(THREADS) as pool:
        for codes in pool.map(lambda band: _distinct(_met(_in_buckets(band, story), asked)), bands):
            found = _distinct(np.concatenate([found, codes]))
    return (found >> HALF).astype(np.int64), (found & LOW).astype(np.int64)


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


def _distinct(codes: Codes) -> Codes:
    codes.sort()
    return codes[np.concatenate([[True], codes[1:] != codes[:-1]])] if len(codes) else codes


@compiled
def _met(codes: Codes, asked: NDArray[np.bool_]) -> Codes:
    """Asked key above other key, of one band."""
    found, filled = np.empty(_room(codes, asked), np.uint64), 0
    begin = 0
    while begin < len(codes):
        end = bucket_end(codes, begin)
        for at in range(begin, end):
            if asked[codes[at] & LOW]:
                for other in range(begin, min(end, begin + PLACED)):
                    if other != at:
                        found[filled] = codes[at] << HALF | codes[other] & LOW
                        filled += 1
        begin = end
    return found[:filled]


@compiled
def _room(codes: Codes, asked: NDArray[np.bool_]) -> int:
    """At most so many meetings."""
    room = begin = 0
    while begin < len(codes):
        end = bucket_end(codes, begin)
        for at in range(begin, end):
            if asked[codes[at] & LOW]:
                room += min(PLACED, end - begin)
        begin = end
    return room
