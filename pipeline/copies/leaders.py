"""Groups of near-equal texts without chains: a member is like its leader, never only like its neighbour."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from pipeline.compiled import compiled, inner
from pipeline.copies.hashing import Numbers
from pipeline.copies.lines import Lines, line_grams
from pipeline.copies.marked import LINE_SHARE, Marks, hits, is_like, is_passage, mark, no_marks, unmark
from pipeline.copies.ragged import Ragged, chosen
from pipeline.copies.remembered import Asking, Bits, faces_of, take_known
from pipeline.copies.seen import Seen

# From findings, copies.md §2, which had .5: there a page stitched from two halves is like both and leads them
# into one core. On farms that are much reworded .5 and .6 measure 1.000 and .994 to 1.000.
LEAST_JACCARD = 0.6
LEAST_GRAMS = 40  # of what is compared; a text with less is like too much by chance
TOGETHER = 1 << 16  # texts at a time: what is known and asked of their pairs takes a thousand bytes a text
JACCARD = np.uint64(2)  # the question; its first figure is the answer


class _Compared(NamedTuple):
    """Lines that are compared, and the grams of each text in them."""

    lines: Lines
    counted: Bits
    sizes: Numbers


def leaders(seen: Seen, pages: Numbers, pairs: tuple[Numbers, Numbers]) -> Numbers:
    """For each text the number of its leader; `pairs` of texts are looked at.

    Leaders are the texts with most pages and neighbours, ties the lower number: a page stitched together has
    many neighbours and one page. Connected components would chain (F1 .64
    at 100,000 pages).
    """
    count = len(seen.texts)
    near = _neighbours(count, *pairs)
    order = np.lexsort((np.arange(count), -(pages + np.diff(near.starts))))
    asks = faces_of(JACCARD, Ragged(np.arange(count + 1), seen.faces))
    compared = _Compared(seen.texts.lines, seen.counted, seen.sizes)
    leader = np.full(count, -1, np.int64)
    for start in range(0, count, TOGETHER):
        some = order[start : start + TOGETHER]
        some = some[leader[some] < 0]
        others = chosen(near, some)
        left, right = np.repeat(asks[some], np.diff(others.starts)), seen.faces[others.values]
        asking = seen.remembered.recall(left, right)
        _lead(compared, some, others, asking, leader)
        seen.remembered.hold(left, right, asking)
    return leader


@compiled
def _neighbours(count: int, lower: Numbers, upper: Numbers) -> Ragged:
    """Of each text the others that it is paired with."""
    starts = np.zeros(count + 1, np.int64)
    for at in range(len(lower)):
        starts[lower[at] + 1] += 1
        starts[upper[at] + 1] += 1
    starts = np.cumsum(starts)
    filled, values = starts.copy(), np.empty(starts[-1], np.int32)
    for at in range(len(lower)):
        values[filled[lower[at]]] = upper[at]
        values[filled[upper[at]]] = lower[at]
        filled[lower[at]] += 1
        filled[upper[at]] += 1
    return Ragged(starts, values)


@compiled
def _lead(compared: _Compared, some: Numbers, near: Ragged, asking: Asking, leader: Numbers) -> None:
    """Into `leader` for these texts and for those of `near` (the others of each) that they lead; the first
    texts lead first."""
    lines, counted, sizes = compared
    marks = no_marks()
    for number in range(len(some)):
        text = some[number]
        if leader[text] >= 0:
            continue
        leader[text] = text
        if sizes[text] < LEAST_GRAMS:
            continue
        marked = False
        for at in range(near.starts[number], near.starts[number + 1]):
            other = near.values[at]
            if leader[other] >= 0:
                continue
            if take_known(asking, at, at + 1):
                if not marked:
                    _mark_counted(marks, lines, counted, text)
                    marked = True
                asking.asked[at, 0] = _jaccard(marks, compared, text, other)
                asking.asked[at, 1] = 0.0
            if asking.asked[at, 0] >= LEAST_JACCARD:
                leader[other] = text
        if marked:
            for line in range(lines.texts[text], lines.texts[text + 1]):
                unmark(marks, line_grams(lines, line))


@inner
def _mark_counted(marks: Marks, lines: Lines, counted: Bits, text: int) -> None:
    for line in range(lines.texts[text], lines.texts[text + 1]):
        if counted[lines.ids[line]]:
            mark(marks, line_grams(lines, line))


@inner
def _jaccard(marks: Marks, compared: _Compared, text: int, other: int) -> float:
    """Grams of counted lines in common over all; 0 of texts that only share a passage.

    Repeats within a text are counted as often as they stand.
    """
    lines, counted, sizes = compared
    both = names = shared_names = 0
    for line in range(lines.texts[other], lines.texts[other + 1]):
        different = lines.ids[line]
        if counted[different]:
            places = line_grams(lines, line)
            found = hits(marks, places)
            both += found
            names += lines.named[different]
            shared_names += lines.named[different] and is_like(found, len(places), LINE_SHARE)
    if is_passage(names, shared_names, both / max(1, sizes[other])):
        return 0.0
    return float(both / max(1, sizes[text] + sizes[other] - both))
