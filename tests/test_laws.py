"""Laws with their articles, and whether they were in force on the day of the page."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from findings_articles import article, found, overdue

from pipeline.findings.taxonomy import read_taxonomy
from pipeline.records import Law

OVERDUE = overdue()


@pytest.mark.parametrize(
    ("text", "articles"),
    [
        ("依照《民法典》第六百七十五条，借款人应当按期还款。", "675"),
        ("依照《中华人民共和国民法典》第675条的规定办理。", "675"),
        ("《民法典》的第六百七十五条、第六百七十六条都有规定。", "675, 676"),
        ("《民法典》第667条至第680条讲的是借款合同。", "667..680"),
        ("《刑法》第二百九十三条之一规定了催收非法债务罪。", "293-1"),
        ("《刑法》（2020年修正）第二百九十三条之一第一款第二项。", "293-1"),
        ("民法典675条说得很清楚。", "675"),
        ("见《人民民法典》第一千一百六十五条。", "1165"),
        ("《民法典》规定得很细，合同第三条另有约定。", None),
        ("《民法典》，第三人不得干预。", None),
        ("民法典一条规定也不能违反。", None),
        ("《民法典》共计1260条。", None),
    ],
)
def test_the_articles_behind_a_title_are_cited_and_no_others(text: str, articles: str | None) -> None:
    assert [law.articles for law in found(OVERDUE, Law, "说明", text)] == [articles]


def test_an_article_that_the_law_does_not_have_is_doubted() -> None:
    laws = found(OVERDUE, Law, "说明", "《民法典》第一千五百条与《个人信息保护法》第十三条。")
    assert [(law.articles, law.note) for law in laws] == [("1500", "no-such-article"), ("13", None)]


@pytest.mark.parametrize(
    ("day", "contract_law", "civil_code"),
    [((2019, 5, 1), "in-force", "not-yet"), ((2020, 12, 31, 15, 59), "in-force", "not-yet"),
     ((2020, 12, 31, 16), "repealed", "in-force"), ((2024, 1, 1), "repealed", "in-force")],
)  # fmt: skip
def test_status_is_that_of_the_day_of_the_page_in_china(
    day: tuple[int, ...], contract_law: str, civil_code: str
) -> None:
    page = replace(
        article("说明", "依据《合同法》和《民法典》还款。"),
        published_at=datetime(*day, tzinfo=UTC),  # type: ignore[misc, arg-type]
    )
    laws = [finding for finding in OVERDUE(page, (), ()) if isinstance(finding, Law)]
    assert [law.status for law in laws] == [contract_law, civil_code]
    assert (laws[0].note == "repealed") == (contract_law == "repealed")


def test_a_hotline_is_dialled_and_has_no_status() -> None:
    text = "可拨打12378、12363或12368，也可拨打95188；欠款12378元、编号95188-1、共95188人都不是。"
    laws = found(OVERDUE, Law, "说明", text)
    assert [(law.law_id, law.surface, law.status) for law in laws] == [
        ("hotline-12378", "12378", None),
        ("hotline-12363", "12363", None),
        ("hotline-12368", "12368", None),
        ("hotline-95", "95188", None),
    ]


def test_every_law_is_found_by_its_own_name_and_holds_its_anchor() -> None:
    for kind in read_taxonomy(OVERDUE.topic).laws:
        if kind.kind.kind == "hotline" or kind.kind.law_id in {"gbt45251", "private-lending"}:
            continue
        name = kind.kind.label_zh.partition("（已废止）")[0]
        laws = found(OVERDUE, Law, "说明", f"见《{name}》。")
        assert [law.law_id for law in laws] == [kind.kind.law_id], name
