"""Lists of different lengths as two arrays, for compiled code."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipeline.compiled import compiled, inner
from pipeline.copies.hashing import Numbers

HALF, LOW = np.uint64(32), np.uint64(0xFFFFFFFF)


class Ragged(NamedTuple):
    """The i-th list is `values[starts[i]:starts[i + 1]]`."""

    starts: Numbers
    values: NDArray[Any]


@inner
def list_of(lists: Ragged, at: int) -> NDArray[Any]:
    return lists.values[lists.starts[at] : lists.starts[at + 1]]


@inner
def bucket_end(codes: NDArray[np.uint64], begin: int) -> int:
    """Where the ordered codes end that have the same upper half as the one that begins here."""
    end = begin + 1
    while end < len(codes) and codes[end] >> HALF == codes[begin] >> HALF:
        end += 1
    return end


def chosen(lists: Ragged, which: Numbers) -> Ragged:
    """These lists, in this order."""
    counts = np.diff(lists.starts)[which]
    starts = np.concatenate([np.zeros(1, np.int64), np.cumsum(counts)])
    values = np.empty(starts[-1], lists.values.dtype)
    _copy(lists, which, values)
    return Ragged(starts, values)


@compiled
def _copy(lists: Ragged, which: Numbers, values: NDArray[Any]) -> None:
    filled = 0
    for at in which:
        for value in list_of(lists, at):
            values[filled] = value
            filled += 1


def joined(parts: Sequence[Ragged]) -> Ragged:
    """The lists of all parts, one part after the other."""
    counts = np.concatenate([np.diff(part.starts) for part in parts])
    starts = np.concatenate([np.zeros(1, np.int64), np.cumsum(counts)])
    return Ragged(starts, np.concatenate([part.values for part in parts]))
