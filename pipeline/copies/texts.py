"""The normal forms of a corpus as arrays: grams in the order of the text, lines, and bands."""

from __future__ import annotations

import os
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from pipeline.copies.distinct import DistinctLines
from pipeline.copies.grams import Read, Strings, read_texts
from pipeline.copies.hashing import Numbers
from pipeline.copies.lines import Lines, Places
from pipeline.copies.minhash import band_hashes

NO_BANDS = np.empty((0, 0), np.int64)


@dataclass(frozen=True)
class Texts:
    """`line_sizes[i]` of `places` from `line_begins[i]` on are the grams of line i; see `Lines`.

    Lines `text_lines[i]` to `text_lines[i + 1]` are those of text i. `line_keys` tells lines apart; 0: a line
    without grams. `quoted` lines are none of the text's own, `named` ones name a platform.
    """

    places: Places
    line_begins: Numbers
    line_sizes: NDArray[np.int32]
    text_lines: Numbers
    line_keys: NDArray[np.uint64]
    bands: NDArray[np.int64]
    quoted: NDArray[np.bool_]
    named: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.text_lines) - 1

    @property
    def lines(self) -> Lines:
        """For compiled code."""
        return Lines(self.places, self.line_begins, self.line_sizes, self.text_lines, self.named)

    @cached_property
    def line_text(self) -> Numbers:
        """The text that each line stands in."""
        return np.repeat(np.arange(len(self)), np.diff(self.text_lines))

    def counted_sizes(self, counted: NDArray[np.bool_]) -> Numbers:
        """Of each text the grams of counted lines."""
        sizes = np.bincount(self.line_text, self.line_sizes * counted, minlength=len(self))
        return sizes.astype(np.int64)


def texts_of(batches: Iterable[pa.Array[pa.StringScalar]]) -> Texts:
    """Of normal forms, one sentence a line; on all cores: compiled code leaves the interpreter's lock."""
    workers = os.cpu_count() or 1
    distinct, lines, bands = DistinctLines(), [], []
    begins, sizes, keys = [np.empty(0, np.int64)], [np.empty(0, np.int32)], [np.empty(0, np.uint64)]
    quoted, named = [np.empty(0, np.bool_)], [np.empty(0, np.bool_)]
    with ThreadPoolExecutor(workers) as pool:
        rest, count = iter(batches), 0
        while some := list(islice(rest, workers * 2)):
            firsts = count + np.cumsum([0, *map(len, some)])
            count = int(firsts[-1])
            for read, hashes in pool.map(_read, some, firsts[:-1].tolist()):
                begins.append(distinct.add(read))
                sizes.append(read.line_sizes.astype(np.int32))
                keys.append(read.line_keys)
                quoted.append(read.quoted)
                named.append(read.named)
                lines.append(read.lines)
                bands.append(hashes)
    return Texts(
        distinct.places(),
        np.concatenate(begins),
        np.concatenate(sizes),
        _ends(lines),
        np.concatenate(keys),
        np.concatenate(bands or [NO_BANDS]),
        np.concatenate(quoted),
        np.concatenate(named),
    )


def _read(batch: pa.Array[pa.StringScalar], first: int) -> tuple[Read, NDArray[np.int64]]:
    """`first`: the number of the batch's first text."""
    read = read_texts(Strings.of(batch))
    return read, band_hashes(read.minima, first)


def _ends(sizes: Iterable[Numbers]) -> Numbers:
    return np.cumsum(np.concatenate([np.zeros(1, np.int64), *sizes]))
