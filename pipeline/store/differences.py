"""A copy's sentence beside the wording of its template, letter by letter, in the signs of wdiff."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby, takewhile

SLOT = re.compile(r"【[^】]{1,20}】|.", re.DOTALL)
FIGURES = r"\d零〇一二两三四五六七八九十百千万亿"
VALUES = {
    "number": re.compile(rf"[{FIGURES}.,:%％几半]+"),
    "amount": re.compile(rf"[¥￥]?[{FIGURES}.,余多]+(?:元|块钱)?"),
    "date": re.compile(rf"[{FIGURES}年月日号./-]+"),
}
MOST_CELLS = (
    10_000  # of a table of letters; what differs in more is shown as one change: a page may be hostile
)

Step = tuple[str, str]  # "=", "-" or "+", and a letter or a slot


def marked(wording: str, said: str) -> str:
    """What a copy fills in stands in 【】, what it leaves out in [-…-], what it puts in {+…+}.

    >>> marked("【platform】逾期超过【number】天", "星蓝贷逾期满30天")
    '【星蓝贷】逾期[-超过-]{+满+}【30】天'
    """
    pieces = []
    for same, run in groupby(_steps(SLOT.findall(wording), list(said)), key=lambda step: step[0] == "="):
        steps = list(run)
        pieces.append("".join(letter for _, letter in steps) if same else _change(steps))
    return "".join(pieces)


def _change(steps: Sequence[Step]) -> str:
    gone = [letter for sign, letter in steps if sign == "-"]
    new = "".join(letter for sign, letter in steps if sign == "+")
    slots = [at for at, letter in enumerate(gone) if len(letter) > 1 and letter[0] == "【"]
    if len(slots) != 1 or not new:
        return _replaced(gone, new)
    (at,) = slots
    start, end = (0, len(new)) if len(gone) == 1 else _value(gone[at], new)
    if start == end:
        return _replaced(gone, new)
    return _replaced(gone[:at], new[:start]) + f"【{new[start:end]}】" + _replaced(gone[at + 1 :], new[end:])


def _replaced(gone: Sequence[str], new: str) -> str:
    left_out = "".join(gone)
    return (f"[-{left_out}-]" if left_out else "") + (f"{{+{new}+}}" if new else "")


def _value(slot: str, new: str) -> tuple[int, int]:
    """Where in changed words a slot's value stands, if that can be told by its letters."""
    found = VALUES[kind].search(new) if (kind := slot[1:-1].partition(" ")[0]) in VALUES else None
    return found.span() if found else (0, 0)


def _steps(one: Sequence[str], other: Sequence[str]) -> Iterator[Step]:
    before = _alike(one, other)
    after = _alike(one[before:][::-1], other[before:][::-1])
    left, right = one[before : len(one) - after], other[before : len(other) - after]
    yield from (("=", letter) for letter in one[:before])
    yield from _aligned(left, right)
    yield from (("=", letter) for letter in one[len(one) - after :])


def _alike(one: Sequence[str], other: Sequence[str]) -> int:
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _aligned(left: Sequence[str], right: Sequence[str]) -> Iterator[Step]:
    """By a longest common subsequence; of several the one that keeps what stands first."""
    if len(left) * len(right) > MOST_CELLS:
        left, right = ["".join(left)], ["".join(right)]
    longest = _longest(left, right)
    at = to = 0
    while at < len(left) or to < len(right):
        if at < len(left) and to < len(right) and left[at] == right[to]:
            yield "=", left[at]
            at, to = at + 1, to + 1
        elif to == len(right) or (at < len(left) and longest[at + 1][to] >= longest[at][to + 1]):
            yield "-", left[at]
            at += 1
        else:
            yield "+", right[to]
            to += 1


def _longest(left: Sequence[str], right: Sequence[str]) -> list[list[int]]:
    """Lengths of the longest common subsequence of what stands from each pair of places on."""
    table = [[0] * (len(right) + 1) for _ in range(len(left) + 1)]
    for at in range(len(left) - 1, -1, -1):
        row, below = table[at], table[at + 1]
        for to in range(len(right) - 1, -1, -1):
            row[to] = below[to + 1] + 1 if left[at] == right[to] else max(below[to], row[to + 1])
    return table
