"""Groups of near-equal texts without chains: a member is like its leader, never only like its neighbour."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from pipeline.copies.hashing import Numbers
from pipeline.copies.marked import Gathered, Marked
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
    starts, others = _neighbours(len(texts), pairs)
    weights = pages + np.diff(starts)
    sizes = np.bincount(texts.line_text, texts.line_sizes * counted, minlength=len(texts))
    sizes = sizes.astype(np.int64)
    leader = np.full(len(texts), -1, np.int64)
    marked = Marked(texts)
    for text in np.lexsort((np.arange(len(texts)), -weights)).tolist():
        if leader[text] >= 0:
            continue
        leader[text] = text
        near = others[starts[text] : starts[text + 1]]
        near = near[leader[near] < 0]
        if len(near) and sizes[text] >= LEAST_GRAMS:
            alike = _jaccards(marked, sizes, counted, text, near) >= LEAST_JACCARD
            leader[near[alike]] = text
    return leader


def _neighbours(count: int, pairs: tuple[Numbers, Numbers]) -> tuple[Numbers, Numbers]:
    """Of each text: others[starts[text]:starts[text + 1]]."""
    one = np.concatenate(pairs)
    other = np.concatenate(pairs[::-1])
    order = np.argsort(one, kind="stable")
    return np.searchsorted(one[order], np.arange(count + 1)), other[order]


def _jaccards(
    marked: Marked, sizes: Numbers, counted: NDArray[np.bool_], text: int, near: Numbers
) -> NDArray[np.float64]:
    """Grams of counted lines in common over all; repeats within a text are counted as often as they stand."""
    gathered = Gathered.of(marked.texts, near)
    hits = marked.hits(marked.texts.grams(text), gathered)
    both = np.bincount(gathered.owners, hits * counted[gathered.lines], minlength=len(near))
    alike: NDArray[np.float64] = both / np.maximum(1, sizes[text] + sizes[near] - both)
    return alike
