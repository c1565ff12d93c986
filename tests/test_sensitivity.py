"""Figures at three thresholds: how far they rest on what is called the same text."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest
from copies_farm import Doc, grouped, page
from copies_texts import HAN, LENDERS
from invented_corpus import make_corpus, told_of
from invented_rows import Told

from crawler.workspace import Workspace
from pipeline.store.reader import open_latest
from pipeline.store.reports import QUESTIONS, Filter, report, sensitive_report
from yuqi.cli import run


def told(number: int, loose: int) -> Told:
    return Told(
        f"http://site{number}.example.com/1", f"site{number}", "星蓝贷逾期", told_of("星蓝贷", number),
        f"s-{number:012x}", None, "xinglan-dai", "alleged", own=True,
        at={"loose": (loose, 7), "strict": (number, None)},
    )  # fmt: skip


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """Three stories; joined loosely the first two are one, and all fill in one template."""
    return make_corpus(tmp_path, [told(0, 0), told(1, 0), told(2, 2)])


def test_each_moving_figure_stands_beside_what_it_is_at_the_other_thresholds(workspace: Workspace) -> None:
    with open_latest(workspace) as connection:
        (row,) = sensitive_report(connection, "platforms", Filter()).rows
    assert [row[f"stories{t}"] for t in ("_loose", "", "_strict")] == [2, 3, 3]
    assert [row[f"templates{t}"] for t in ("_loose", "", "_strict")] == [1, 3, 3]
    assert [row[f"alleged_own_stories{t}"] for t in ("_loose", "", "_strict")] == [2, 3, 3]
    assert not {"pages_loose", "sites_strict"} & set(row)


def test_every_question_has_the_same_rows_and_figures_as_without(workspace: Workspace) -> None:
    with open_latest(workspace) as connection:
        for question in QUESTIONS:
            plain = report(connection, question, Filter(platform="星蓝贷"))
            moved = sensitive_report(connection, question, Filter(platform="星蓝贷"))
            assert [{name: row[name] for name in plain.columns} for row in moved.rows] == plain.rows
            assert {"stories_loose", "templates_strict"} <= set(moved.columns)


def test_an_article_that_was_not_compared_counts_as_it_is(tmp_path: Path) -> None:
    with open_latest(make_corpus(tmp_path)) as connection:
        for row in sensitive_report(connection, "platforms", Filter()).rows:
            assert row["stories_loose"] == row["stories"] == row["stories_strict"]


def test_ranks_stand_beside_those_of_the_other_thresholds(tmp_path: Path) -> None:
    """Five own allegations give a rank; joined loosely they are four, and give none."""
    articles = [told(n, min(n, 3)) for n in range(5)]
    with open_latest(make_corpus(tmp_path, articles)) as connection:
        (row,) = sensitive_report(connection, "platforms", Filter()).rows
    assert [row[f"rank{t}"] for t in ("", "_loose", "_strict")] == [1, None, 1]


def test_the_command_prints_them_and_says_what_they_are(
    workspace: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["report", "platforms", "--workspace", str(workspace.root), "--sensitivity"]
    assert run([*words, "--format", "json"]) == 0
    (row,) = json.loads(capsys.readouterr().out)
    assert (row["stories"], row["stories_loose"]) == (3, 2)
    assert run([*words, "--lang", "en"]) == 0
    said = capsys.readouterr().out
    assert "stories loose" in said
    assert "from 40% or from 65% of it on, instead of 50%" in said


def lines(seed: int, count: int) -> list[str]:
    rng = random.Random(seed)
    return ["".join(rng.choices(HAN, k=30)) + "。" for _ in range(count)]


def sharing(share: float) -> tuple[Doc, Doc]:
    """Two long texts about one lender of which so much is common."""
    common = int(40 * share)
    one = lines(1, 40)
    two = one[:common] + lines(2, 40 - common)
    first, second = (
        page(LENDERS[0], "\n".join(text), f"{site}.example.com", site, 1)
        for site, text in (("a", one), ("b", two))
    )
    return first, second


@pytest.mark.parametrize(
    ("share", "joined_at"),
    [
        (0.3, set()),  # a section of five in common: never one text
        (0.45, {"loose"}),
        (0.58, {"loose", "kept"}),
        (0.7, {"loose", "kept", "strict"}),
    ],
)
def test_texts_are_joined_from_the_share_that_a_threshold_names(share: float, joined_at: set[str]) -> None:
    docs = sharing(share)
    found = grouped(docs)
    stories = {name: set() for name in ("loose", "strict")}
    for row in found.table("threshold_groups"):
        stories[row["threshold"]].add(row["story"])
    stories["kept"] = {found.story(doc) for doc in docs}
    assert {name for name, held in stories.items() if len(held) == 1} == joined_at
