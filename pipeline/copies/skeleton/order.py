"""The order in which most copies tell a text, though sections were moved, dropped and added."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

import numpy as np

Told = Sequence[int]  # columns in the order of one copy, each once


def agreed_order(copies: Sequence[Told], count: int) -> list[int]:
    """All `count` columns: the order of the copy that most pairs of the others agree with, and where it
    lacks some, these behind what they stand behind in the next best copy.

    >>> agreed_order([[0, 1, 2, 3], [2, 3, 0, 1], [0, 4, 1, 2, 3]], 5)
    [0, 4, 1, 2, 3]
    """
    before = np.zeros((count, count), np.int32)
    for told in copies:
        before[np.ix_(told, told)] += np.triu(np.ones((len(told), len(told)), np.int32), 1)
    agreed = np.sign(before - before.T)
    score = [int(np.triu(agreed[np.ix_(told, told)], 1).sum()) for told in copies]
    order: list[int] = []
    for copy in sorted(range(len(copies)), key=lambda copy: (-score[copy], copy)):
        _insert(order, copies[copy])
    return order


def _insert(order: list[int], told: Told) -> None:
    known = set(order)
    held = [column for column in told if column in known]
    place = order.index(held[0]) if held else len(order)
    for column in told:
        if column in known:
            place = order.index(column) + 1
        else:
            order.insert(place, column)
            place += 1


def moved(order: Sequence[int], told: Told) -> set[int]:
    """The fewest columns of a copy that would have to move for it to follow the order.

    >>> moved([0, 1, 2, 3], [2, 0, 1, 3])
    {2}
    """
    place = {column: at for at, column in enumerate(order)}
    tails: list[int] = []  # by length of a rising run, the smallest place that ends one
    ends: list[int] = []
    before: list[int] = [-1] * len(told)
    for at, column in enumerate(told):
        length = bisect_left(tails, place[column])
        before[at] = ends[length - 1] if length else -1
        tails[length : length + 1] = [place[column]]
        ends[length : length + 1] = [at]
    kept = set()
    at = ends[-1] if ends else -1
    while at >= 0:
        kept.add(told[at])
        at = before[at]
    return set(told) - kept
