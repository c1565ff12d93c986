"""What a report tells over several sentences, and whom a page advises."""

from __future__ import annotations

import pytest

from pipeline.findings.people import people, veiled
from pipeline.records import Practice, TipCandidate, TipSource
from yuqi.evaluating.asserted import page, sample_find

FIND = sample_find()


def states(title: str, text: str) -> list[str]:
    return [
        f.assertion for f in FIND(page(title, text), (), ()) if isinstance(f, Practice) and f.field == "text"
    ]


def test_who_is_named_in_full_is_somebody_who_can_complain() -> None:
    told = "市民梁波向本报反映他的遭遇。\n梁波说，骆驼样金的人在电话里辱骂他。"
    assert people(told, FIND.judge.words.people) == ("梁波",)
    assert states("骆驼样金催收调查", told)[-1] == "alleged"


@pytest.mark.parametrize("said", ["平台称，不会上门。", "高利贷说来就来。", "某公司（化名）回应。"])
def test_what_is_no_name_is_veiled_nowhere(said: str) -> None:
    assert veiled(said, people(said, FIND.judge.words.people)) == said


def test_a_short_line_above_a_paragraph_is_a_heading_and_no_claim() -> None:
    below = "雪松样贷在逾期三个月以后会派工作人员前往住处，了解借款人的还款能力和家庭的情况。"
    assert states("雪松样贷逾期", f"上门催收的条件\n{below}")[0] == "question"


def test_a_guide_for_those_who_collect_advises_nobody_who_owes() -> None:
    said = "1. 电话催收：拨打电话，及时沟通还款。\n2. 保留证据，注意录音。"
    found = list(FIND(page("小额贷款逾期催收指南", said), (), ()))
    assert not [f for f in found if isinstance(f, TipSource | TipCandidate)]
    assert "advice" not in states("小额贷款逾期催收指南", said)
