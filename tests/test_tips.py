from __future__ import annotations

import json
from dataclasses import replace

import pytest
from findings_articles import HERE, by_rules, found, outline, overdue

from crawler.definitions import DefinitionError
from pipeline.evaluate.advice import advice_figures
from pipeline.findings.taxonomy import read_taxonomy
from pipeline.records import TipCandidate, TipSource
from yuqi.evaluating.advised import TUNED, told_of_file

CASES = json.loads((HERE / "cases" / "findings.json").read_text(encoding="utf-8"))
OVERDUE, RULES = overdue(), by_rules()


@pytest.mark.parametrize("case", CASES["advice"], ids=lambda case: case["label"])
def test_whom_a_sentence_advises(case: dict[str, list[str]]) -> None:
    given = found(RULES, TipSource, "逾期说明", str(case["text"]))
    assert {tip.tip_id for tip in given} == set(case["tips"])


@pytest.mark.parametrize("kind", OVERDUE.taxonomy.tips, ids=lambda kind: kind.kind.tip_id)
def test_the_example_of_a_tip_is_found_and_its_counter_example_is_not(kind) -> None:  # type: ignore[no-untyped-def]
    tip = kind.kind.tip_id
    assert tip in {source.tip_id for source in found(OVERDUE, TipSource, "逾期说明", kind.said.example)}
    assert tip not in {
        source.tip_id for source in found(OVERDUE, TipSource, "逾期说明", kind.said.counter_example)
    }


TEXT = """开头先介绍几句。
一、应对催收的策略
1.1 保持冷静
借款人接到催收时应保持冷静。
1.2 平台的责任
平台应保持冷静并规范催收。
二、云朵借的改进建议
2.1 及时沟通
云朵借应及时与借款人沟通。
三、催收流程
3.1 协商
催收人员可以与借款人协商。"""
SECTIONS = outline(
    TEXT,
    (1, "一、应对催收的策略", "advice"),
    (2, "1.1 保持冷静", "advice"),
    (2, "1.2 平台的责任", "advice"),
    (1, "二、云朵借的改进建议", "advice"),
    (2, "2.1 及时沟通", "advice"),
    (1, "三、催收流程", "body"),
    (2, "3.1 协商", "body"),
)


@pytest.mark.parametrize("sections", [SECTIONS, []], ids=["sections", "numbered lines only"])
def test_a_sub_section_advises_where_its_section_does_and_is_not_about_the_platform(sections: list) -> None:  # type: ignore[type-arg]
    tips = found(OVERDUE, TipSource, "云朵借逾期", TEXT, sections)
    assert [(tip.tip_id, tip.rule, tip.surface) for tip in tips] == [
        ("stay-calm", "subsection", "借款人接到催收时应保持冷静。")
    ]
    assert (tips[0].heading or "").endswith("保持冷静")


def test_a_labelled_item_of_a_section_that_advises_is_a_tip_by_its_label() -> None:
    text = (
        "一、应对建议\n1、保留证据：遇到骚扰时把往来都存好。\n平台监督：平台会保留录音。\n"
        "二、其他\n保留证据：平台的系统会保留录音。"
    )
    tips = found(OVERDUE, TipSource, "逾期说明", text)
    assert [(tip.tip_id, tip.rule, tip.heading, tip.surface[:6]) for tip in tips] == [
        ("evidence", "item", None, "1、保留证据")
    ]


def test_free_sentences_of_a_summary_count_where_they_address_the_borrower() -> None:
    text = "小编总结\n借款人应当按时还款，而平台则需合理规划催收。只有大家努力，才有好环境。"
    assert [(tip.tip_id, tip.rule) for tip in found(OVERDUE, TipSource, "逾期说明", text)] == [
        ("pay-on-time", "sentence")
    ]


def test_promotion_is_kept_apart() -> None:
    promoted = [kind.kind.tip_id for kind in OVERDUE.taxonomy.tips if kind.kind.promotional]
    assert promoted == ["hire-agent"]


