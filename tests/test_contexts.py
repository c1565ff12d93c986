"""Ambiguous names in labelled sentences: what is kept, what fires, what the rules are worth."""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import cache

import pytest
from findings_articles import article, found, overdue
from shared_topic import TOPIC

from pipeline.evaluate.contexts import Case, Tried
from pipeline.findings import Find, find_from
from pipeline.findings.gazetteer import read_platforms
from pipeline.records import Mention
from yuqi.evaluating.contexts import SETS, read_contexts, tried, without_gate

OVERDUE = overdue()


@cache
def settings(name: str) -> dict[str, list[Tried]]:
    labelled = read_contexts(name)
    find, ungated = find_from(TOPIC), find_from(without_gate(TOPIC))
    return {
        "on-topic": tried(find, labelled.cases, labelled.title),
        "alone": tried(find, labelled.cases, ""),
        "ungated": tried(ungated, labelled.cases, ""),
    }


def kept_and_fired(judged: list[Tried]) -> tuple[float, float]:
    names = [one for one in judged if one.case.is_name]
    others = [one for one in judged if not one.case.is_name]
    return (
        sum(one.is_right for one in names) / len(names),
        sum(not one.is_right for one in others) / len(others),
    )


@pytest.mark.parametrize("name", SETS)
@pytest.mark.parametrize("setting", ["on-topic", "alone"])
def test_names_are_kept_and_ordinary_words_do_not_fire(name: str, setting: str) -> None:
    kept, fired = kept_and_fired(settings(name)[setting])
    assert kept >= 0.92
    assert fired <= 0.04


@pytest.mark.parametrize("name", SETS)
def test_where_no_topic_is_asked_for_more_is_kept_and_most_of_it_is_right(name: str) -> None:
    judged = settings(name)["ungated"]
    right = sum(one.is_right for one in judged if one.rule)
    assert kept_and_fired(judged)[0] >= 0.95
    assert right / sum(one.rule is not None for one in judged) >= 0.85


def test_sentences_are_many_and_no_sentence_is_both_tuned_on_and_held_out() -> None:
    held, traps, tuned, words = (read_contexts(name).cases for name in SETS)
    said = [{case.sentence for case in cases} for cases in (held, traps, tuned, words)]
    assert len(set().union(*said)) == sum(map(len, said))
    assert len(words) >= 150
    assert (sum(not case.is_name for case in traps), len(traps)) == (60, 100)
    for cases in (tuned, held):
        sides: dict[str, set[bool]] = defaultdict(set)
        for case in cases:
            assert case.alias in case.sentence
            sides[case.alias].add(case.is_name)
        assert len(cases) >= 150
        assert sum(len(both) == 2 for both in sides.values()) >= 75
    known = {platform.platform_id for platform in read_platforms(TOPIC)}
    assert {case.platform for case in (*tuned, *traps, *held, *words)} - {None} <= known


def test_the_worth_of_each_rule_is_what_the_sentences_measure() -> None:
    judged = [one for name in SETS for key in ("on-topic", "alone") for one in settings(name)[key]]
    measured = dict.fromkeys((row["id"] for row in TOPIC.tables["rules"]["rule"]), (0, 0))
    right = Counter(one.rule for one in judged if one.rule and one.is_right)
    measured |= {
        rule: (right[rule], n) for rule, n in Counter(one.rule for one in judged if one.rule).items()
    }
    told = {row["id"]: (row["right"], row["found"]) for row in TOPIC.tables["rules"]["rule"]}
    assert told == measured, "write these into datasets/overdue/rules.toml"


def test_a_means_of_payment_and_another_platform_over_the_place_do_not_count_as_fired() -> None:
    find = Find(TOPIC)
    paid = Case("支付宝", "alipay", "逾期后可以通过支付宝还款，罚息照算。", is_name=False)
    other = Case("兴业", "cib", "兴业消费金融逾期后催收。", is_name=False)
    assert [one.is_right for one in tried(find, (paid, other), "逾期还款说明")] == [True, True]


