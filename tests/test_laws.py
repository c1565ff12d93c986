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
        ("《民法典》第680条和3人有关。", "680"),
        ("《民法典》第６８０条、第 681 条。", "680, 681"),
        ("《民法典》 第 680 条规定。", "680"),
        ("《民法典》第675条第2款、第3款及第676条。", "675, 676"),
        ("《民法典》第一百零二至一百零四条。", "102..104"),
        ("《民法典》第675、676至680条规定。", "675, 676..680"),
        ("民法典第675—680条。", "675..680"),
        ("《民法典》合同编第六百七十五条。", "675"),
        ("《民法典第六百七十五条》说得清楚。", "675"),
        ("〈民法典〉第675条。", "675"),
        ("【民法典】第675条。", "675"),
        ("《民法典》（第一千一百八十三条）可以主张。", "1183"),
        ("民法典(675条)也有。", "675"),
        ("按民法典675、676条，要付利息。", "675, 676"),
        ("《民法典》675-680条讲的是借款。", "675..680"),
        ("《民法典》六百七十五条规定了期限。", "675"),
        ("民法典合同编第十二章借款合同第六百七十五条。", "675"),
        ("《民法典》第三编合同第六百七十五条。", "675"),
        ("《刑法》第293-1条规定了一种罪。", "293-1"),
        ("《民法典》第293-301条。", "293..301"),
        ("《民法典》第675/676条。", "675, 676"),
        ("民法典第675条之规定及第676条。", "675, 676"),
        ("《中华人民共和国民法典》（以下简称《民法典》）第675条规定。", "675"),
        ("根据《民法典》，借款人应遵守合同第三条。", None),
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


@pytest.mark.parametrize(
    ("text", "cited"),
    [
        ("依法还款，有关法律规定明确，国家法律法规和民法都有规定。", []),
        ("《德国民法典》《民法典解读》与《关于适用〈民法典〉时间效力的若干规定》都不是。", []),
        ("德国民法典、劳动合同法、合同法律关系、担保法人、物权法定原则、广告法务都不是。", []),
        ("《管理条例》《民法》《律法》《劳动合同法》《消费者权益保护条例》都不是。", []),
        ("刑法学者说，消法官司不少。", []),
        ("担保法第18条，物权法、侵权责任法和民法通则规定得早。",
         ["guarantee-law", "property-law", "tort-law", "general-principles"]),
        ("消法第八条，违反刑法，个保法第13条。", ["consumer-law", "criminal-law", "pipl"]),
        ("《消费者权益保护法实施条例》第二条", ["consumer-regulation"]),
        ("《民 法 典》与《中华人民共和国 合同法》", ["civil-code", "contract-law"]),
        ("法释[2020]17号、法释〔2020〕17号", ["private-lending", "private-lending"]),
        ("《关于审理民间借贷案件适用法律若干问题的规定（2020修正）》（法释〔2020〕17号）",
         ["private-lending"]),
        ("《最高人民法院关于适用《中华人民共和国民法典》时间效力的若干规定》", []),
        ("民事诉讼法司法解释第90条，《民法典》司法解释第五条，《个人信息保护法（草案）》第十条", []),
        ("信用卡监督管理办法第70条，《信用卡管理办法》，信用卡业务管理办法", ["card-measures"] * 3),
        ("《民间借贷规定》第二十五条，征信管理条例规定五年", ["private-lending", "credit-reg"]),
        ("按个保法他们得删，依据信用卡监管办法第七十条", ["pipl", "card-measures"]),
    ],
)  # fmt: skip
def test_a_law_is_named_by_its_title_and_by_nothing_like_it(text: str, cited: list[str]) -> None:
    assert [law.law_id for law in found(OVERDUE, Law, "说明", text)] == cited


@pytest.mark.parametrize(
    ("title", "law_id"),
    [
        ("《中国人民共和国民法典》", "civil-code"),
        ("《共和国民典》", "civil-code"),
        ("《民□法典》", "civil-code"),
        ("《个人保护法》", "pipl"),
        ("《银行信用卡业务管理办法》", "card-measures"),
        ("《互联网逾期债务自律公约（试行）》", "nifa-pact"),
        ("《消费者保护法》", "consumer-law"),
    ],
)
def test_a_title_that_lost_words_is_known_for_what_is_left(title: str, law_id: str) -> None:
    laws = found(OVERDUE, Law, "说明", f"根据{title}第十条规定。")
    assert [(law.law_id, law.surface, law.note, law.articles) for law in laws] == [
        (law_id, title, "damaged", "10")
    ]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("拨打12 378、123-78或１２３７８投诉", ["12 378", "123-78", "１２３７８"]),
        ("电话0571-12345，热线12363 12315，客服95188-2", ["12345", "12363", "12315", "95188"]),
        ("请立即报警（110），或打110。", ["110", "110"]),
        ("公安：110，请报110，110民警赶到", ["110", "110", "110"]),
        ("拨打12378，12363投诉", ["12378", "12363"]),
        ("客服热线：工商银行95588，建设银行95533，农业银行95599。", ["95588", "95533", "95599"]),
        ("（2024）青0102民初12345号，编号为12378的工单，工单号：12345，案件号12368", []),
        ("本金12345，欠款总额为12378，转账12378给他，房间号110", []),
        ("编号12345、共12378个用户、12378名、12,378元、12378.com、12345678、第12345号", []),
        ("欠110元，12 378元，95188人，代码12345，2024-12378-1", []),
    ],
)
def test_a_number_may_be_set_apart_where_a_telephone_is_spoken_of(text: str, numbers: list[str]) -> None:
    assert [law.surface for law in found(OVERDUE, Law, "说明", text)] == numbers


def test_a_page_of_brackets_and_digits_is_read_soon() -> None:
    text = "《〈民法典" * 4000 + "1 2 3 7 8 " * 4000 + "《" + "民" * 9000
    assert len(found(OVERDUE, Law, "说明", f"拨打{text}")) < 10_000


def test_a_hotline_is_dialled_and_has_no_status() -> None:
    text = "可拨打12378、12363或12368，也可拨打95188；欠款12378元、编号95188-1、共95188人都不是。"
    laws = found(OVERDUE, Law, "说明", text)
    assert [(law.law_id, law.surface, law.status) for law in laws] == [
        ("hotline-12378", "12378", None),
        ("hotline-12363", "12363", None),
        ("hotline-12368", "12368", None),
        ("hotline-95", "95188", None),
    ]


def test_every_title_and_number_is_found_as_itself() -> None:
    for law in read_taxonomy(OVERDUE.topic).laws:
        said = [f"见《{title}》。" for title in (*law.titles, *law.short)]
        if law.hotline:
            said.append(f"拨打{law.hotline.number.replace('x', '1')}。")
        for text in said:
            assert [one.law_id for one in found(OVERDUE, Law, "说明", text)] == [law.kind.law_id], text