def test_advice_without_an_id_goes_to_a_review_list_and_counts_nowhere() -> None:
    text = "一、应对建议\n借款人可以去夜校学一门手艺。\n平台应当优化流程。\n借款人应当按时还款。"
    assert [c.surface for c in found(RULES, TipCandidate, "逾期说明", text)] == [
        "借款人可以去夜校学一门手艺。"
    ]
    assert [tip.tip_id for tip in found(RULES, TipSource, "逾期说明", text)] == ["pay-on-time"]
    told = found(OVERDUE, TipSource, "逾期说明", text)  # the model knows that to raise one's income is a plan
    assert [tip.tip_id for tip in told] == ["make-plan", "pay-on-time"]


def test_of_several_tips_in_a_sentence_the_one_named_first_comes_first() -> None:
    tips = found(RULES, TipSource, "逾期说明", "借款人应当保留录音证据，并向监管部门投诉。")
    assert [tip.tip_id for tip in tips] == ["evidence", "complain-reg"]


def test_an_answer_without_headings_that_gives_three_tips_advises_in_its_other_sentences_too() -> None:
    text = "借款人应当保留录音证据。\n借款人要按时还款。\n可以向监管部门投诉。\n{}"
    more = "验证码一律不说。"
    found_in = {tip.tip_id for tip in found(RULES, TipSource, "逾期说明", text.format(more))}
    assert found_in == {"evidence", "pay-on-time", "complain-reg", "privacy"}
    assert not found(RULES, TipSource, "逾期说明", more)


def test_a_story_of_what_somebody_did_is_no_advice() -> None:
    text = "一、应对建议\n他先给父母打了电话，说了实话。\n催收打来时，他学会了录音，也学会了报警。"
    assert not found(OVERDUE, TipSource, "逾期说明", text) and not found(
        OVERDUE, TipCandidate, "逾期说明", text
    )


def test_an_advertisement_advises_nothing_else() -> None:
    text = "一、应对建议\n需要制定还款计划的，可以加我微信，法务团队帮您协商。"
    assert [tip.tip_id for tip in found(OVERDUE, TipSource, "逾期说明", text)] == ["hire-agent"]


def test_a_sentence_with_a_number_is_no_heading() -> None:
    text = "一、有人上门，先看证件，再问清是哪家公司派来的。\n二、要保留录音证据。"
    assert "verify-id" in {tip.tip_id for tip in found(OVERDUE, TipSource, "遇到催债这样办", text)}


def test_advice_of_pages_that_were_looked_at_stays_found() -> None:
    figures = {f.measure: f.value or 0 for f in advice_figures(told_of_file(TUNED))}
    assert figures["segmentation-precision"] >= 0.96
    assert figures["segmentation-recall"] >= 0.85
    assert figures["first-id-right"] >= 0.93


@pytest.mark.parametrize(
    ("text", "tips"),
    [
        ("协商成功后，按照约定准时还款。", {"pay-on-time"}),
        ("如果客服不理会，就去12378投诉。", {"complain-reg"}),
        ("我公司未委托任何机构，请勿轻信停息代办。", {"avoid-agents", "no-sign-pay"}),
        ("李律师：接到传票要按时到庭。", {"attend-court"}),
        ("网贷逾期可以协商吗？", set()),
        ("根据《民法典》的规定，借款人应当按照约定归还本金和利息。", set()),
    ],
    ids=[
        "when, then what",
        "a condition's actor",
        "an order",
        "who speaks",
        "a question",
        "law",
    ],
)
def test_whom_a_clause_advises_is_told_by_what_stands_before_it(text: str, tips: set[str]) -> None:
    said = found(OVERDUE, TipSource, "网贷逾期怎么办", text)
    assert {tip.tip_id for tip in said} == tips


def test_items_behind_an_announcement_advise_up_to_what_is_no_item() -> None:
    items = "\n1. 通话录音和短信。\n2. 与平台沟通还款方案。\n与平台沟通还款方案。"
    told = found(RULES, TipSource, "逾期说明", "您可以通过以下方式解决：" + items)
    assert [tip.tip_id for tip in told] == ["evidence", "contact-early"]
    assert not found(RULES, TipSource, "逾期说明", "平台有几个部门。" + items)


