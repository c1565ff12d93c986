"""Which texts are compared at all: those that share a band of their MinHash."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

import duckdb
import numpy as np
from numpy.typing import NDArray

from pipeline.copies.hashing import Numbers
from pipeline.copies.sql import lend, numbers, take_back

Bands = NDArray[np.int64]


class Pairs(NamedTuple):
    """Texts by number, the lower one first; each pair once, the order of no matter."""

    lower: Numbers
    upper: Numbers


Join = Callable[[duckdb.DuckDBPyConnection, Bands], Pairs]


def pairs_of(connection: duckdb.DuckDBPyConnection, bands: Bands) -> Pairs:
    """`bands`: of each text its hashes; of one band alone, or of all, whose hashes say their band too."""
    count, width = bands.shape
    lend(connection, "copy_bands", {"hash": bands.ravel(), "unit": np.repeat(np.arange(count), width)})
    found = Pairs(**numbers(connection, "candidates"))
    take_back(connection, "copy_bands")
    return found


def merged(shards: Iterable[Pairs], count: int) -> Pairs:
    """Pairs of several bands, each once, of so many texts; beside them one shard is in memory."""
    codes = np.empty(0, np.int64)
    for lower, upper in shards:
        codes = np.union1d(codes, lower * count + upper)
    return Pairs(codes // max(1, count), codes % max(1, count))
