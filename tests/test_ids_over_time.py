"""Stories that come apart and together again: which id lives on, and what is said of the others."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

import pytest
from copies_farm import HAN, LENDERS, Doc, Grouped, elsewhere, grouped, page

from pipeline.copies import Journal, Means, Remembered
from pipeline.copies.remembered import Known


def lines(seed: int, count: int) -> list[str]:
    rng = random.Random(seed)
    return ["".join(rng.choices(HAN, k=30)) + "。" for _ in range(count)]


def told(text: Sequence[str], site: str) -> Doc:
    return page(LENDERS[0], "\n".join(text), f"{site}.example.com", site, 1)


WHOLE = lines(1, 40)
FIRST = told([*WHOLE[:24], *lines(2, 16)], "first")
SECOND = told([*WHOLE[16:], *lines(3, 16)], "second")
COPIES = [elsewhere(FIRST, f"first{n}.example.com") for n in range(2)]
BRIDGE = [told(WHOLE, f"whole{n}") for n in range(5)]


class Builds:
    """One build after the other, each over what the ones before left behind."""

    def __init__(self, folder: Path) -> None:
        self.path, self.known, self.number = folder / "ids.sqlite", Known(), 0

    def __call__(self, docs: Sequence[Doc]) -> Grouped:
        self.number += 1
        remembered = Remembered(self.known)
        with Journal(self.path) as journal:
            found = grouped(docs, held=journal.held(), snapshot=str(self.number), means=Means(remembered))
            journal.commit(found.assigned)
        self.known = remembered.learnt()
        return found

    def changes(self) -> list[tuple[str, str, str, str]]:
        with Journal(self.path) as journal:
            return [
                (c.old_id, c.new_id, c.change, c.snapshot) for c in journal.changes() if c.kind == "story"
            ]


@pytest.fixture
def build(tmp_path: Path) -> Builds:
    return Builds(tmp_path)


def test_a_page_that_goes_splits_a_story_and_its_return_makes_it_one_again(build: Builds) -> None:
    apart = [FIRST, *COPIES, SECOND]
    whole = build([*apart, *BRIDGE])
    story = whole.story(FIRST)
    assert whole.story(SECOND) == story, "what both share with the longer text binds them"
    split = build(apart)
    assert split.story(FIRST) == story, "the part with more members keeps the id"
    other = split.story(SECOND)
    assert other != story
    assert build.changes() == [(story, other, "split", "2")]
    merged = build([*apart, *BRIDGE])
    assert merged.story(FIRST) == merged.story(SECOND) == merged.story(BRIDGE[0]) == story
    assert build.changes() == [(story, other, "split", "2"), (other, story, "merged", "3")]
    assert build(apart).story(SECOND) == other, "the same way again gives the same ids"


def test_two_stories_that_a_new_page_binds_are_one_under_the_id_of_the_larger(build: Builds) -> None:
    before = build([FIRST, *COPIES, SECOND])
    first, second = before.story(FIRST), before.story(SECOND)
    assert first != second
    after = build([FIRST, *COPIES, SECOND, *BRIDGE])
    assert after.story(SECOND) == after.story(BRIDGE[0]) == first
    assert build.changes() == [(second, first, "merged", "2")]


def test_a_story_that_is_gone_altogether_leaves_no_trace_and_no_id_for_others(build: Builds) -> None:
    first = build([FIRST, SECOND]).story(FIRST)
    build([SECOND])
    assert build.changes() == []
    assert build([SECOND, FIRST]).story(FIRST) == first, "named for the same article as before"