def test_a_text_without_a_word_of_the_topic_or_a_lender_advises_nobody() -> None:
    assert not found(OVERDUE, TipSource, "开学指南", "学校应主动与家长沟通，可以拨打12345投诉。")


def test_a_piece_of_advice_ends_at_a_labelled_item_and_at_the_conclusion() -> None:
    text = (
        "一、寻求法律援助\n借款人可以申请法律援助。\n误区：借新还旧。\n总之，借款人要保持冷静。\n"
        "二、保留证据\n借款人应把通话录音留好。"
    )
    told = found(OVERDUE, TipSource, "遇到催收怎么办", text)
    assert [(tip.tip_id, tip.surface) for tip in told] == [
        ("legal-help", "借款人可以申请法律援助。"),
        ("stay-calm", "总之，借款人要保持冷静。"),
        ("evidence", "借款人应把通话录音留好。"),
    ]


def test_numbered_lines_that_stand_together_are_a_list_and_no_headings() -> None:
    text = "1. 停止申请新贷款\n2. 梳理所有欠款（平台、金额）\n3. 优先偿还信用卡\n协商时还要保留通话录音。"
    told = found(OVERDUE, TipSource, "网贷逾期怎么办", text)
    assert [tip.tip_id for tip in told] == ["no-new-debt", "make-plan", "prioritise", "evidence"]
    assert {tip.heading for tip in told} == {None}


def test_a_short_line_without_a_stop_gives_an_order_where_the_page_advises() -> None:
    text = "准备好失业证明\n银行会在收到材料以后审核，一般需要五个工作日，期间会有专员打来电话询问。"
    assert [tip.tip_id for tip in found(OVERDUE, TipSource, "网贷逾期怎么办", text)] == ["hardship-proof"]
    assert not found(OVERDUE, TipSource, "网贷逾期说明", text)


def test_what_announces_advice_is_no_advice_without_an_id() -> None:
    text = "一、应对建议\n借款人应当采取以下措施。\n借款人应当注意几点：\n借款人可以去夜校学一门手艺。"
    assert [c.surface for c in found(RULES, TipCandidate, "逾期说明", text)] == [
        "借款人可以去夜校学一门手艺。"
    ]


