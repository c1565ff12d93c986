"""What a report tells over several sentences, and whom a page advises."""

from __future__ import annotations

import pytest

from pipeline.findings.people import masked, masks, people
from pipeline.findings.spans import spans
from pipeline.records import Mention, Practice, TipCandidate, TipSource
from yuqi.evaluating.asserted import page, sample_find

FIND = sample_find()
NONE = spans(list[Mention](), "text")


def states(title: str, text: str) -> list[str]:
    return [
        f.assertion for f in FIND(page(title, text), (), ()) if isinstance(f, Practice) and f.field == "text"
    ]


def test_who_is_named_in_full_is_somebody_who_can_complain() -> None:
    told = "市民梁波向本报反映他的遭遇。\n梁波说，骆驼样金的人在电话里辱骂他。"
    assert people(told, FIND.judge.words, NONE) == ("梁波",)
    assert states("骆驼样金催收调查", told)[-1] == "alleged"


@pytest.mark.parametrize("said", ["平台称，不会上门。", "高利贷说来就来。", "某公司（化名）回应。"])
def test_what_is_no_name_is_masked_nowhere(said: str) -> None:
    assert masked(said, masks(said, FIND.judge.words, NONE)) == said


def test_a_short_line_above_a_paragraph_is_a_heading_and_no_claim() -> None:
    below = "雪松样贷在逾期三个月以后会派工作人员前往住处，了解借款人的还款能力和家庭的情况。"
    assert states("雪松样贷逾期", f"上门催收的条件\n{below}")[0] == "question"


def test_a_guide_for_those_who_collect_advises_nobody_who_owes() -> None:
    said = "1. 电话催收：拨打电话，及时沟通还款。\n2. 保留证据，注意录音。"
    found = list(FIND(page("小额贷款逾期催收指南", said), (), ()))
    assert not [f for f in found if isinstance(f, TipSource | TipCandidate)]
    assert "advice" not in states("小额贷款逾期催收指南", said)


def test_a_story_goes_on_in_the_paragraph_below_but_not_behind_a_heading() -> None:
    begun, goes_on = "我是去年冬天断的供。", "没过三天通讯录就被爆了，老家都传开了。"
    assert states("骆驼样金逾期", f"{begun}\n{goes_on}") == ["alleged"]
    assert states("骆驼样金逾期", goes_on) != ["alleged"]
    assert states("骆驼样金逾期", f"{begun}\n二、催收的手段\n{goes_on}") != ["alleged"]


def test_a_story_of_short_paragraphs_names_its_people_once() -> None:
    begun, between = "女儿在外地打工。", "后来厂子关了。\n账也就断了。"
    goes_on = "前天收到了一封律师函，还接到了三十多个催收电话。"
    assert states("一个村子的账", f"{begun}\n{between}\n{goes_on}") == ["alleged"] * 3
    assert "alleged" not in states("一个村子的账", f"{between}\n{goes_on}")
    assert "alleged" not in states("一个村子的账", f"{begun}\n二、催收的手段\n{between}\n{goes_on}")


def test_a_case_told_in_a_section_that_advises_is_no_advice() -> None:
    told, told_to = "小周上个月被骆驼样金辱骂、恐吓了一个星期。", "建议保留恐吓短信。"
    below = f"一、如何应对催收\n{told}\n{told_to}"
    assert states("骆驼样金逾期怎么办", below) == ["alleged", "advice", "advice"]


@pytest.mark.parametrize(
    ("behind", "told"),
    [
        ("来自江西的骆女士向记者吐槽。", True),
        ("骆女士说。", True),
        ("骆驼样金的客服说。", False),
        ("某机构的前员工透露。", False),
        ("", False),
    ],
)
def test_who_says_a_quote_may_be_named_behind_it(behind: str, told: bool) -> None:
    said = states("骆驼样金逾期", f"“一晚上六十几个骚扰电话，手机烫得拿不住。”{behind}")
    assert ("alleged" in said) is told


