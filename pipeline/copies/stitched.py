"""Pages stitched together from two texts: no story of their own, no second place of their parents."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.copies.groups import Comparer, Grouping
from pipeline.copies.hashing import Numbers
from pipeline.copies.marked import LINE_GRAMS, LINE_SHARE, Gathered
from pipeline.copies.remembered import Figures, face_of
from pipeline.copies.seen import Seen

LEAST_PART = 0.2  # a parent gives so much of the page, and of what the other parent does not give
LEAST_TOGETHER = 0.65
COVERED = 0.75  # a page that one group covers so far is that group's
MOST_PAGES = 3  # a core with more copies is a text of its own, whoever wrote it
LEAST_SHARED = 7  # of 64 bins: halves of two texts, reworded, share 12 with each
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
    comparer = Comparer.of(seen)
    leaders, weights = found.cores.leaders, _group_weights(found)
    told = [stitch for core, near in _doubtful(found) if (stitch := _remembered(comparer, found, core, near))]
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


def _group_weights(found: Grouping) -> Numbers:
    return np.bincount(found.founder, found.cores.weights, minlength=len(found.founder)).astype(np.int64)


def _doubtful(found: Grouping) -> Iterator[tuple[int, list[int]]]:
    """Cores that no group covers well, with the founders of the groups that are likest them."""
    light = (found.cores.weights <= MOST_PAGES) & (found.covered < COVERED)
    pairs = found.cores.pairs
    one = np.concatenate([pairs.earlier, pairs.later])
    other = np.concatenate([pairs.later, pairs.earlier])
    shared = np.concatenate([pairs.shared, pairs.shared])
    asked = light[one] & (shared >= LEAST_SHARED)
    one, other, shared = one[asked], other[asked], shared[asked]
    founder = found.founder[other]
    other = np.where(
        founder == one, other, founder
    )  # a parent may have joined the group of its stitched page
    order = np.lexsort((other, -shared, one))
    starts = np.searchsorted(one[order], np.arange(len(light) + 1))
    for core in np.flatnonzero(light).tolist():
        near = other[order[starts[core] : starts[core + 1]]].tolist()
        likest = [founder for founder in dict.fromkeys(near) if founder != core][:MOST_RELATED]
        if len(likest) > 1:
            yield core, likest


def _remembered(comparer: Comparer, found: Grouping, core: int, near: list[int]) -> Stitch | None:
    cores, seen = found.cores, comparer.seen
    asked = np.array([face_of(cores.faces[near])], np.uint64)
    left = face_of(b"stitched", seen.faces[cores.leaders[core : core + 1]])
    figures = seen.remembered.compare(left, asked, lambda _: _stitch(comparer, found, core, near))
    first, second = figures[0].astype(int).tolist()
    return Stitch(core, near[first], near[second]) if first != second else None


def _stitch(comparer: Comparer, found: Grouping, core: int, near: list[int]) -> Figures:
    """Which parent covers most, and which most of the rest, by their places; twice 0 if they give too little.

    Chosen roughly, among few; then asked sentence by sentence.
    """
    gathered = Gathered.of(comparer.seen.texts, found.cores.leaders[core : core + 1])
    weights = gathered.weights(comparer.seen.counted) / max(1, gathered.sizes.sum())
    least = np.maximum(LINE_GRAMS, LINE_SHARE * gathered.sizes)
    table = np.array(
        [comparer.marked.hits(found.cores.profiles[founder], gathered) >= least for founder in near]
    )
    first = int(np.argmax(table @ weights))
    second = int(np.argmax((table & ~table[first]) @ weights))
    alike = [_known(comparer, found, founder, core) for founder in (near[first], near[second])]
    total = max(1e-9, float(weights.sum()))
    given = float(alike[0] @ weights) / total, float((alike[1] & ~alike[0]) @ weights) / total
    if min(given) < LEAST_PART or sum(given) < LEAST_TOGETHER:
        return np.zeros((1, 2))
    return np.array([[first, second]], np.float64)


def _known(comparer: Comparer, found: Grouping, founder: int, core: int) -> NDArray[np.bool_]:
    """Lines of the core's leader that are versions of sentences of the founder."""
    comparer.aligned.learn(found.cores.speakers[founder])
    versions = comparer.aligned.versions(found.cores.leaders[core : core + 1])
    comparer.aligned.forget()
    known: NDArray[np.bool_] = versions.sentences > 0
    return known
