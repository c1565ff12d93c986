"""Groups of near-equal texts without chains: a member is like its leader, never only like its neighbour."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from pipeline.compiled import compiled, inner
from pipeline.copies.hashing import Numbers
from pipeline.copies.lines import Lines, line_grams
from pipeline.copies.marked import LINE_SHARE, Marks, hits, is_like, is_passage, mark, no_marks, unmark
from pipeline.copies.ragged import Ragged
from pipeline.copies.remembered import Asking, faces_of, take_known
from pipeline.copies.seen import Seen

# From findings, copies.md §2, which had .5: there a page stitched from two halves is like both and leads them
# into one core. On farms that are much reworded .5 and .6 measure 1.000 and .994 to 1.000.
LEAST_JACCARD = 0.6
LEAST_GRAMS = 40  # of what is compared; a text with less is like too much by chance
JACCARD = np.uint64(2)  # the question; its first figure is the answer


def leaders(seen: Seen, pages: Numbers, pairs: tuple[Numbers, Numbers]) -> Numbers:
    """For each text the number of its leader; `pairs` of texts are looked at.

    Leaders are the texts with most pages and neighbours, ties the lower number: a page stitched together has
    many neighbours and one page. Connected components would chain (F1 .64
    at 100,000 pages).
    """
    count = len(seen.texts)
    near = _neighbours(count, pairs)
    weights = pages + np.diff(near.starts)
    order = np.lexsort((np.arange(count), -weights))
    asks = faces_of(JACCARD, Ragged(np.arange(count + 1), seen.faces))
    left, right = np.repeat(asks, np.diff(near.starts)), seen.faces[near.values]
    asking = seen.remembered.recall(left, right)
    leader = _lead(seen.texts.lines, (seen.counted, seen.sizes), near, order, asking)
    seen.remembered.hold(left, right, asking)
    return leader


def _neighbours(count: int, pairs: tuple[Numbers, Numbers]) -> Ragged:
    """Of each text the others that it is paired with."""
    one = np.concatenate(pairs)
    other = np.concatenate(pairs[::-1])
    order = np.argsort(one, kind="stable")
    return Ragged(np.searchsorted(one[order], np.arange(count + 1)), other[order])


@compiled
def _lead(
    lines: Lines, counted: tuple[NDArray[np.bool_], Numbers], near: Ragged, order: Numbers, asking: Asking
) -> Numbers:
    """`order`: the first texts lead first. `counted`: lines that are compared, grams of each text in them."""
    _, sizes = counted
    leader = np.full(len(sizes), -1, np.int64)
    marks = no_marks()
    for text in order:
        if leader[text] >= 0:
            continue
        leader[text] = text
        if sizes[text] < LEAST_GRAMS:
            continue
        marked = False
        for at in range(near.starts[text], near.starts[text + 1]):
            other = near.values[at]
            if leader[other] >= 0:
                continue
            if take_known(asking, at, at + 1):
                if not marked:
                    _mark_counted(marks, lines, counted[0], text)
                    marked = True
                asking.asked[at, 0] = _jaccard(marks, lines, counted, (text, other))
                asking.asked[at, 1] = 0.0
            if asking.asked[at, 0] >= LEAST_JACCARD:
                leader[other] = text
        if marked:
            for line in range(lines.texts[text], lines.texts[text + 1]):
                unmark(marks, line_grams(lines, line))
    return leader


@inner
def _mark_counted(marks: Marks, lines: Lines, counted: NDArray[np.bool_], text: int) -> None:
    for line in range(lines.texts[text], lines.texts[text + 1]):
        if counted[line]:
            mark(marks, line_grams(lines, line))


@inner
def _jaccard(
    marks: Marks, lines: Lines, counted: tuple[NDArray[np.bool_], Numbers], pair: tuple[int, int]
) -> float:
    """Grams of counted lines in common over all; 0 of texts that only share a passage.

    Repeats within a text are counted as often as they stand.
    """
    text, other = pair
    compared, sizes = counted
    both = names = shared_names = 0
    for line in range(lines.texts[other], lines.texts[other + 1]):
        if compared[line]:
            places = line_grams(lines, line)
            found = hits(marks, places)
            both += found
            names += lines.named[line]
            shared_names += lines.named[line] and is_like(found, len(places), LINE_SHARE)
    if is_passage(names, shared_names, both / max(1, sizes[other])):
        return 0.0
    return float(both / max(1, sizes[text] + sizes[other] - both))
