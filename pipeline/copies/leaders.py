"""Groups of near-equal texts without chains: a member is like its leader, never only like its neighbour."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pipeline.copies.hashing import Numbers
from pipeline.copies.marked import Gathered, Marked
from pipeline.copies.remembered import Bits, Figures, face_of
from pipeline.copies.seen import Seen

# From findings, copies.md §2, which had .5: there a page stitched from two halves is like both and leads them
# into one core. On farms that are much reworded .5 and .6 measure 1.000 and .994 to 1.000.
LEAST_JACCARD = 0.6
LEAST_GRAMS = 40  # of what is compared; a text with less is like too much by chance


def leaders(seen: Seen, pages: Numbers, pairs: tuple[Numbers, Numbers]) -> Numbers:
    """For each text the number of its leader; `pairs` of texts are looked at.

    Leaders are the texts with most pages and neighbours, ties the lower number: a page stitched together has
    many neighbours and one page. Connected components would chain (F1 .64
    at 100,000 pages).
    """
    count = len(seen.texts)
    starts, others = _neighbours(count, pairs)
    weights = pages + np.diff(starts)
    sizes = seen.sizes
    leader = np.full(count, -1, np.int64)
    compare = _Jaccard(seen, Marked(seen.texts), sizes)
    for text in np.lexsort((np.arange(count), -weights)).tolist():
        if leader[text] >= 0:
            continue
        leader[text] = text
        near = others[starts[text] : starts[text + 1]]
        near = near[leader[near] < 0]
        if len(near) and sizes[text] >= LEAST_GRAMS:
            leader[near[compare.alike(text, near)]] = text
    return leader


def _neighbours(count: int, pairs: tuple[Numbers, Numbers]) -> tuple[Numbers, Numbers]:
    """Of each text: others[starts[text]:starts[text + 1]]."""
    one = np.concatenate(pairs)
    other = np.concatenate(pairs[::-1])
    order = np.argsort(one, kind="stable")
    return np.searchsorted(one[order], np.arange(count + 1)), other[order]


@dataclass(frozen=True)
class _Jaccard:
    """Grams of counted lines in common over all; repeats within a text are counted as often as they stand."""

    seen: Seen
    marked: Marked
    sizes: Numbers

    def alike(self, text: int, near: Numbers) -> Bits:
        left = face_of(b"jaccard", self.seen.faces[text : text + 1])
        figures = self.seen.remembered.compare(
            left, self.seen.faces[near], lambda some: self._figures(text, near[some])
        )
        found: Bits = figures[:, 0] >= LEAST_JACCARD
        return found

    def _figures(self, text: int, near: Numbers) -> Figures:
        gathered = Gathered.of(self.seen.texts, near)
        hits = self.marked.hits(self.seen.texts.grams(text), gathered)
        both = np.bincount(gathered.owners, hits * self.seen.counted[gathered.lines], minlength=len(near))
        jaccards = both / np.maximum(1, self.sizes[text] + self.sizes[near] - both)
        return np.column_stack([jaccards, both])
