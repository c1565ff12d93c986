"""How much of a text stands in another, line by line: one text marked in a table, many looked up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from pipeline.copies.hashing import Numbers
from pipeline.copies.texts import PLACE_BITS, Places, Texts

# Of a line's grams. Where every fifth word is replaced on both sides, three lines of four keep .35 of theirs
# in one sentence; by chance .02 of the lines of unrelated real pages do, and .1 of those of a grammar with 16
# words a slot (where .3 lets .25 through). Fewer than three are chance in a short line.
LINE_SHARE = 0.35
LINE_GRAMS = 3
SURE_SHARE = 0.75  # so many of a line's grams somewhere in a text are not scattered over it by chance


@dataclass(frozen=True)
class Gathered:
    """Lines of some texts one after the other: which, whose (a place in the list of texts), their grams."""

    lines: Numbers
    owners: Numbers
    sizes: Numbers
    places: Places

    @classmethod
    def of(cls, texts: Texts, units: Sequence[int] | Numbers) -> Gathered:
        ends = np.array([texts.text_lines[unit + 1] for unit in units], np.int64)
        counts = np.array([texts.text_lines[unit + 1] - texts.text_lines[unit] for unit in units], np.int64)
        owners = np.repeat(np.arange(len(counts)), counts)
        lines = np.arange(len(owners)) + np.repeat(ends - np.cumsum(counts), counts)
        places = np.concatenate([texts.grams(unit) for unit in units])
        return cls(lines, owners, texts.line_sizes[lines], places)

    @classmethod
    def of_lines(cls, texts: Texts, lines: Numbers) -> Gathered:
        """Single lines, each as if it were a text."""
        held = [
            texts.places[texts.line_starts[line] : texts.line_starts[line + 1]] for line in lines.tolist()
        ]
        places = np.concatenate([*held, np.empty(0, np.uint32)])
        return cls(lines, np.arange(len(lines)), texts.line_sizes[lines], places)

    def weights(self, counted: NDArray[np.bool_]) -> Numbers:
        """Grams of each line, 0 where it is not counted."""
        return np.where(counted[self.lines], self.sizes, 0)


@dataclass(frozen=True)
class Marked:
    """A table of 2**22 places, in which one set of grams at a time is marked."""

    texts: Texts
    table: NDArray[np.bool_] = field(default_factory=lambda: np.zeros(1 << PLACE_BITS, np.bool_))

    def hits(self, marked: Places, gathered: Gathered) -> Numbers:
        """Per line how many of its grams are among the marked ones."""
        self.table[marked] = True
        total = np.concatenate([[0], np.cumsum(self.table[gathered.places])])
        self.table[marked] = False
        ends = np.cumsum(gathered.sizes)
        found: Numbers = total[ends] - total[ends - gathered.sizes]
        return found