def test_deeds_are_told_together_until_somebody_else_speaks() -> None:
    told = "案例：小李逾期后每天接到四十多个催收电话，对方甚至威胁要爆通讯录。"
    assert set(states("说明", told)) == {"alleged"}
    apart = states("说明", "小李说，逾期后他每天接到四十多个催收电话，律师提醒，一般的威胁可以录音。")
    assert apart[0] == "alleged" and apart[-1] != "alleged"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("骆驼样金因暴力催收、变相收费等问题遭数百起投诉。", True),
        ("骆驼样金“爆通讯录”的相关投诉已有八千余条。", True),
        ("近三成的投诉涉及言语威胁。", True),
        ("暴力催收往往会被用户投诉。", False),
        ("遇到暴力催收，可向投诉平台投诉，热线有3条线路。", False),
        ("如果暴力催收被投诉3次，平台可能换一家机构。", False),
    ],
)
def test_how_many_complain_may_stand_behind_the_practice(text: str, told: bool) -> None:
    assert (set(states("骆驼样金逾期", text)) == {"alleged"}) is told


@pytest.mark.parametrize(
    "text",
    [
        "• 通话录音：保存好电话录音，尤其是威胁、辱骂的内容。",
        "若催收涉及恐吓、骚扰等违法行为，用户可以收集证据报案。",
        "你可能也在经历这些：被威胁，被骚扰，夜里睡不着。",
        "这种爆通讯录的行为，已经侵犯了公民的隐私权。",
    ],
)
def test_who_is_told_what_to_do_or_what_the_law_says_has_complained_of_nothing(text: str) -> None:
    said = states("骆驼样金逾期", f"市民梁女士反映被骚扰。\n{text}")
    assert "alleged" not in said[1:]


def test_a_threat_is_one_whatever_else_is_said_around_it() -> None:
    text = "骆驼样金可能在深夜发送威胁短信。"
    found = FIND(page("骆驼样金逾期", text), (), ())
    assert {"odd-hours", "threat"} <= {f.practice_id for f in found if isinstance(f, Practice)}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("法院对骆驼样金三名上门殴打债务人的催收员判处有期徒刑。", True),
        ("警方打掉该团伙，其成员曾往门上喷漆。", True),
        ("犯罪团伙还用恐吓短信逼人还钱。", True),
        ("某起案件中，骆驼样金的催收员把欠款截图发到业主群里。", True),
        ("案件中，常见的手段一般是爆通讯录。", False),
        ("我表哥就因为骆驼样金爆通讯录丢了工作。", True),
        ("听不少读者抱怨，骆驼样金半夜打电话催款。", True),
        ("投诉问题主要有：骚扰亲友、变相收费。", True),
        ("投诉内容应包括暴力催收的时间和地点。", False),
        ("骆驼样金因暴力催收被监管部门约谈。", True),
        ("一旦因暴力催收被约谈，机构会停业整改。", False),
        ("骆驼样金上门催收并不罕见，有用户反映过。", False),
        ("1. 上门骚扰型：有用户收到骆驼样金上门催收的短信。", False),
    ],
)
def test_cases_convictions_and_acquaintances_report_what_rules_and_habits_do_not(
    text: str, told: bool
) -> None:
    assert (states("骆驼样金逾期", text)[0] == "alleged") is told


def test_an_announced_list_goes_on_in_its_later_items() -> None:
    begun = "骆驼样金的用户投诉的主要问题有：一是收费不明；"
    assert states("骆驼样金投诉", f"{begun}二是合同难找；三是泄露个人信息。")[-1] == "alleged"
    assert states("骆驼样金投诉", "一是收费不明；二是合同难找；三是泄露个人信息。")[-1] != "alleged"


def test_who_speaks_to_the_reader_reports_nothing() -> None:
    begun = "我有个朋友遇到过这样的事。"
    assert "alleged" not in states("骆驼样金逾期", f"{begun}有些催收员会打电话恐吓你。")
    assert states("骆驼样金逾期", f"{begun}催收员在电话里恐吓他：“你等着。”")[-1] == "alleged"


@pytest.mark.parametrize(
    "text",
    [
        "年化利率3.45%。",
        "他把车开走去上班。",
        "公司给领导发了请柬。",
        "银行提供智能语音服务。",
        "警方立案调查。",
    ],
)
def test_what_everybody_does_is_no_practice(text: str) -> None:
    assert states("说明", text) == []


def test_a_practice_behind_a_longer_one_is_found_where_it_stands_again() -> None:
    text = "用户反映，骆驼样金把高额利息拆成高额服务费，实际利率高达百分之四十。"
    held = {f.practice_id for f in FIND(page("骆驼样金", text), (), ()) if isinstance(f, Practice)}
    assert {"hidden-fees", "high-rate"} <= held
