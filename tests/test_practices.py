from __future__ import annotations

import json

import pytest
from findings_articles import HERE, found, outline, overdue

from pipeline.records import Edit, Practice

CASES = json.loads((HERE / "cases" / "findings.json").read_text(encoding="utf-8"))
OVERDUE = overdue()


@pytest.mark.parametrize("case", CASES["assertions"], ids=lambda case: case["label"])
def test_how_a_practice_is_asserted(case: dict[str, str]) -> None:
    practices = found(OVERDUE, Practice, "云朵借逾期", case["text"])
    held = [(p.practice_id, p.assertion, p.platform_id) for p in practices]
    assert (case["practice"], case["assertion"], case["platform"]) in held, held


@pytest.mark.parametrize("kind", OVERDUE.taxonomy.practices, ids=lambda kind: kind.kind.practice_id)
def test_the_example_of_a_practice_is_found_and_its_counter_example_is_not(kind) -> None:  # type: ignore[no-untyped-def]
    practice = kind.kind.practice_id
    assert practice in {p.practice_id for p in found(OVERDUE, Practice, "说明", kind.said.example)}
    assert practice not in {
        p.practice_id for p in found(OVERDUE, Practice, "说明", kind.said.counter_example)
    }


@pytest.mark.parametrize(
    "state", OVERDUE.topic.tables["taxonomy"]["assertion"], ids=lambda state: state["id"]
)
def test_the_example_of_a_state_is_in_it_and_its_counter_example_is_not(state: dict[str, str]) -> None:
    said = {p.assertion for p in found(OVERDUE, Practice, "云朵借逾期", state["example"])}
    assert said == {state["id"]}
    not_said = {p.assertion for p in found(OVERDUE, Practice, "云朵借逾期", state["counter_example"])}
    assert state["id"] not in not_said


def test_titles_and_headings_ask() -> None:
    text = "一、云朵借上门催收\n云朵借可能会上门催收。"
    practices = found(
        OVERDUE, Practice, "云朵借暴力催收", text, outline(text, (1, "一、云朵借上门催收", "body"))
    )
    assert [(p.field, p.assertion) for p in practices] == [
        ("title", "question"),
        ("text", "question"),
        ("text", "claimed-practice"),
    ]


def test_a_section_that_advises_quotes_law_and_what_somebody_reports() -> None:
    text = (
        "一、应对催收\n遇到云朵借上门催收，可以报警。\n催收人员不得威胁借款人。\n有用户反映云朵借上门催收。"
    )
    practices = found(OVERDUE, Practice, "云朵借逾期", text, outline(text, (1, "一、应对催收", "advice")))
    assert [p.assertion for p in practices] == ["advice", "prohibited", "alleged"]


@pytest.mark.parametrize("case", CASES["headings"], ids=lambda case: case["label"])
def test_a_heading_with_how_advises_only_those_who_owe(case: dict[str, str]) -> None:
    """In a section that advises, what nobody is said to do is advice."""
    text = f"{case['heading']}\n还有软暴力这种情形。"
    said = [p.assertion for p in found(OVERDUE, Practice, "说明", text) if p.practice_id == "violence"][-1]
    assert said == ("advice" if case["advises"] else "generic")


def test_attribution_is_direct_or_to_the_only_subject_or_to_nobody() -> None:
    text = "云朵借会发短信催款。\n平台可能会上门催收。\n暴力催收令人害怕。"
    practices = found(OVERDUE, Practice, "云朵借逾期", text)
    assert [(p.practice_id, p.platform_id, p.attribution) for p in practices] == [
        ("sms", "yunduojie", "direct"),
        ("visit", "yunduojie", "document"),
        ("violence", None, "none"),
    ]


def test_where_title_and_text_are_about_different_platforms_the_document_vouches_for_neither() -> None:
    text = "云朵借逾期要还款。云朵借有催收。平台可能会上门催收。"
    practices = found(OVERDUE, Practice, "山雀分期逾期", text)
    assert [(p.practice_id, p.platform_id, p.attribution) for p in practices] == [("visit", None, "none")]


def test_a_means_of_payment_collects_nothing() -> None:
    practices = found(OVERDUE, Practice, "逾期", "通过支付宝还款后，仍可能收到催收短信，还会被起诉。")
    assert {p.platform_id for p in practices} == {None}


def test_only_a_restored_word_makes_a_practice_rest_on_restoration() -> None:
    text = "云朵借会使用电话催收。云朵借会上门催收。"
    restored = Edit("a-0123456789abcdef", 0, "text", "deleted-phone", 6, 8, " ", "电话", "high")
    annotation = Edit("a-0123456789abcdef", 1, "text", "annotation", 15, 16, "門(mén)", "门", "high")
    practices = found(OVERDUE, Practice, "云朵借逾期", text, edits=[restored, annotation])
    assert [(p.practice_id, p.rests_on_restoration) for p in practices] == [("phone", True), ("visit", False)]


def test_the_sentence_holds_its_cue_and_ends_with_its_mark() -> None:
    text = "云朵借逾期。云朵借会上门催收！其他无关。"
    (practice,) = found(OVERDUE, Practice, "说明", text)
    assert text[practice.sentence_start : practice.sentence_end] == "云朵借会上门催收！"
    assert practice.sentence_start <= practice.char_start < practice.char_end <= practice.sentence_end


def test_what_names_nobody_who_collects_claims_nothing_of_anybody() -> None:
    said = {
        "逾期后可能会上门催收。": "generic",
        "催收人员可能会上门催收。": "claimed-practice",
        "云朵借可能会上门催收。": "claimed-practice",
    }
    assert {text: found(OVERDUE, Practice, "云朵借逾期", text)[0].assertion for text in said} == said


def test_a_reminder_that_somebody_sets_himself_is_no_message_of_a_collector() -> None:
    assert not found(OVERDUE, Practice, "云朵借逾期", "在手机里设置还款提醒，还款日前一天把钱存进卡里。")
    (sent,) = found(OVERDUE, Practice, "云朵借逾期", "云朵借会向借款人发送还款提醒。")
    assert sent.practice_id == "sms"
