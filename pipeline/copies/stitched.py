"""Pages stitched together from two texts: no story of their own, no second place of their parents."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.compiled import compiled, inner
from pipeline.copies.aligned import forget_texts, learn_texts, no_sentences, version_of
from pipeline.copies.cores import Cores
from pipeline.copies.groups import Grouping, Tables, most_lines
from pipeline.copies.hashing import Numbers
from pipeline.copies.lines import Lines, line_grams
from pipeline.copies.marked import LINE_SHARE, hits, is_like, mark, no_marks, unmark
from pipeline.copies.ragged import list_of
from pipeline.copies.remembered import face_of
from pipeline.copies.seen import Seen

LEAST_PART = 0.2  # a parent gives so much of the page, and of what the other parent does not give
LEAST_TOGETHER = 0.65
COVERED = 0.75  # a page that one group covers so far is that group's
MOST_PAGES = 3  # a core with more copies is a text of its own, whoever wrote it
LEAST_SHARED = 7  # of 64 bins: halves of two texts, reworded, share 12 with each
STITCHED = np.uint64(7)  # the question; its figures are the parents' places among those that are looked at
MOST_RELATED = 6  # groups looked at for one page, the likest


@dataclass(frozen=True)
class Stitch:
    """A core and the cores that founded its parents' groups, the larger part first."""

    core: int
    first: int
    second: int


def stitched(seen: Seen, found: Grouping) -> dict[int, tuple[int, int]]:
    """Leader of a stitched core → its parents' groups, by the leaders of the cores that founded them.

    A page made of halves of two others is covered by them; but so is a page of which two others took a half
    each. Pages with the heavier parents are believed first, and what is stitched is nobody's parent.
    """
    leaders, weights = found.cores.leaders, _group_weights(found)
    told = list(_told(seen, found))
    told.sort(
        key=lambda s: (
            -min(weights[s.first], weights[s.second]),
            -weights[s.first] - weights[s.second],
            s.core,
        )
    )
    parents: dict[int, tuple[int, int]] = {}
    given: set[int] = set()
    for stitch in told:
        if not {stitch.first, stitch.second} & parents.keys() and stitch.core not in given:
            parents[stitch.core] = stitch.first, stitch.second
            given |= {stitch.first, stitch.second}
    group = leaders[found.founder]
    return {int(leaders[core]): (int(group[a]), int(group[b])) for core, (a, b) in parents.items()}


def _told(seen: Seen, found: Grouping) -> Iterator[Stitch]:
    """Pages of which two groups seem to be the parents, remembered or looked at."""
    cores, doubtful = found.cores, list(_doubtful(found))
    left = np.array([face_of(STITCHED, seen.faces[cores.leaders[[core]]]) for core, _ in doubtful], np.uint64)
    right = np.array([face_of(STITCHED, cores.faces[near]) for _, near in doubtful], np.uint64)
    asking = seen.remembered.recall(left, right)
    tables = Tables(no_marks(), no_sentences(most_lines(seen.texts, cores)))
    for at, (core, near) in enumerate(doubtful):
        asking.asked[at] = asking.known[at]
        if np.isnan(asking.known[at, 0]):
            asking.asked[at] = _parents(seen.texts.lines, cores, seen.counted, tables, (core, np.array(near)))
        first, second = asking.asked[at].astype(int).tolist()
        if first != second:
            yield Stitch(core, near[first], near[second])
    seen.remembered.hold(left, right, asking)


def _group_weights(found: Grouping) -> Numbers:
    return np.bincount(found.founder, found.cores.weights, minlength=len(found.founder)).astype(np.int64)


