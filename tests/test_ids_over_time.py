"""Stories and templates that come apart and together again: which id lives on, what is said of the others,
and that each build over what the ones before left behind says the same as one from nothing."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from copies_farm import Doc, Grouped, elsewhere, grouped, page
from copies_texts import HAN, LENDERS, filled, template

from pipeline.copies import Journal, Means, Remembered, Skeletons, skeleton
from pipeline.copies.remembered import Known
from pipeline.copies.skeleton.copies import Copy
from pipeline.copies.skeleton.induce import Skeleton, induced
from tests.test_copies_incremental import remove_all_but
from tests.test_copies_incremental import told as rows


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


def copied(text: Sequence[str], names: Sequence[str], site: str) -> list[Doc]:
    """One page for each lender, whose name stands in every third line."""
    named = [f"{{P}}{line}" if at % 3 == 0 else line for at, line in enumerate(text)]
    return [
        page(name, "\n".join(named).replace("{P}", name), f"{site}.example.com", site, number)
        for number, name in enumerate(names)
    ]


class Builds:
    """One build after the other, each over what the ones before left behind.

    `last`: what that build remembered; `made`: of which articles it made skeletons.
    """

    def __init__(self, folder: Path) -> None:
        folder.mkdir(exist_ok=True)
        self.path, self.known, self.number = folder / "ids.sqlite", Known(), 0
        self.skeletons, self.last = Skeletons(folder / "skeletons", "v"), Remembered()
        self.made: list[set[str]] = []

    def __call__(self, docs: Sequence[Doc]) -> Grouped:
        self.number += 1
        self.last = Remembered(self.known)
        with Journal(self.path) as journal:
            held, number = journal.held(), str(self.number)
            anew = grouped(docs, held=held, snapshot=number)
            with patch.object(skeleton, "induced", self._counted()):
                means = Means(self.last, skeletons=self.skeletons)
                found = grouped(docs, held=held, snapshot=number, means=means)
            assert (rows(found), found.assigned) == (rows(anew), anew.assigned)
            journal.commit(found.assigned)
        self.known = self.last.learnt()
        remove_all_but(self.skeletons.kept)
        return found

    def _counted(self) -> Callable[..., Skeleton]:
        self.made.clear()

        def counted(copies: Sequence[Copy], *given: Any) -> Skeleton:
            self.made.append({copy.article_id for copy in copies})
            return induced(copies, *given)

        return counted

    def changes(self, kind: str = "story") -> list[tuple[str, str, str, str]]:
        with Journal(self.path) as journal:
            return [(c.old_id, c.new_id, c.change, c.snapshot) for c in journal.changes() if c.kind == kind]


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


UPPER = copied([*WHOLE[:24], *lines(2, 16)], LENDERS[:5], "upper")
LOWER = copied([*WHOLE[16:], *lines(3, 16)], LENDERS[5:8], "lower")
BETWEEN = copied(WHOLE, LENDERS[8:17], "between")
ELSEWHERE = [
    page(name, filled(template(5), name), "elsewhere.example.com", name, n)
    for n, name in enumerate(LENDERS[:4])
]


def test_templates_that_pages_in_between_bind_are_one_until_these_are_taken_down(build: Builds) -> None:
    before = build([*UPPER, *LOWER, *ELSEWHERE])
    upper, lower, other = (before.template(docs[0]) for docs in (UPPER, LOWER, ELSEWHERE))
    assert len({upper, lower, other, None}) == 4
    bound = build([*UPPER, *LOWER, *BETWEEN, *ELSEWHERE])
    assert {bound.template(doc) for doc in (*UPPER, *LOWER, *BETWEEN)} == {upper}, "the larger one's id"
    assert bound.template(ELSEWHERE[0]) == other
    assert build.changes("template") == [(lower, upper, "merged", "2")]
    apart = build([*UPPER, *LOWER, *ELSEWHERE])
    assert [apart.template(docs[0]) for docs in (UPPER, LOWER, ELSEWHERE)] == [upper, lower, other]
    assert build.changes("template") == [(lower, upper, "merged", "2"), (upper, lower, "split", "3")]
    assert build.changes() == [], "who tells a story for each lender is another question"


def test_what_binds_two_groups_or_parts_them_leaves_a_third_one_alone(build: Builds, tmp_path: Path) -> None:
    """As told by what was worked out: as much as if that third one were not there at all."""
    without = Builds(tmp_path / "without")
    alone = {doc.article_id for doc in ELSEWHERE}
    for docs in ([*UPPER, *LOWER], [*UPPER, *LOWER, *BETWEEN], [*UPPER, *LOWER]):
        build([*docs, *ELSEWHERE])
        without(docs)
        if build.number > 1:
            assert build.made == without.made != []
            assert not any(made & alone for made in build.made)
            assert build.last.comparisons == without.last.comparisons
            assert (build.last.remade, build.last.parts) == (without.last.remade, without.last.parts + 1)
    assert without.last.remade == 2, "the two that it came apart into"
