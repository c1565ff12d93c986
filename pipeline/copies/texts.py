"""The normal forms of a corpus as arrays: lines, the grams of those that differ, and bands."""

from __future__ import annotations

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import islice

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from pipeline.compiled import compiled
from pipeline.copies.distinct import DistinctLines
from pipeline.copies.grams import Read, Strings, read_texts
from pipeline.copies.hashing import Numbers
from pipeline.copies.lines import Lines
from pipeline.copies.minhash import band_hashes
from pipeline.room import room

Bands = NDArray[np.int64]

NO_BANDS = np.empty((0, 0), np.int64)


@dataclass(frozen=True)
class Texts:
    """`lines`, for compiled code; of each different one its key and whether it is quoted (`Different`)."""

    lines: Lines
    keys: NDArray[np.uint64]
    quoted: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.lines.texts) - 1

    def counted_sizes(self, counted: NDArray[np.bool_]) -> Numbers:
        """Of each text the grams of counted lines; `counted`: of the different lines."""
        return _counted_sizes(self.lines, counted)


def texts_of(batches: Iterable[pa.Array[pa.StringScalar]]) -> tuple[Texts, Bands]:
    """Of normal forms, one sentence a line, with the (texts, 32) hashes of their bands; on all cores:
    compiled code leaves the interpreter's lock."""
    workers = room().cores
    distinct, lines, bands = DistinctLines(), [np.zeros(1, np.int64)], [NO_BANDS]
    ids = [np.empty(0, np.uint32)]
    with ThreadPoolExecutor(workers) as pool:
        rest, count = iter(batches), 0
        while some := list(islice(rest, workers * 2)):
            firsts = count + np.cumsum([0, *map(len, some)])
            count = int(firsts[-1])
            for read, hashes in pool.map(_read, some, firsts[:-1].tolist()):
                ids.append(distinct.add(read))
                lines.append(read.lines)
                bands.append(hashes)
    places, held = distinct.held()
    told = Lines(
        places, held.begins, held.sizes, held.named, np.concatenate(ids), np.cumsum(np.concatenate(lines))
    )
    return Texts(told, held.keys, held.quoted), np.concatenate(bands[1:] or bands)


def _read(batch: pa.Array[pa.StringScalar], first: int) -> tuple[Read, Bands]:
    """`first`: the number of the batch's first text."""
    read = read_texts(Strings.of(batch))
    return read, band_hashes(read.minima, first)


@compiled
def _counted_sizes(lines: Lines, counted: NDArray[np.bool_]) -> Numbers:
    sizes = np.zeros(len(lines.texts) - 1, np.int64)
    for text in range(len(sizes)):
        for line in range(lines.texts[text], lines.texts[text + 1]):
            different = lines.ids[line]
            if counted[different]:
                sizes[text] += lines.sizes[different]
    return sizes