def _doubtful(found: Grouping) -> Iterator[tuple[int, list[int]]]:
    """Cores that no group covers well, with the founders of the groups that are likest them."""
    light = (found.cores.weights <= MOST_PAGES) & (found.covered < COVERED)
    one = np.concatenate([found.pairs.earlier, found.pairs.later])
    other = np.concatenate([found.pairs.later, found.pairs.earlier])
    shared = np.concatenate([found.pairs.shared, found.pairs.shared])
    asked = light[one] & (shared >= LEAST_SHARED)
    one, other, shared = one[asked], other[asked], shared[asked]
    founder = found.founder[other]
    other = np.where(founder == one, other, founder)  # a parent may have joined its stitched page's group
    order = np.lexsort((other, -shared, one))
    starts = np.searchsorted(one[order], np.arange(len(light) + 1))
    for core in np.flatnonzero(light).tolist():
        near = other[order[starts[core] : starts[core + 1]]].tolist()
        likest = [founder for founder in dict.fromkeys(near) if founder != core][:MOST_RELATED]
        if len(likest) > 1:
            yield core, likest


@compiled
def _parents(
    lines: Lines, cores: Cores, counted: NDArray[np.bool_], tables: Tables, asked: tuple[int, Numbers]
) -> tuple[int, int]:
    """Places of the founder that covers most and of the one that covers most of the rest; 0, 0: too little.

    Chosen roughly, among few; then asked sentence by sentence.
    """
    core, near = asked
    text = cores.leaders[core]
    weights = _weights(lines, counted, text)
    rough, nothing = np.zeros((len(near), len(weights)), np.bool_), np.zeros(len(weights), np.bool_)
    for at in range(len(near)):
        _mark_rough(lines, cores, tables, (text, near[at]), rough[at])
    first = _heaviest(rough, weights, nothing)
    second = _heaviest(rough, weights, rough[first])
    one = _known(lines, cores, tables, (text, near[first]))
    other = _known(lines, cores, tables, (text, near[second]))
    larger, smaller = _weight(weights, one, nothing), _weight(weights, other, one)
    total = max(1, weights.sum())
    if min(larger, smaller) < LEAST_PART * total or larger + smaller < LEAST_TOGETHER * total:
        return 0, 0
    return first, second


@inner
def _weights(lines: Lines, counted: NDArray[np.bool_], text: int) -> Numbers:
    """Grams of each line, 0 where it is not counted."""
    first, end = lines.texts[text], lines.texts[text + 1]
    found = np.zeros(end - first, np.int64)
    for line in range(first, end):
        if counted[lines.ids[line]]:
            found[line - first] = len(line_grams(lines, line))
    return found


@inner
def _weight(weights: Numbers, held: NDArray[np.bool_], without: NDArray[np.bool_]) -> int:
    total = 0
    for line in range(len(weights)):
        if held[line] and not without[line]:
            total += weights[line]
    return total


@inner
def _heaviest(rough: NDArray[np.bool_], weights: Numbers, without: NDArray[np.bool_]) -> int:
    """The first of the rows that hold most."""
    best, most = 0, -1
    for row in range(len(rough)):
        held = _weight(weights, rough[row], without)
        if held > most:
            best, most = row, held
    return best


@inner
def _mark_rough(
    lines: Lines, cores: Cores, tables: Tables, pair: tuple[int, int], found: NDArray[np.bool_]
) -> None:
    """Lines of the text that have enough grams in the founder's profile."""
    text, founder = pair
    first = lines.texts[text]
    profile = list_of(cores.profiles, founder)
    mark(tables.marks, profile)
    for at in range(len(found)):
        places = line_grams(lines, first + at)
        found[at] = is_like(hits(tables.marks, places), len(places), LINE_SHARE)
    unmark(tables.marks, profile)


@inner
def _known(lines: Lines, cores: Cores, tables: Tables, pair: tuple[int, int]) -> NDArray[np.bool_]:
    """Lines of the text that are versions of sentences of the founder."""
    text, founder = pair
    first, end = lines.texts[text], lines.texts[text + 1]
    speakers = list_of(cores.speakers, founder)
    learn_texts(tables.known, lines, speakers, LINE_SHARE)
    found = np.zeros(end - first, np.bool_)
    for line in range(first, end):
        found[line - first] = version_of(tables.known, line_grams(lines, line), LINE_SHARE) > 0
    forget_texts(tables.known, lines, speakers)
    return found