@pytest.mark.parametrize(
    ("states", "advises"),
    [
        ("按时还款不仅能少付罚息，还能养好征信。", "不仅要按时还款，还要养好征信。"),
        ("该方法旨在尽量保留通话录音。", "此时先保留通话录音。"),
        ("这样可以保留通话录音。", "这样的通话录音要保留。"),
        ("这些材料对及时协商还款至关重要。", "这些材料要在协商还款时提交。"),
        ("停息挂账不是免债，只是先协商还款。", "停息挂账要先协商还款。"),
        ("停息挂账并不是谁都能协商，首先得有困难证明。", "首先得准备好困难证明。"),
        ("如何协商还款，已成为每个家庭必须面对的难题。", "每个家庭都必须学会协商还款。"),
        ("现在有些平台把合同算得很乱，不好还款。", "请把合同算清楚，再还款。"),
        ("某用户及时还款，征信好了。", "及时还款，征信就好了。"),
        ("“工作人员”要求刘女士不要报警。", "遇到威胁，要报警。"),
        ("特殊情况下，发卡行可以与持卡人平等协商还款。", "还有意愿的持卡人可以协商还款。"),
        ("如果您要及时协商还款的话。", "还不上的话，您要主动协商还款。"),
        ("以下是您可以协商还款的办法。", "请主动协商还款。"),
        ("1、骂人：直接骂人，触犯《刑法》。", "1、骂人：直接报警。"),
        ("随着欠款越来越多，人们可以协商还款。", "随着欠款越来越多，应主动协商还款。"),
        ("停息挂账的意思是，先协商，再还款。", "先协商，再还款。"),
        ("别急，我来给大家讲先协商再还款。", "别急，先协商再还款。"),
        ("我之前也是先协商，再还款。", "我的建议是，先协商，再还款。"),
        ("对方可能会拿起诉吓人，让您先转账。", "对方拿起诉吓人，您不要先转账。"),
        ("先分清真假再协商，多数问题都能找到出口。", "先分清真假再协商，账目都要对。"),
        ("案例：她想及时还款，没有成功。", "建议：要及时还款。"),
        ("拖着不还款只会让罚息变多，每月上涨。", "罚息变多的，每月记账。"),
        ("提前还款，可以帮助您少付利息。", "有余钱的，您可以提前还款，少付利息。"),
        ("协商不一定能成，直接看困难证明。", "协商直接看困难证明。"),
        ("还款的影响：先还本金，再还利息。", "还款的顺序：先还本金，再还利息。"),
        ("例如原本每月还三千，协商后先还一半。", "每月还三千有困难的，可以协商先还一半。"),
        ("了解清楚后，专员会要求用户提供失业证明。", "专员了解清楚后，要提供失业证明。"),
        ("积极应诉则能提出自己的证据。", "积极应诉，提出自己的证据。"),
        ("只有保持良好的信用，才能借得便宜。", "要借得便宜，应保持良好的信用。"),
        ("手续费诈骗：以放款为由，直接诱导转账。", "手续费诈骗：遇到先交钱的，不要转账。"),
        ("很多人收到传票就不敢出庭应诉。", "收到传票就要出庭应诉。"),
        ("专业人士会为您直接提供法律援助。", "请专业人士为您提供法律援助。"),
        ("根据规定，通话录音可以作为证据。", "根据规定，要保留通话录音作为证据。"),
        ("不应诉会让法院缺席判决。", "要应诉，不让法院缺席判决。"),
        ("如果可以与银行协商停息挂账，压力会小。", "压力大的，可以与银行协商停息挂账。"),
        ("我们要知道，协商还款是常见的办法。", "我们要知道，协商还款需要提供证明。"),
        ("尽早协商还款是避免起诉的关键。", "为了避免起诉，要尽早协商还款。"),
        ("有时候，直接协商还款也没有用。", "有时候，直接找客服协商还款。"),
        ("常见的骗局有先交保证金的，模式包括：", "遇到先交保证金的骗局，不要转账。"),
        ("老王鼓起勇气，通话时他提供了证明。", "鼓起勇气，通话时要提供证明。"),
    ],
)
def test_what_only_states_something_advises_nobody_even_where_advice_is_given(
    states: str, advises: str
) -> None:
    def given(text: str) -> list[TipSource | TipCandidate]:
        kinds = (TipSource, TipCandidate)
        return [tip for kind in kinds for tip in found(OVERDUE, kind, "网贷逾期怎么办", text)]

    assert not given(states)
    assert given(advises)


def test_what_you_can_do_is_advice_by_the_rules_alone() -> None:
    """The model takes it for a statement."""
    assert found(by_rules(), TipCandidate, "网贷逾期怎么办", "提前还款，您可以少付利息。")


def test_what_a_heading_calls_a_condition_or_a_cause_is_no_list_of_advice() -> None:
    under = "\n1、有协商还款的意愿。\n2、每月能还一部分。\n借款人要记住期限。"
    heading = "一、停息挂账的{}"
    told = {
        word: [
            tip.tip_id for tip in found(OVERDUE, TipSource, "停息挂账怎么申请", heading.format(word) + under)
        ]
        for word in ("条件", "步骤")
    }
    assert told["条件"] == []
    assert {"negotiate", "partial"} <= set(told["步骤"])


def test_all_sections_advise_where_the_title_does_and_no_heading_gathers_advice() -> None:
    text = "一、{}\n银行一般给几个日期，借款人要选一个。\n二、利息\n每月记账，少付利息。"
    told = {
        heading: [tip.tip_id for tip in found(RULES, TipSource, "如何协商还款", text.format(heading))]
        for heading in ("选择还款时间", "还款技巧和建议")
    }
    assert told == {"选择还款时间": ["make-plan"], "还款技巧和建议": []}


