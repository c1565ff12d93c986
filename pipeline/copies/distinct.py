"""The lines of a corpus, equal ones once: of four lines of a farm three stand in other texts, too."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipeline.compiled import compiled, inner
from pipeline.copies.grams import Read
from pipeline.copies.hashing import Numbers, multipliers
from pipeline.copies.lines import Places

FIRST_PLACES, FIRST_LINES = 1 << 16, 1 << 12
FREE = np.uint64(0)
QUOTED, NAMED = multipliers(2, 4)  # told apart by these, too: lines too short for a gram have one key


class Different(NamedTuple):
    """Of each line that differs from those before it: its grams are `sizes[i]` of the corpus's from
    `begins[i]` on; `keys` tells lines with grams apart, 0: a line without. `quoted` lines are none of the
    text's own, `named` ones name a platform."""

    begins: Numbers
    sizes: NDArray[np.int32]
    keys: NDArray[np.uint64]
    quoted: NDArray[np.bool_]
    named: NDArray[np.bool_]


class _Table(NamedTuple):
    """By what a line is the number that it has; as many places as a power of two, half of them free."""

    faces: NDArray[np.uint64]
    ids: NDArray[np.uint32]


class DistinctLines:
    """Grows where it stands: copies of half a gigabyte would double the peak.

    Lines with one key have the same grams; in another order they would be the same to every comparison.
    """

    def __init__(self) -> None:
        self._places, self._filled = np.empty(FIRST_PLACES, np.uint32), 0
        self._table, self._count = _table(FIRST_LINES), 0
        self._lines = Different(
            np.empty(FIRST_LINES, np.int64),
            np.empty(FIRST_LINES, np.int32),
            np.empty(FIRST_LINES, np.uint64),
            np.empty(FIRST_LINES, np.bool_),
            np.empty(FIRST_LINES, np.bool_),
        )

    def add(self, read: Read) -> NDArray[np.uint32]:
        """Which of the different lines each line is."""
        ids = np.empty(len(read.line_keys), np.uint32)
        self._make_room(len(read.places), len(ids))
        held = self._places, self._filled, self._count
        self._filled, self._count = _add(self._table, self._lines, read, held, ids)
        return ids

    def held(self) -> tuple[Places, Different]:
        """All grams and all lines; nothing is added afterwards."""
        self._places.resize(self._filled, refcheck=False)
        for column in self._lines:
            column.resize(self._count, refcheck=False)
        return self._places, self._lines

    def _make_room(self, places: int, lines: int) -> None:
        end, size = self._filled + places, len(self._table.faces)
        if end > len(self._places):
            self._places.resize(max(end, len(self._places) * 5 // 4), refcheck=False)
        if self._count + lines > len(self._lines.begins):
            for column in self._lines:
                column.resize(max(self._count + lines, len(column) * 5 // 4), refcheck=False)
        while size < 2 * (self._count + lines):
            size *= 2
        if size > len(self._table.faces):
            before, self._table = self._table, _table(size)
            _move(before, self._table)


def _table(size: int) -> _Table:
    return _Table(np.zeros(size, np.uint64), np.empty(size, np.uint32))


@inner
def _place(table: _Table, face: np.uint64) -> np.uint64:
    """Where it stands, or the free place where it would."""
    mask = np.uint64(len(table.faces) - 1)
    place = face & mask
    while table.faces[place] != FREE and table.faces[place] != face:
        place = (place + np.uint64(1)) & mask
    return place


@inner
def _face(read: Read, line: int) -> np.uint64:
    """What a line is to every comparison."""
    face = read.line_keys[line] ^ np.uint64(read.quoted[line]) * QUOTED ^ np.uint64(read.named[line]) * NAMED
    return max(face, FREE + np.uint64(1))


@compiled
def _add(
    table: _Table, lines: Different, read: Read, held: tuple[Places, int, int], ids: NDArray[np.uint32]
) -> tuple[int, int]:
    """Lines that are new go behind those that are held; how many grams and lines are held then."""
    (places, filled, count), at = held, 0
    for line in range(len(ids)):
        face, size = _face(read, line), read.line_sizes[line]
        place = _place(table, face)
        if table.faces[place] == FREE:
            table.faces[place], table.ids[place] = face, count
            lines.begins[count], lines.sizes[count], lines.keys[count] = filled, size, read.line_keys[line]
            lines.quoted[count], lines.named[count] = read.quoted[line], read.named[line]
            places[filled : filled + size] = read.places[at : at + size]
            filled += size
            count += 1
        ids[line] = table.ids[place]
        at += size
    return filled, count


@compiled
def _move(before: _Table, table: _Table) -> None:
    for at in range(len(before.faces)):
        if before.faces[at] != FREE:
            place = _place(table, before.faces[at])
            table.faces[place], table.ids[place] = before.faces[at], before.ids[at]