@pytest.mark.parametrize(
    "text",
    [
        "警方在集中行动中抓获多人。\n迷雾中行走的人要小心。\n会议期间，代表谈到民生与光大同胞的传统。",
        "外卖员骑车送美团订单，月付三百的房租让他精打细算。\n这笔钱够花就好，省一点是一点。",
        "榕树下的老人说，金条要留着，白条不能打。\n读秒阶段，棋手落子，全场寂静。",
        "360度全景相机，一年365天、360元的会员，随手用手机就能拍。",
        "他把零花钱拿去花了，父亲说给你花的钱要记账，有钱花也别乱花。",
        "以及贷款、抵押贷等业务，利率由银行决定，最好分期支付，容易分期的才选。",
        "这双鞋是在京东买的，快递很快，好还是不好还要看一阵子，点点头算是满意。",
        "祝平安，一点点攒，慢慢还呗，省呗，想借就借呗。",
    ],
)
def test_ordinary_news_reviews_and_talk_name_nobody(text: str) -> None:
    assert found(OVERDUE, Mention, "生活随笔", text) == []


def test_a_name_next_to_a_loan_word_counts_in_a_line_that_says_no_more_of_loans() -> None:
    mentions = found(OVERDUE, Mention, "", "为什么我的花呗额度降低了")
    assert [(m.surface, m.rule) for m in mentions] == [("花呗", "strong-cue")]
    assert found(OVERDUE, Mention, "", "花呗真好看") == []


def test_a_list_vouches_for_its_members_but_not_for_an_ordinary_phrase() -> None:
    text = "有钱花和还呗哪个好？逾期都有罚息，征信受影响。"
    assert [(m.surface, m.rule) for m in found(OVERDUE, Mention, "", text)] == [
        ("有钱花", "list"),
        ("还呗", "clean+gate"),
    ]
    assert [m.surface for m in found(OVERDUE, Mention, "", "还呗、随借随还的贷款，逾期有罚息。")] == ["还呗"]


def test_what_stands_in_brackets_beside_its_maker_is_its_product() -> None:
    tail = "要查征信，逾期会有罚息。"
    for said in ("度小满（有钱花）", "有钱花（度小满）", "度小满旗下的有钱花"):
        held = found(OVERDUE, Mention, "", f"{said}{tail}")
        assert "有钱花" in [m.surface for m in held], said
    for said in ("招联金融（盼着有钱花的人不少）", "国美金融（白条）"):
        assert [m.surface for m in found(OVERDUE, Mention, "", f"{said}{tail}")] == [said[:4]]


def test_a_word_of_several_makers_stands_for_the_only_one_that_is_named() -> None:
    tail = "月付逾期后怎么还款？贷款到期，月付的额度也会降。"
    for maker, platform_id in (("抖音月付", "douyin-yuefu"), ("美团月付", "meituan-yuefu")):
        held = found(OVERDUE, Mention, f"{maker}怎么还款", f"{maker}的账单到了。{tail}")
        assert [(m.surface, m.platform_id) for m in held if m.field == "text"] == [
            (maker, platform_id),
            ("月付", platform_id),
            ("月付", platform_id),
        ]
    assert found(OVERDUE, Mention, "月付怎么还款", tail) == []
    both = found(OVERDUE, Mention, "", f"抖音月付和美团月付都有账单。{tail}")
    assert [m.surface for m in both] == ["抖音月付", "美团月付"]


def test_a_product_word_of_many_makers_names_nobody_without_its_own() -> None:
    said = "{}到期后要还款，逾期会有罚息，征信也会受影响。"
    for word in ("闪电贷", "惠民贷", "万用金", "易分期", "信用钱包"):
        assert found(OVERDUE, Mention, f"{word}还款说明", said.format(word)) == [], word
    assert [m.surface for m in found(OVERDUE, Mention, "", "招行闪电贷和花呗逾期。闪电贷的利息低。")] == [
        "招行闪电贷",
        "花呗",
        "闪电贷",
    ]


def test_news_of_a_company_is_no_mention_of_a_lender_before_the_page_is_surely_about_loans() -> None:
    news = "美团平台上的骑手多了起来。美团表示将帮助骑手申请贷款，按时还款。"
    assert found(OVERDUE, Mention, "骑手的一天", news) == []
    page = news + "逾期之后会催收，罚息不少，征信受影响。"
    assert {m.surface for m in found(OVERDUE, Mention, "骑手的一天", page)} == {"美团"}


def test_findings_do_not_depend_on_what_was_read_before() -> None:
    pages = [article("说明", case.sentence) for case in read_contexts("tuned").cases[:60]]
    find = Find(TOPIC)
    forward = [list(find(page, (), ())) for page in pages]
    backward = [list(find(page, (), ())) for page in reversed(pages)]
    assert forward == backward[::-1]
