"""What elements hold, added up in machine code, beside what it says in Python."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.extract.scan.summed import (
    DECAY,
    FURNITURE,
    MARKED_SHARE,
    PRUNED_COST,
    extents,
    weights,
)

# Lines (score, characters in links) and elements (how far above the parent stands, name, part of a table).
ELEMENTS = st.lists(st.tuples(st.integers(1, 3), st.integers(0, 2), st.booleans()), min_size=1, max_size=9)
LINES = st.lists(st.tuples(st.integers(0, 8), st.integers(-60, 90), st.integers(0, 9)), max_size=12)
Page = tuple[list[int], list[int], list[bool], list[tuple[int, int, int]]]


def _page(elements: list[tuple[int, int, bool]], lines: list[tuple[int, int, int]]) -> Page:
    parents = [max(place - up, 0) if place else -1 for place, (up, _, _) in enumerate(elements)]
    held = [(place % len(elements), score, linked) for place, score, linked in lines]
    return parents, [name for _, name, _ in elements], [table for *_, table in elements], held


def _inside(parents: list[int], place: int) -> set[int]:
    """The element and all in it."""
    found = {place}
    for below in range(place + 1, len(parents)):
        if parents[below] in found:
            found.add(below)
    return found


def _sum(page: Page, place: int) -> float:
    parents, named, tables, lines = page
    total = float(sum(score for at, score, _ in lines if at == place))
    for below in reversed([at for at, parent in enumerate(parents) if parent == place]):
        inside = _inside(parents, below)
        leads = any(linked for at, _, linked in lines if at in inside)
        total += max(_sum(page, below) * DECAY, 0.0 if tables[below] and not leads else -PRUNED_COST)
    return total * MARKED_SHARE if place and named[place] == FURNITURE and total > 0 else total


def _array(lines: list[tuple[int, int, int]]) -> np.ndarray[tuple[int, ...], np.dtype[np.int64]]:
    return np.array(lines, np.int64).reshape(-1, 3).T.copy()


@settings(max_examples=200, deadline=None)
@given(ELEMENTS, LINES)
def test_parts_count_for_what_holds_them_and_furniture_counts_little(
    elements: list[tuple[int, int, bool]], lines: list[tuple[int, int, int]]
) -> None:
    page = _page(elements, lines)
    parents, named, tables, held = page
    found = weights(_array(held), *(np.array(one, np.int64) for one in (parents, named, tables)))
    sums = [_sum(page, place) for place in range(len(parents))]
    assert np.allclose(found.sums, sums)
    for place, total in enumerate(sums):
        leads = any(linked for at, _, linked in held if at in _inside(parents, place))
        links = total < -30 and not (tables[place] and not leads)
        assert found.out[place] == (named[place] == FURNITURE or links)


@settings(max_examples=200, deadline=None)
@given(ELEMENTS, LINES)
def test_an_element_goes_from_its_first_line_to_its_last(
    elements: list[tuple[int, int, bool]], lines: list[tuple[int, int, int]]
) -> None:
    parents, _, _, held = _page(elements, lines)
    held.sort()  # lines in page order stand in elements in page order
    found = extents(_array(held)[:2].copy(), np.array(parents, np.int64))
    for place, parent in enumerate(parents):
        inside = _inside(parents, place)
        indices = [index for index, (at, _, _) in enumerate(held) if at in inside]
        assert found.texts[place] == sum(max(held[index][1], 0) for index in indices)
        assert found.ends[place] == max(inside)
        assert found.depths[place] == (found.depths[parent] + 1 if place else 0)
        assert (found.starts[place], found.stops[place]) == (
            (indices[0], indices[-1] + 1) if indices else (len(held), 0)
        )
