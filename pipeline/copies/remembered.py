"""What was compared, now and by earlier builds: comparisons by what was compared, parts by what they hold.

How alike two texts are depends on the two alone, so it holds for ever; who leads and who joins whom depends
on all texts, and every build decides it anew, over remembered figures. That is why a build that remembers
gives the same as one that does not. To partition what may be alike would save nothing: of the 18,950 normal
forms of a reworded farm 15,228 hang together by chance likenesses, whose comparison then says no.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipeline.compiled import compiled, inner
from pipeline.copies.gramsets import mixed_one
from pipeline.copies.hashing import Numbers
from pipeline.copies.ragged import Ragged, chosen, list_of

Faces = NDArray[np.uint64]  # of texts, cores and parts: 64 bits over all that a comparison sees of them
Figures = NDArray[np.float64]  # a row of two for each comparison; NaN: none
Bits = NDArray[np.bool_]

FIGURES = 2


class Compared(NamedTuple):
    """Comparisons as columns, each once, in the order of (left, right)."""

    left: Faces
    right: Faces
    figures: Figures


class Parts(NamedTuple):
    """A bit for each line of a part, `lines` by part; in the order of the parts' faces, each once."""

    faces: Faces
    lines: Ragged


class Asking(NamedTuple):
    """Pairs that may be compared: what is known of each, and what this build did ask about."""

    known: Figures
    asked: Figures


def no_comparisons() -> Compared:
    return Compared(np.empty(0, np.uint64), np.empty(0, np.uint64), np.empty((0, FIGURES)))


def no_parts() -> Parts:
    return Parts(np.empty(0, np.uint64), Ragged(np.zeros(1, np.int64), np.empty(0, np.bool_)))


@dataclass(frozen=True)
class Known:
    """What a build found out and the next one need not."""

    compared: Compared = field(default_factory=no_comparisons)
    parts: Parts = field(default_factory=no_parts)

    @cached_property
    def ordered(self) -> tuple[Faces, Faces, Numbers]:
        """Each left face and each right one once, in order, and every comparison as a number of its two."""
        left, right, _ = self.compared
        lefts, rights = np.unique(left), np.unique(right)
        return lefts, rights, np.searchsorted(lefts, left) * len(rights) + np.searchsorted(rights, right)


@dataclass
class Remembered:
    """Answers from what is known, and holds what this build asked for."""

    known: Known = field(default_factory=Known)
    remade: int = 0  # parts that this build made
    _held: list[Compared] = field(default_factory=list)
    _parts: Parts = field(default_factory=no_parts)

    def recall(self, left: Faces, right: Faces) -> Asking:
        """What is known of these pairs."""
        known = np.full((len(left), FIGURES), np.nan)
        lefts, rights, codes = self.known.ordered
        at_left, is_left = _places(lefts, left)
        at_right, is_right = _places(rights, right)
        at, found = _places(codes, at_left * len(rights) + at_right)
        found &= is_left & is_right
        known[found] = self.known.compared.figures[at[found]]
        return Asking(known, np.full_like(known, np.nan))

    def hold(self, left: Faces, right: Faces, asking: Asking) -> None:
        """Of these pairs those that were asked about."""
        asked = ~np.isnan(asking.asked[:, 0])
        self._held.append(Compared(left[asked], right[asked], asking.asked[asked]))

    def recall_parts(self, faces: Faces, lines: Ragged) -> Bits:
        """Which of these parts are known; their bits are written into `lines`."""
        at, known = _places(self.known.parts.faces, faces)
        told = chosen(self.known.parts.lines, at[known])
        lines.values[np.repeat(known, np.diff(lines.starts))] = told.values
        return known

    def hold_parts(self, faces: Faces, lines: Ragged, known: Bits) -> None:
        """All parts of this build."""
        ordered, firsts = np.unique(faces, return_index=True)
        self._parts = Parts(ordered, chosen(lines, firsts))
        self.remade = int((~known[firsts]).sum())

    @property
    def comparisons(self) -> int:
        """Made by this build, each counted once."""
        left, right, _ = self.learnt().compared
        return int(np.isnan(self.recall(left, right).known[:, 0]).sum())

    @property
    def parts(self) -> int:
        """Of this build, remembered or not."""
        return len(self._parts.faces)

    def learnt(self) -> Known:
        """What this build asked for and nothing else: the same, whatever was known before."""
        held = [no_comparisons(), *self._held]
        left, right, figures = (np.concatenate(column) for column in zip(*held, strict=True))
        order = np.lexsort((right, left))
        left, right, figures = left[order], right[order], figures[order]
        new = np.ones(len(order), np.bool_)
        new[1:] = (left[1:] != left[:-1]) | (right[1:] != right[:-1])
        return Known(Compared(left[new], right[new], figures[new]), self._parts)


@inner
def take_known(asking: Asking, first: int, end: int) -> int:
    """Ask about these pairs: what is known is taken; how many must be compared."""
    new = 0
    for pair in range(first, end):
        if np.isnan(asking.asked[pair, 0]):
            asking.asked[pair, 0], asking.asked[pair, 1] = asking.known[pair, 0], asking.known[pair, 1]
            new += np.isnan(asking.asked[pair, 0])
    return new


@compiled
def face_of(question: np.uint64, values: Faces) -> np.uint64:
    """64 bits over other faces in their order; `question` keeps apart what is asked about the same."""
    face = mixed_one(question)
    for value in values:
        face = mixed_one(face ^ value)
    return face


@compiled
def faces_of(question: np.uint64, lists: Ragged) -> Faces:
    """One for each list of faces."""
    faces = np.empty(len(lists.starts) - 1, np.uint64)
    for at in range(len(faces)):
        faces[at] = face_of(question, list_of(lists, at))
    return faces


def _places(held: NDArray[np.generic], wanted: NDArray[np.generic]) -> tuple[Numbers, Bits]:
    """Where in an ordered array the wanted ones stand, and which of them do."""
    if not len(held):
        return np.zeros(len(wanted), np.int64), np.zeros(len(wanted), np.bool_)
    at = np.minimum(np.searchsorted(held, wanted), len(held) - 1)
    return at, held[at] == wanted
