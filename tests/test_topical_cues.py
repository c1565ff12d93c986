"""Cues made of classes of words, and those that count only where somebody lends."""

from __future__ import annotations

import pytest

from crawler.definitions import DefinitionError
from pipeline.findings import Find
from pipeline.findings.people import people
from pipeline.records import Practice
from pipeline.topic import Topic
from yuqi.evaluating.asserted import page, sample_find

FIND = sample_find()
TITLE = "骆驼样金逾期"


def practices(text: str, title: str = TITLE) -> set[str]:
    return {p.practice_id for p in FIND(page(title, text), (), ()) if isinstance(p, Practice)}


def states(text: str) -> list[str]:
    found = FIND(page(TITLE, text), (), ())
    return [p.assertion for p in found if isinstance(p, Practice) and p.field == "text"]


@pytest.mark.parametrize(
    ("practice", "text"),
    [
        ("contact-third", "催收的人把电话拨到了我姑妈的手机上。"),
        ("contact-third", "连她未婚夫都收到了好几条催款彩信。"),
        ("contact-third", "他们逼着老两口的女婿代还欠款。"),
        ("contact-third", "村支书接到催收电话后在村里到处问。"),
        ("workplace", "催收员把电话打进了她们科室。"),
        ("workplace", "他们跑到我上班的地方要钱。"),
        ("workplace", "催收拨了我们值班室的座机电话。"),
        ("visit", "三个陌生男人闯进了老人的出租屋，说欠款不能再拖。"),
        ("visit", "催债的堵在楼下骂了一上午。"),
        ("visit", "回家时发现门缝里塞着一张催款单。"),
        ("visit", "会通过电话、短信或上门的方式催收。"),
        ("odd-hours", "睡觉时间还接到催收电话。"),
        ("odd-hours", "凌晨四点，手机突然响了，又是催债的。"),
        ("phone", "深夜和清晨接到了催收电话。"),
        ("repossess", "贷款公司把我那台货车从停车场弄走了。"),
        ("repossess", "他们把店里的货物搬走抵欠款。"),
        ("auto-debit", "刚发的工资一秒就被平台扣光。"),
        ("hidden-fees", "借款六千，实际到账4200。"),
        ("phone-harass", "座机一直响，催收没停过。"),
        ("disclose", "催收说要把我的身份信息公布出去。"),
        ("contacts-blast", "催收照着通讯录一个个骚扰过去。"),
    ],
)
def test_a_practice_is_found_by_what_is_done_to_whom(practice: str, text: str) -> None:
    assert practice in practices(f"我欠了网贷。{text}")


@pytest.mark.parametrize(
    "text",
    [
        "逾期后要主动向家人说明情况，争取支持。",
        "把工资卡里的钱转走，另开一张卡还款。",
        "申请通过后，三万元当天到账，额度另算。",
        "可以多次拨打平台客服电话协商还款。",
        "收到验证码短信时不要告诉别人，以免欠款。",
        "请到单位开一张收入证明，再去银行申请延期还款。",
        "高速上抛锚，拖车救援也可以分期，用信用卡还款。",
        "凌晨系统维护，还款可能延迟入账，不算逾期。",
        "门口贴着银行的招聘公告，信贷岗位要三个人。",
        "他去老家找亲戚借钱还款，算是还清了欠款。",
        "小区楼下有一家银行可以办理贷款和还款。",
    ],
)
def test_what_people_do_with_their_money_is_no_practice_of_those_who_collect(text: str) -> None:
    assert not practices(text)


def test_everyday_words_count_only_where_somebody_lends() -> None:
    told = "昨晚有人把消息传到了我父亲那里，还在门口贴了一张纸条。"
    assert not practices(told, "邻里之间")
    assert {"contact-third", "visit"} <= practices(f"贷款逾期了，催收不断。{told}", "邻里之间")


def test_a_class_that_stands_nowhere_is_named() -> None:
    tables = {**FIND.topic.tables}
    rows = [
        {**row, "cues": ["致电<kith>"]} if row["id"] == "visit" else row
        for row in tables["taxonomy"]["practice"]
    ]
    with pytest.raises(DefinitionError, match="no class `kith`"):
        Find(Topic("overdue", {**tables, "taxonomy": {**tables["taxonomy"], "practice": rows}}))


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("宋樾借了两万。宋樾接到电话。宋樾说不清。", ("宋樾",)),
        ("曹青樾开店。曹青樾在家。曹青樾报了警。", ("曹青樾",)),
        ("宋樾律师说。宋樾认为违法。宋樾建议报警。", ()),
        ("许多人借款。许多平台逾期。许多电话打来。", ()),
        ("宋樾借了两万。后来他走了。", ()),
    ],
)
def test_a_name_that_opens_clauses_again_and_again_is_somebody(text: str, named: tuple[str, ...]) -> None:
    assert people(text, FIND.judge.words) == named


@pytest.mark.parametrize(
    "text",
    [
        "经初查发现，骆驼样金委托的催收公司冒充民警恐吓借款人，涉嫌寻衅滋事。",
        "例如某网贷公司委托催收人员威胁债务人的亲属，最终被以催收非法债务罪判刑。",
        "记者发现，骆驼样金的催收员仍在辱骂借款人。",
        "央视晚会曝光了骆驼样金的暴力催收。",
        "投诉比较集中的问题包括暴力催收。",
    ],
)
def test_what_was_looked_into_is_reported_although_it_is_a_crime(text: str) -> None:
    assert set(states(text)) == {"alleged"}


@pytest.mark.parametrize(
    "text",
    [
        "我逾期了。有些催收公司会伪造律师函寄到村里。",
        "我在网上看了很多。部分平台给借款人的亲友群发短信。",
        "逾期2个月，客服每天打电话催收；",
        "套路贷是指那些以暴力催收为手段的贷款。",
    ],
)
def test_of_some_lenders_of_a_timetable_and_of_a_kind_of_loan_nothing_is_reported(text: str) -> None:
    assert "alleged" not in states(text)
