"""Words with which stretches begin alike: the machine code gives what the definition says, on any text."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from pipeline.codes import code_points
from pipeline.findings.alike import (
    INSIDE,
    LEAST_HITS,
    LONGEST,
    SHORTEST,
    Begun,
    Ground,
    kinds_of,
    words_alike,
)

CHARACTERS = "甲乙丙借的、，a1"


def ground_of(text: str, taken: set[int], cues: dict[int, int]) -> Ground:
    points = code_points(text)
    held, numbers = np.zeros(len(text), np.uint8), np.zeros(len(text), np.int64)
    held[sorted(taken)] = 1
    for place, number in cues.items():
        numbers[place] = number + 1
    return Ground(points, kinds_of(points), held, numbers)


def by_definition(text: str, taken: set[int], cues: dict[int, int], starts: list[int]) -> list[Begun]:
    ends = {}
    for start in starts:
        end = start
        while end < min(len(text), start + LONGEST) and end not in taken and text[end] not in INSIDE:
            if not text[end].isalnum():
                break
            end += 1
        if end - start >= SHORTEST:
            ends[start] = end

    def before(start: int) -> str:
        left = text[start - 1 : start]
        return left if left.isalnum() else ""

    def behind(start: int, end: int) -> str:
        right = text[end : end + 1]
        if end in cues:
            return ""
        if end < ends[start] or end in taken:
            return right
        return right if right.isalnum() and right not in INSIDE else ""

    def is_listed(start: int) -> bool:
        left, right = text[start - 1 : start], text[ends[start] : ends[start] + 1]
        return not left.isalnum() and not right.isalnum() and "、" in (left, right)

    found = []
    words = {text[start:end] for start, last in ends.items() for end in range(start + SHORTEST, last + 1)}
    for word in words:
        begun = [start for start, last in ends.items() if text[start:last].startswith(word)]
        heads = {before(start) for start in begun}
        follow = {behind(start, start + len(word)) for start in begun}
        opens, closes = (len(said) > 1 or "" in said for said in (heads, follow))
        bounded = len(begun) >= LEAST_HITS and opens and closes
        listed = any(is_listed(start) and ends[start] - start == len(word) for start in begun)
        heard = {cues[start + len(word)] for start in begun if start + len(word) in cues}
        if bounded or listed:
            found.append(Begun(begun[0], begun[0] + len(word), len(begun), bounded, listed, heard))
    return sorted(found)


@given(
    text=st.text(CHARACTERS, max_size=60),
    taken=st.sets(st.integers(0, 59), max_size=4),
    cued=st.dictionaries(st.integers(0, 59), st.integers(0, 3), max_size=6),
    starts=st.sets(st.integers(0, 59)),
)
def test_what_machine_code_finds_is_what_the_definition_says(
    text: str, taken: set[int], cued: dict[int, int], starts: set[int]
) -> None:
    taken, begun = ({at for at in places if at < len(text)} for places in (taken, starts))
    cues = {at: number for at, number in cued.items() if at < len(text)}
    ground = ground_of(text, taken, cues)
    found = sorted(words_alike(ground, np.array(sorted(begun), np.int64)))
    assert found == by_definition(text, taken, cues, sorted(begun))


def test_a_name_is_known_by_what_varies_around_it() -> None:
    text = "云朵借逾期，在云朵借的客服，我欠云朵借钱"
    starts = np.array([0, 6, 7, 14, 16], np.int64)
    assert list(words_alike(ground_of(text, set(), {}), starts)) == [Begun(0, 3, 3, True, False, set())]
