"""What looks like an allegation and accuses nobody: staff who speak, reversed roles, swindlers."""

from __future__ import annotations

import pytest

from pipeline.findings.people import masked, masks
from pipeline.findings.spans import spans
from pipeline.records import Mention, Practice
from yuqi.evaluating.asserted import page, sample_find

FIND = sample_find(
    lenders='\n[[platform]]\nid = "sample-wolai"\nname = "我来样贷"\ncategory = "internet-platform"\n'
    'confidence = "high"\nsource = "invented"\n'
)
TITLE = "骆驼样金逾期会怎样"


def practices(text: str, title: str = TITLE) -> list[Practice]:
    return [f for f in FIND(page(title, text), (), ()) if isinstance(f, Practice) and f.field == "text"]


def alleged(text: str, title: str = TITLE) -> set[str]:
    return {f.practice_id for f in practices(text, title) if f.assertion == "alleged"}


@pytest.mark.parametrize(
    "text",
    [
        "某客户经理表示，逾期会被骆驼样金起诉。",
        "骆驼样金客户服务中心表示，逾期会上报征信。",
        "骆驼样金用户服务协议写道，逾期会产生罚息。",
        "借款人须知提到骆驼样金会上门。",
        "客服王女士称，逾期骆驼样金会上报征信。",
        "法务张先生表示，骆驼样金会依法起诉。",
        "有网友解释说，骆驼样金的律师函只是催告。",
        "有用户表示愿意承担骆驼样金的罚息。",
    ],
)
def test_who_speaks_for_a_lender_or_explains_complains_of_nothing(text: str) -> None:
    assert practices(text) and not alleged(text)


@pytest.mark.parametrize(
    ("text", "practice"),
    [
        ("原告孙某将骆驼样金运营公司告上法庭。", "lawsuit"),
        ("我把骆驼样金起诉了。", "lawsuit"),
        ("骆驼样金因侵权被用户起诉。", "lawsuit"),
        ("张先生在电话里辱骂了骆驼样金的客服。", "threat"),
        ("借款人王某因威胁骆驼样金员工被拘留。", "threat"),
        ("我拒绝了骆驼样金的分期方案。", "no-negotiate"),
        ("骆驼样金客服说可以延期，态度很好。", "no-negotiate"),
        ("骆驼样金主动给我减免了罚息。", "penalty"),
    ],
)
def test_what_a_borrower_does_and_what_is_kind_is_no_practice(text: str, practice: str) -> None:
    assert practice not in {f.practice_id for f in practices(text)}


@pytest.mark.parametrize(
    "text",
    [
        "我投诉骆驼样金暴力催收，后承认是编造的。",
        "网友称骆驼样金爆通讯录，后来撤回了投诉，称是误会。",
        "李某称骆驼样金殴打他，但未能提供任何证据。",
        "法院驳回了李某关于骆驼样金暴力催收的主张。",
    ],
)
def test_what_was_taken_back_or_dismissed_is_negated(text: str) -> None:
    assert {f.assertion for f in practices(text)} == {"negated"}


@pytest.mark.parametrize(
    "text",
    [
        "投诉范文：我被骆驼样金催收员辱骂。",
        "自×月×日起，骆驼样金对本人进行辱骂。",
        "示例：骆驼样金催收于3月5日打电话给我父亲。",
        "我怕骆驼样金打电话给我家人，就借钱还了。",
    ],
)
def test_a_form_and_a_fear_tell_nothing(text: str) -> None:
    assert not alleged(text)


def test_a_clause_without_a_cue_is_negated_where_nothing_came() -> None:
    said = practices("张先生在骆驼样金逾期八天，只收到三条短信，没有接到电话。")
    assert ("phone", "negated") in {(f.practice_id, f.assertion) for f in said}


@pytest.mark.parametrize(
    ("text", "practice"),
    [
        ("我没有收到任何通知就被骆驼样金上报征信。", "credit"),
        ("我没有逾期却被骆驼样金催收骚扰。", "phone-harass"),
        ("我在没有签字的情况下被骆驼样金收取担保费。", "hidden-fees"),
        ("被告骆驼样金在明知我不欠钱后仍高频拨打电话，构成侵害。", "phone-harass"),
    ],
)
def test_what_happened_all_the_same_is_alleged(text: str, practice: str) -> None:
    assert practice in alleged(text)


NOTICE = """接到自称“骆驼样金”客服人员的电话，称不调整将影响征信。
对方让他打开屏幕共享，转到安全账户。
小李被骗两万元。"""


def test_a_page_that_warns_of_swindlers_accuses_no_lender_whose_name_they_use() -> None:
    assert not {f.assertion for f in practices(NOTICE, "提醒")} & {"alleged", "claimed-practice"}
    assert not alleged("我接到自称骆驼样金客服的电话，对方威胁我。", "谨防冒充客服诈骗")
    assert "threat" in alleged("我接到自称骆驼样金客服的电话，对方威胁我。")


def test_who_gives_a_lenders_name_impersonates_no_authority() -> None:
    assert "impersonate" not in alleged("一个自称骆驼样金法务的人打来电话，说要上门。")
    assert "impersonate" in alleged("对方冒充公安局民警给我打电话，是骆驼样金的催收。")


def test_a_lender_whose_name_holds_a_pronoun_speaks_for_itself() -> None:
    text = "我来样贷表示，逾期会产生罚息，并会上报征信。\n我来样贷称，逾期后会委托第三方催收。"
    assert practices(text, "我来样贷逾期") and not alleged(text, "我来样贷逾期")


def test_names_are_masked_at_the_same_length() -> None:
    text = "曹磊（化名）说，我来样贷的人骂他。"
    named = spans([f for f in FIND(page("说明", text), (), ()) if isinstance(f, Mention)], "text")
    held = masks(text, FIND.judge.words, named)
    assert held == {"曹磊": "曹某", "我来样贷": "云来样贷"}
    assert masked(text, held) == "曹某（化名）说，云来样贷的人骂他。"


@pytest.mark.parametrize("name", ["白桦样消费金融", "曹操样贷"])
def test_a_company_that_opens_clauses_again_and_again_is_nobody(name: str) -> None:
    text = f"{name}表示，逾期会产生罚息。\n{name}称，会委托第三方催收。\n{name}说，逾期三个月可能起诉。"
    assert not alleged(text, f"{name}逾期")
