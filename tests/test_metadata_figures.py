"""How dates, authors and titles are judged against what people wrote down."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pipeline.evaluate.metadata import (
    Described,
    MetadataCase,
    date_fate,
    gold_date,
    gold_name,
    metadata_figures,
    name_fate,
)
from yuqi.evaluating.metadata import described_figures

DAY = datetime(2024, 5, 13, 2, 20, tzinfo=UTC)
SHARED = Path(__file__).resolve().parents[2] / "shared"
LEAST_DATES, MOST_WRONG, MOST_INVENTED = 46, 3, 2  # of 51, and of 16 that are said to have none
LEAST_AUTHORS = 38  # of 50


@pytest.mark.parametrize(
    ("said", "known"),
    [("UNKNOWN", True), ("UNKNWON", True), ("1998-3", True), ("2018", True), ("", False), ("样样", False)],
)
def test_gold_without_a_day_says_none_or_nothing(said: str, known: bool) -> None:
    assert gold_date(said) == (None, known)


def test_gold_names_are_names_unless_unknown() -> None:
    assert [gold_name(said) for said in ("样样", "UNKNOWN", "", None)] == [
        ("样样", True),
        (None, True),
        (None, False),
        (None, False),
    ]


def test_the_same_day_in_shanghai_is_right() -> None:
    late = datetime(2024, 5, 12, 16, 0, tzinfo=UTC)  # the 13th there
    fates = [date_fate(found, gold) for found, gold in ((late, DAY), (DAY, None), (None, DAY), (None, None))]
    assert fates == ["right", "invented", "missed", "none"]
    assert date_fate(datetime(2024, 5, 12, 15, 0, tzinfo=UTC), DAY) == "wrong"


def test_names_are_compared_by_their_letters() -> None:
    assert name_fate("甲样、乙样", "甲样 乙样") == "right"
    assert name_fate("甲样", "甲样 乙样") == "wrong"


def test_what_gold_does_not_say_is_not_compared() -> None:
    described = Described(DAY, "甲样", "题")
    silent = MetadataCase("a", Described(), described, Described(), False, False)
    none = MetadataCase("b", Described(), described, Described(), True, True)
    told = {figure.measure: (figure.value, figure.basis) for figure in metadata_figures([silent, none], "x")}
    assert told["dates-invented"] == told["authors-invented"] == (1, 1)
    assert told["x-dates-invented"] == (0, 1)
    assert not any("titles" in measure for measure in told)


def test_a_folder_of_pages_is_judged_beside_the_other_extractor(tmp_path: Path) -> None:
    folder = tmp_path / "eval" / "extraction" / "a"
    folder.mkdir(parents=True)
    text = "还款日到了，银行卡里却没有足够的钱，这是许多用过样例贷的人都遇到过的事情。" * 3
    html = f"<title>样例贷怎么还_样例网</title><h1>样例贷怎么还</h1><p>发布时间：2024-05-13</p><p>{text}</p>"
    (folder / "1.html").write_text(f'<meta charset="utf-8">{html}', encoding="utf-8")
    gold = {"text": text, "date": "2024-5-14", "author": "UNKNOWN", "title": "样例贷怎么还"}
    (folder / "1.json").write_text(json.dumps(gold), encoding="utf-8")
    wrong: list[dict[str, object]] = []
    told = {figure.measure: figure.value for figure in described_figures(tmp_path, wrong.append)}
    assert (told["dates-wrong"], told["authors-invented"], told["titles-right"]) == (1, 0, 1)
    assert [row["measure"] for row in wrong] == ["date-wrong"]


@pytest.mark.skipif(not (SHARED / "eval").is_dir(), reason="the shared pages are not here")
def test_real_pages_are_dated_and_signed() -> None:
    told = {figure.measure: figure.value for figure in described_figures(SHARED, lambda row: None)}
    right, wrong, invented = (told[f"dates-{fate}"] for fate in ("right", "wrong", "invented"))
    assert right is not None and wrong is not None and invented is not None
    assert (round(51 * right) >= LEAST_DATES, wrong <= MOST_WRONG, invented <= MOST_INVENTED) == (True,) * 3
    authors = told["authors-right"]
    assert authors is not None and round(50 * authors) >= LEAST_AUTHORS
