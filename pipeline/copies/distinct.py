"""The grams of a corpus, of equal lines once: of four lines of a farm three stand in other texts, too."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipeline.compiled import compiled, inner
from pipeline.copies.grams import Read
from pipeline.copies.hashing import Numbers
from pipeline.copies.lines import Places

FIRST_PLACES, FIRST_KEYS = 1 << 16, 1 << 12
FREE = np.uint64(0)  # also the key of a line without grams, which is not kept


class _Table(NamedTuple):
    """By the key of a line where its grams begin; as many places as a power of two, half of them free."""

    keys: NDArray[np.uint64]
    begins: Numbers


class DistinctLines:
    """Grows where it stands: copies of half a gigabyte would double the peak.

    Lines with one key have the same grams; in another order they would be the same to every comparison.
    """

    def __init__(self) -> None:
        self._places, self._filled = np.empty(FIRST_PLACES, np.uint32), 0
        self._table, self._count = _table(FIRST_KEYS), 0

    def add(self, read: Read) -> Numbers:
        """Where the grams of each line begin."""
        begins = np.zeros(len(read.line_keys), np.int64)
        self._make_room(len(read.places), len(begins))
        self._filled, self._count = _add(self._table, read, (self._places, self._filled), self._count, begins)
        return begins

    def places(self) -> Places:
        self._places.resize(self._filled, refcheck=False)
        return self._places

    def _make_room(self, places: int, lines: int) -> None:
        end, size = self._filled + places, len(self._table.keys)
        if end > len(self._places):
            self._places.resize(max(end, len(self._places) * 5 // 4), refcheck=False)
        while size < 2 * (self._count + lines):
            size *= 2
        if size > len(self._table.keys):
            before, self._table = self._table, _table(size)
            _move(before, self._table)


def _table(size: int) -> _Table:
    return _Table(np.zeros(size, np.uint64), np.empty(size, np.int64))


@inner
def _place(table: _Table, key: np.uint64) -> np.uint64:
    """Where the key stands, or the free place where it would."""
    mask = np.uint64(len(table.keys) - 1)
    place = key & mask
    while table.keys[place] != FREE and table.keys[place] != key:
        place = (place + np.uint64(1)) & mask
    return place


@compiled
def _add(table: _Table, read: Read, held: tuple[Places, int], count: int, begins: Numbers) -> tuple[int, int]:
    """Lines that are new go behind those that are held; how many grams and lines are held then."""
    (places, filled), at = held, 0
    for line in range(len(begins)):
        key, size = read.line_keys[line], read.line_sizes[line]
        place = _place(table, key)
        if key != FREE and table.keys[place] == key:
            begins[line] = table.begins[place]
        elif size:
            begins[line] = filled
            places[filled : filled + size] = read.places[at : at + size]
            filled += size
            if key != FREE:
                table.keys[place], table.begins[place] = key, begins[line]
                count += 1
        at += size
    return filled, count


@compiled
def _move(before: _Table, table: _Table) -> None:
    for at in range(len(before.keys)):
        key = before.keys[at]
        if key != FREE:
            place = _place(table, key)
            table.keys[place], table.begins[place] = key, before.begins[at]
