"""Which sentence of a text each line of another is a version of: its grams stand in one line, not in many.

Any text of this topic holds a fifth of the grams of any sentence (.18 measured on real pages; a fifth of the
lines have .3), since everybody writes 与平台协商还款. A version of a sentence has them in one place.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from pipeline.copies.hashing import Numbers
from pipeline.copies.marked import LINE_GRAMS, LINE_SHARE, Gathered
from pipeline.copies.texts import PLACE_BITS, Places, Texts


@dataclass(frozen=True)
class Versions:
    """Per gathered line the sentence that it is a version of, from 1; 0 for none."""

    gathered: Gathered
    sentences: Numbers


@dataclass
class Aligned:
    """Sentences of one group in a table of 2**22 places: each gram names the first sentence that has it."""

    texts: Texts
    least_share: float = LINE_SHARE
    table: NDArray[np.int32] = field(default_factory=lambda: np.zeros(1 << PLACE_BITS, np.int32))
    count: int = 0
    _written: list[Places] = field(default_factory=list)

    def learn(self, units: Sequence[int] | Numbers) -> None:
        """Lines of these texts, one text after the other: versions of known sentences, or new ones."""
        for unit in units:
            self.learn_lines(Gathered.of(self.texts, [unit]))

    def learn_lines(self, gathered: Gathered) -> None:
        sentences = self.versions_of(gathered).sentences
        new = (sentences == 0) & (gathered.sizes >= LINE_GRAMS)
        sentences[new] = self.count + np.arange(1, int(new.sum()) + 1)
        self.count += int(new.sum())
        named = np.repeat(sentences, gathered.sizes)
        free = (self.table[gathered.places] == 0) & (named > 0)
        self.table[gathered.places[free]] = named[free]
        self._written.append(gathered.places)

    def versions(self, units: Sequence[int] | Numbers) -> Versions:
        return self.versions_of(Gathered.of(self.texts, units))

    def versions_of(self, gathered: Gathered) -> Versions:
        best, hits = self._best(gathered)
        enough = hits >= np.maximum(LINE_GRAMS, self.least_share * gathered.sizes)
        return Versions(gathered, np.where(enough, best, 0))

    def shares(self, units: Sequence[int] | Numbers) -> NDArray[np.float64]:
        """Of each line's grams the share in the sentence that has most."""
        gathered = Gathered.of(self.texts, units)
        _, hits = self._best(gathered)
        found: NDArray[np.float64] = hits / np.maximum(1, gathered.sizes)
        return found[gathered.sizes >= LINE_GRAMS]

    def _best(self, gathered: Gathered) -> tuple[Numbers, Numbers]:
        """Per line the sentence that has most of its grams, and how many."""
        named = self.table[gathered.places]
        found = np.flatnonzero(named)
        line = np.repeat(np.arange(len(gathered.sizes)), gathered.sizes)[found]
        codes, counts = np.unique((line << 32) | named[found], return_counts=True)
        best = np.zeros(len(gathered.sizes), np.int64)
        np.maximum.at(best, codes >> 32, (counts << 32) | (codes & 0xFFFFFFFF))
        return best & 0xFFFFFFFF, best >> 32

    def forget(self) -> None:
        for places in self._written:
            self.table[places] = 0
        self._written.clear()
        self.count = 0
