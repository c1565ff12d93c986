"""Groups of near-equal texts without chains: a member is like its leader, never only like its neighbour."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from pipeline.copies.compiled import compiled
from pipeline.copies.hashing import Numbers
from pipeline.copies.lines import Lines, grams_of, line_grams
from pipeline.copies.marked import Marks, hits, mark, no_marks, unmark
from pipeline.copies.ragged import Ragged
from pipeline.copies.texts import Texts

# From findings, copies.md §2, which had .5: there a page stitched from two halves is like both and leads them
# into one core. On farms that are much reworded .5 and .6 measure 1.000 and .994 to 1.000.
LEAST_JACCARD = 0.6
LEAST_GRAMS = 40  # of what is compared; a text with less is like too much by chance


def leaders(
    texts: Texts, pages: Numbers, pairs: tuple[Numbers, Numbers], counted: NDArray[np.bool_]
) -> Numbers:
    """For each text the number of its leader; `pairs` of texts are looked at, `counted` lines are compared.

    Leaders are the texts with most pages and neighbours, ties the lower number: a page stitched together has
    many neighbours and one page. Connected components would chain (F1 .64
    at 100,000 pages).
    """
    near = _neighbours(len(texts), pairs)
    weights = pages + np.diff(near.starts)
    order = np.lexsort((np.arange(len(texts)), -weights))
    return _lead(texts.lines, counted, texts.counted_sizes(counted), near, order)


def _neighbours(count: int, pairs: tuple[Numbers, Numbers]) -> Ragged:
    """Of each text the others that it is paired with."""
    one = np.concatenate(pairs)
    other = np.concatenate(pairs[::-1])
    order = np.argsort(one, kind="stable")
    return Ragged(np.searchsorted(one[order], np.arange(count + 1)), other[order])


@compiled
def _lead(lines: Lines, counted: NDArray[np.bool_], sizes: Numbers, near: Ragged, order: Numbers) -> Numbers:
    """`order`: the first texts lead first."""
    leader = np.full(len(sizes), -1, np.int64)
    marks = no_marks()
    for text in order:
        if leader[text] >= 0:
            continue
        leader[text] = text
        others = near.values[near.starts[text] : near.starts[text + 1]]
        if sizes[text] < LEAST_GRAMS or not len(others):
            continue
        mark(marks, grams_of(lines, text))
        for other in others:
            if leader[other] < 0 and _jaccard(marks, lines, counted, sizes, (text, other)) >= LEAST_JACCARD:
                leader[other] = text
        unmark(marks, grams_of(lines, text))
    return leader


@compiled
def _jaccard(
    marks: Marks, lines: Lines, counted: NDArray[np.bool_], sizes: Numbers, pair: tuple[int, int]
) -> float:
    """Grams of counted lines in common over all; repeats within a text are counted as often as they stand."""
    text, other = pair
    both = 0
    for line in range(lines.texts[other], lines.texts[other + 1]):
        if counted[line]:
            both += hits(marks, line_grams(lines, line))
    return float(both / max(1, sizes[text] + sizes[other] - both))