def test_who_warns_the_public_of_something_does_not_act_in_what_is_advised() -> None:
    told = found(OVERDUE, TipSource, "逾期说明", "监管部门提醒广大消费者，应通过正规渠道借款。")
    assert [tip.tip_id for tip in told] == ["regular-channel"]
    assert not found(OVERDUE, TipSource, "逾期说明", "监管部门提醒说，平台应通过正规渠道放款。")


@pytest.mark.parametrize(
    ("text", "tips"),
    [
        ("整理好所有借据，备份通话录音。", ["evidence"]),
        ("2\ufe0f\u20e3 收集相关证据（如录音），并向金融监管部门投诉；", ["evidence", "complain-reg"]),
        ("避免以贷养贷：这会让债务越滚越大。", ["no-new-debt"]),
        ("借款人应收集还款记录。", ["evidence"]),
        ("云朵借逾期后，用户可主动联系平台客服。", ["contact-early"]),
        ("常见的办法是申请贷款展期。", ["negotiate"]),
        ("下一步便是制定还款计划。", ["make-plan"]),
        ("律师提醒：庭审中需围绕利息提出抗辩。", ["attend-court"]),
        ("按照银行的要求，备齐收入证明。", ["hardship-proof"]),
    ],
)
def test_where_advice_is_given_an_order_needs_no_modal_verb(text: str, tips: list[str]) -> None:
    said = found(RULES, TipSource, "网贷逾期怎么办", text)
    assert [tip.tip_id for tip in said] == tips


def test_what_a_heading_names_is_not_said_of_sentences_that_advise_something_else() -> None:
    text = (
        "一、协商还款\n借款人可以申请分期。\n对方不答应的，要多谈几次。\n通话时应当保留录音。\n"
        "二、寻求法律援助\n借款人应当向监管部门投诉。"
    )
    told = found(OVERDUE, TipSource, "网贷逾期怎么办", text)
    assert [(tip.tip_id, tip.surface) for tip in told] == [
        ("negotiate", "借款人可以申请分期。\n对方不答应的，要多谈几次。"),
        ("evidence", "通话时应当保留录音。"),
        ("complain-reg", "借款人应当向监管部门投诉。"),
        ("legal-help", "借款人应当向监管部门投诉。"),
    ]
    assert {tip.rule for tip in told} == {"subsection"}


def test_a_page_that_proves_to_advise_lists_its_other_advice_too() -> None:
    text = "借款人应当保留录音证据。\n借款人要按时还款。\n可以向监管部门投诉。\n借款人可以去夜校学一门手艺。"
    assert [c.surface[:6] for c in found(RULES, TipCandidate, "逾期说明", text)] == ["借款人可以去"]
    first = text.split("\n")[-1]
    assert not found(RULES, TipCandidate, "逾期说明", first)


def test_behind_a_list_of_causes_or_risks_advice_begins_again_at_the_next_heading() -> None:
    text = (
        "一、逾期的后果\n逾期之后，常见的后果包括：\n1、保留的额度被取消，建议协商。\n2、按时还款的记录变差，要协商。\n"
        "二、应对建议\n1、借款人应保留通话录音。\n2、借款人可以报警。"
    )
    told = found(OVERDUE, TipSource, "网贷逾期怎么办", text)
    assert [tip.tip_id for tip in told] == ["evidence", "police"]


def test_a_cue_that_names_no_class_of_words_is_a_mistake_that_is_named() -> None:
    table = OVERDUE.topic.tables["taxonomy"]
    first, *others = table["tip"]
    wrong = {**table, "tip": [{**first, "cues": ["<nobody>.{0,4}短信"]}, *others]}
    topic = replace(OVERDUE.topic, tables={**OVERDUE.topic.tables, "taxonomy": wrong})
    with pytest.raises(DefinitionError, match=r"taxonomy\.toml: tip `stay-calm`: no class `nobody`"):
        read_taxonomy(topic)
