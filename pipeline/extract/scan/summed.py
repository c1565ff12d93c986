"""What elements hold with all that stands in them: one pass from the end adds it up, parts stand behind."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipeline.compiled import FLAGS, NUMBERS, TABLE, compiled_for
from pipeline.extract.scan.measured import LINK_COST

MARKED_SHARE = 0.2  # of the text in an element named as furniture
DECAY = 0.85  # of a part's text, for the element that holds it
PRUNED_COST = 40  # a part that will be pruned weighs at most this much against what holds it
NONE, TOOL, FURNITURE = 0, 1, 2  # what an element's name says: furniture.py
Places = NDArray[np.int64]


class Weights(NamedTuple):
    """By element: what it says for being the article, and whether no article around it takes it in."""

    sums: NDArray[np.float64]
    out: NDArray[np.bool_]


@compiled_for(TABLE, NUMBERS, NUMBERS, NUMBERS)
def weights(lines: Places, parents: Places, named: Places, tables: Places) -> Weights:
    """`lines`: element, score and characters in links of each; `tables`: whether a part of a table.

    What is furniture counts little for what holds it; links and menus count against it, but not much. Tables
    whose cells lead nowhere are the article's, however few words each cell has.
    """
    size = parents.size
    sums, links, out = np.zeros(size, np.float64), np.zeros(size, np.int64), np.zeros(size, np.bool_)
    for line in range(lines.shape[1]):
        sums[lines[0, line]] += lines[1, line]
        links[lines[0, line]] += lines[2, line]
    for place in range(size - 1, -1, -1):
        is_table = tables[place] > 0 and not links[place]
        if named[place] == FURNITURE and sums[place] > 0 and place:
            sums[place] *= MARKED_SHARE
        out[place] = named[place] == FURNITURE or (sums[place] < -LINK_COST and not is_table)
        if place:
            links[parents[place]] += links[place]
            sums[parents[place]] += max(sums[place] * DECAY, 0.0 if is_table else -PRUNED_COST)
    return Weights(sums, out)


class Extents(NamedTuple):
    """By element: running text, first line, the one behind the last, last element inside, depth."""

    texts: NDArray[np.float64]
    starts: Places
    stops: Places
    ends: Places
    depths: Places


@compiled_for(TABLE, NUMBERS)
def extents(lines: Places, parents: Places) -> Extents:
    """`lines` as for `weights`. An element without a line starts behind all lines and stops at 0."""
    size, count = parents.size, lines.shape[1]
    texts, starts, stops = np.zeros(size, np.float64), np.full(size, count), np.zeros(size, np.int64)
    ends, depths = np.arange(size), np.zeros(size, np.int64)
    for line in range(count):
        place = lines[0, line]
        texts[place] += max(lines[1, line], 0)
        starts[place] = min(starts[place], line)
        stops[place] = line + 1
    for place in range(size - 1, 0, -1):
        parent = parents[place]
        texts[parent] += texts[place]
        ends[parent] = max(ends[parent], ends[place])
        starts[parent] = min(starts[parent], starts[place])
        stops[parent] = max(stops[parent], stops[place])
    for place in range(size):
        depths[place] = depths[parents[place]] + 1 if parents[place] >= 0 else 0
    return Extents(texts, starts, stops, ends, depths)


class Sizes(NamedTuple):
    """By element, with the parts in it: characters of its lines, of these the article's, its last element."""

    chars: Places
    shared: Places
    ends: Places


@compiled_for(NUMBERS, NUMBERS, NUMBERS, NUMBERS, FLAGS)
def sizes(lines: Places, chars: Places, shared: Places, parents: Places, out: NDArray[np.bool_]) -> Sizes:
    """`lines`: element of each, `chars` and `shared` its characters. What is out gives nothing further up."""
    size = parents.size
    whole, ours, ends = np.zeros(size, np.int64), np.zeros(size, np.int64), np.arange(size)
    for line in range(lines.size):
        whole[lines[line]] += chars[line]
        ours[lines[line]] += shared[line]
    for place in range(size - 1, 0, -1):
        parent = parents[place]
        ends[parent] = max(ends[parent], ends[place])
        if not out[place]:
            whole[parent] += whole[place]
            ours[parent] += ours[place]
    return Sizes(whole, ours, ends)
