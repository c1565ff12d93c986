"""Pages that are marked sentence by sentence: what is right of them; held-out ones are not learnt."""

from __future__ import annotations

import json
from itertools import chain
from pathlib import Path

import pytest

from pipeline.evaluate.advice import Line, read_advice
from pipeline.evaluate.advice import Told as Advised
from pipeline.evaluate.practised import Read, Told, practised_figures, read_practised
from yuqi.evaluating import advised, practised
from yuqi.evaluating.asserted import labelled_folder, sample_find
from yuqi.evaluating.practised import read_of
from yuqi.evaluating.wrong import Row

VISITED = Told("他来了。", {"visit": "alleged"})


def figures(*read: Read) -> dict[str, tuple[int | None, int]]:
    return {figure.measure: (figure.hits, figure.basis) for figure in practised_figures(read)}


def test_what_a_sentence_does_not_tell_is_wrong_by_practice_and_not_by_sentence() -> None:
    held = figures(Read(VISITED, {"visit": "alleged", "phone": "alleged"}))
    assert held["practices-precision"] == held["alleged-precision"] == (1, 2)
    assert held["practices-recall"] == held["alleged-recall"] == (1, 1)
    assert held["alleged-by-sentence-precision"] == held["alleged-by-sentence-recall"] == (1, 1)


def test_a_practice_in_another_state_is_found_and_its_allegation_is_not() -> None:
    held = figures(Read(VISITED, {"visit": "claimed-practice"}))
    assert held["practices-precision"] == (1, 1)
    assert held["alleged-recall"] == held["seven-states-right"] == (0, 1)
    assert held["alleged-or-claimed-recall"] == held["alleged-or-claimed-precision"] == (1, 1)


@pytest.mark.parametrize(
    ("line", "found"),
    [
        (Told("他来了。", unsure=True), {"visit": "alleged"}),
        (Told("他来了。", {"visit": "alleged/generic"}), {"visit": "alleged"}),
        (Told("电话来了。", {"contact-third/phone": "generic"}), {"phone": "alleged"}),
    ],
)
def test_what_others_would_mark_otherwise_counts_for_nothing(line: Told, found: dict[str, str]) -> None:
    held = figures(Read(line, found))
    assert held["alleged-precision"] == held["alleged-by-sentence-precision"] == (0, 0)


@pytest.mark.parametrize(
    ("tip", "found", "right"),
    [
        ("evidence", ("evidence", "police"), True),
        ("police/evidence", ("evidence",), True),
        ("police/?", (), True),
        ("-", None, True),
        ("-", (), False),
        ("police", ("evidence", "police"), False),
    ],
)
def test_the_first_id_is_one_of_those_that_are_marked(
    tip: str, found: tuple[str, ...] | None, right: bool
) -> None:
    assert Advised(Line("录音。", tip), found).is_right is right


def test_practices_are_read_where_their_sentence_stands(tmp_path: Path) -> None:
    lines = [
        {"text": "二、经过", "level": 1},
        {"text": "催收每天给我打三十个电话。", "practices": {"phone-harass": "alleged"}},
        {"text": "我哭了。", "follows": True},
    ]
    path = tmp_path / "pages.jsonl"
    path.write_text(json.dumps({"register": "r", "title": "网贷逾期", "lines": lines}), "utf-8")
    [page] = read_practised(path)
    read = list(read_of(sample_find(anywhere=True), page))
    assert [one.found.get("phone-harass") for one in read] == [None, "alleged", None]


def test_no_sentence_is_both_learnt_and_held_out() -> None:
    """Of a dozen characters; shorter ones anybody writes."""
    learnt = {
        line.text
        for name in ("practices_train.jsonl", "practices_farm.jsonl")
        for page in read_practised(labelled_folder() / name)
        for line in page.lines
    }
    learnt |= {line.text for page in read_advice(labelled_folder() / advised.WRITTEN) for line in page.lines}
    held_out = read_practised(labelled_folder() / practised.HELD_OUT)
    said = {line.text for page in held_out for line in page.lines if len(line.text) > 12}
    assert said
    assert not said & learnt


def test_held_out_pages_are_read_and_what_is_wrong_is_told() -> None:
    rows: list[Row] = []
    held = practised.practised_page_figures(rows.append)
    assert {figure.part for figure in held} == {"practices-on-pages"}
    assert all(figure.basis for figure in held)
    assert set(chain.from_iterable(rows)) == {"part", "page", "measure", "fault", "found", "true"}
