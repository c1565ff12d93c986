"""How much of a text stands in another, line by line: one text marked in a table, many looked up."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from pipeline.compiled import compiled, inner
from pipeline.copies.grams import PLACE_BITS
from pipeline.copies.lines import Places

# Of a line's grams. Where every fifth word is replaced on both sides, three lines of four keep .35 of theirs
# in one sentence; by chance .02 of the lines of unrelated real pages do, and .1 of those of a grammar with 16
# words a slot (where .3 lets .25 through). Fewer than three are chance in a short line.
LINE_SHARE = 0.35
LINE_GRAMS = 3
SURE_SHARE = 0.75  # so many of a line's grams somewhere in a text are not scattered over it by chance

# Of lines that name a platform, of a text that names one; and the share that makes a text a version anyway.
LEAST_NAMED = 2  # one alone may stand in what a copy added
WHOLLY_SHARED = 0.85

Marks = NDArray[np.uint64]


@compiled
def no_marks() -> Marks:
    """A bit for each of 2**22 places: half a megabyte, which a core's own cache holds."""
    return np.zeros(1 << (PLACE_BITS - 6), np.uint64)


@inner
def mark(marks: Marks, places: Places) -> None:
    for place in places:
        marks[place >> np.uint32(6)] |= np.uint64(1) << np.uint64(place & np.uint32(63))


@inner
def unmark(marks: Marks, places: Places) -> None:
    for place in places:
        marks[place >> np.uint32(6)] = np.uint64(0)


@inner
def hits(marks: Marks, places: Places) -> int:
    """How many of these grams are among the marked ones, with repeats."""
    found = 0
    for place in places:
        found += int((marks[place >> np.uint32(6)] >> np.uint64(place & np.uint32(63))) & np.uint64(1))
    return found


@inner
def is_like(found: int, size: int, least_share: float) -> bool:
    """Whether so many grams of a line of this size make it a version."""
    return found >= LINE_GRAMS and found >= least_share * size


@inner
def is_passage(names: int, shared_names: int, share: float) -> bool:
    """Whether two texts share a passage (law, a statement) that names nobody, while one names a platform.

    A template is a text into which names are filled, so that its versions share lines that name. Left alone:
    texts that name nobody or once, as where a lender is on no list; texts that are nearly whole the same.
    """
    return names >= LEAST_NAMED and shared_names == 0 and share < WHOLLY_SHARED
