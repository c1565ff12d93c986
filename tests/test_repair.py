"""Repair of a page: cases from tests/cases and from the rules' own examples, laws, and clean text."""

from __future__ import annotations

import json
import random
import re
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from effort import within
from gbk_damage import annotated_pairs, damaged, traditional
from hypothesis import given, settings
from hypothesis import strategies as st
from shared_topic import RULES, TOPIC

from pipeline.repair import RepairRules, repair_page
from pipeline.repair.annotations import is_annotated
from pipeline.repair.edited import EditedText
from pipeline.repair.lacunae import restore, suspected
from pipeline.repair.misalignment import realign
from pipeline.repair.restoring import restore_page
from pipeline.script import characters

CASES = json.loads((Path(__file__).parent / "cases" / "repair.json").read_text(encoding="utf-8"))
EXAMPLES = [
    (row["id"], said, fixed)
    for row in TOPIC.tables["repair"]["lacuna"]
    for said, fixed in (*row["positive"], *([text, text] for text in row["negative"]))
]
SHARED = Path(__file__).parents[2] / "shared"
PAGES = sorted((SHARED / "pages").glob("*.txt"))
MARKED = sorted((SHARED / "eval" / "extraction").glob("*/*.json"))
# Sentences of our own, in the manner of the pages, for damage made on purpose.
CLEAN = (
    "隨着互聯網金融的快速發展，許多平臺爲用戶提供便捷的服務。現實中的問題也不少，值得關注！",
    "互聯網的規模化應用，帶來了新的風險。科學的管理方法；合理的還款計劃，都很重要。",
    "他來諮詢如何成爲會員，對方說：“現在就可以。”“學習這些規則，要花時間。”",
    "借款人應當保留證據。經過協商，雙方達成了一致；實際的金額，以合同爲準。縣裏的機構也在處理。",
)


def rule(name: str) -> RepairRules:
    return RepairRules(tuple(r for r in RULES.lacunae if r.id == name), RULES.redact)


def marks(case: Any) -> tuple[pytest.MarkDecorator, ...]:
    return (pytest.mark.xfail(strict=True),) if case["origin"] == "known failure" else ()


@pytest.mark.parametrize("case", [pytest.param(case, id=case["label"], marks=marks(case)) for case in CASES])
def test_a_case_is_repaired_as_it_says(case: dict[str, Any]) -> None:
    page = repair_page("", case["original"].split("\n"), RULES)
    assert "\n".join(line.text for line in page.lines) == case["fixed"]
    assert [edit.kind for line in page.lines for edit in line.edited.edits] == case["kinds"]


@pytest.mark.parametrize(("name", "said", "fixed"), EXAMPLES)
def test_a_rule_does_what_its_examples_say(name: str, said: str, fixed: str) -> None:
    chosen = rule(name).lacunae
    noted = EditedText(said).replace(suspected(said, chosen)).text
    assert (restore(EditedText(said), chosen).text if chosen[0].action == "restore" else noted) == fixed


@pytest.mark.parametrize(("name", "said", "fixed"), EXAMPLES)
def test_what_a_rule_leaves_alone_no_other_rule_changes(name: str, said: str, fixed: str) -> None:
    if said == fixed:
        assert restore_page([EditedText(said)], RULES.lacunae)[0].text == said


def test_every_rule_has_examples_of_both_sorts_and_says_what_it_leaves() -> None:
    for row in TOPIC.tables["repair"]["lacuna"]:
        assert row["positive"] and row["negative"] and row["leaves"], row["id"]
        assert row["action"] == "note" or row["confidence"] == "high", "what is not sure is only noted"


@given(st.lists(st.text("催收問題电话聯(lián)係內(nèi)?，；F 、。著ヂ盎", max_size=40), max_size=4))
def test_the_pages_own_words_come_back_position_by_position(lines: list[str]) -> None:
    page = repair_page("標題", lines, RULES)
    for line in (page.title, *page.lines):
        undone = line.edited.undo()
        assert len(undone) == len(line.original)
        assert all(
            a == b or a in SAME or not a.isascii() or not b.isascii()
            for a, b in zip(undone, line.original, strict=True)
        )
        assert all(0 <= note.start <= note.end <= len(line.text) for note in line.notes)


SAME = " ()"


@given(st.lists(st.text(max_size=60), max_size=3))
@settings(max_examples=60)
def test_no_text_whatever_makes_repair_fail(lines: list[str]) -> None:
    page = repair_page(lines[0] if lines else "", lines, RULES)
    assert [len(line.edited.undo()) for line in page.lines] == [len(line.original) for line in page.lines]


@pytest.mark.parametrize(
    "hostile",
    [
        "?，F(xiàn)" * 20_000,
        "內(nèi)" * 30_000,
        "(" * 100_000,
        "问 " * 50_000,
        "?" * 100_000,
        "?？上Ш芏嗳瞬恢?涝鯓痈?嘣茦淤J，" * 9_000,
        "催收问，" * 30_000,
    ],
    ids=["runs", "annotations", "brackets", "blanks", "marks", "lost-bytes", "gaps"],
)
def test_a_hostile_line_takes_seconds_not_minutes(hostile: str) -> None:
    with within(15):
        repair_page("", [hostile], RULES)


def test_a_page_that_annotates_seldom_is_not_annotated() -> None:
    assert not is_annotated(["內(nèi)容，聯(lián)系，權(quán)利", "內容聯系權利" * 2])
    assert is_annotated(["內(nèi)容，聯(lián)系，權(quán)利"])


def test_doubtful_readings_are_noted_and_the_text_stays() -> None:
    page = repair_page("", ["他又說?，F1"], RULES)
    assert page.lines[0].text == "他又说？，F1"
    assert [(note.kind, page.lines[0].text[note.start : note.end]) for note in page.lines[0].notes] == [
        ("misalignment", "？，F")
    ]


@pytest.mark.parametrize(
    "said",
    [
        "作息?？吹侥吧?奶柎就心慌，",
        "。?jī)X段會發生什麼，",
        "可以?gāi)艽?2315，也可以",
        "談?？上Ш芏嗳瞬恢?涝鯓",
    ],
)
def test_a_run_that_is_left_alone_is_noted_with_its_question_marks(said: str) -> None:
    line = repair_page("", [said], RULES).lines[0]
    assert not line.edited.edits
    noted = {
        place for note in line.notes for place in range(note.start, note.end) if note.kind == "misalignment"
    }
    assert noted >= {place for place, char in enumerate(line.text) if char in "?？"}


@pytest.mark.parametrize(
    "said", ["真的吗?，我不知道他会来。", "要还多少?！看合同就知道。", "怎么办?？", "他问:好吗?lol)"]
)
def test_an_ordinary_question_is_not_noted_as_damage(said: str) -> None:
    assert [
        note for note in repair_page("", [said], RULES).lines[0].notes if note.kind == "misalignment"
    ] == []


def test_a_blank_that_reads_well_is_filled_only_where_the_page_shows_the_filter() -> None:
    said = "再由客服安排人员进行 催收，频率随天数增加。"
    filled = said.replace(" ", "电话")
    assert [line.text for line in repair_page("", [said, "催收问也多。"], RULES).lines] == [
        filled,
        "催收问题也多。",
    ]
    assert repair_page("", [said, "催收问题也多。"], RULES).lines[0].text == said, "no filter to be seen"
    kept = repair_page("", [said, "催收问也多。", "不接电话也没用。"], RULES).lines[0]
    assert kept.text == said, "a filter takes every 电话"
    assert [(note.kind, note.replacement) for note in kept.notes] == [("deleted-dianhua", "电话")]


@pytest.mark.parametrize("said", ["他不高?，F(xiàn)在又", "態度不高?，F(xiàn)在的情況"])
def test_a_reading_that_is_no_likelier_than_the_next_is_not_named(said: str) -> None:
    notes = repair_page("", [said], RULES).lines[0].notes
    assert [note.replacement for note in notes if note.kind == "misalignment"] == [""]


def test_a_note_stands_at_its_place_after_later_edits() -> None:
    page = repair_page("", ["催收問也多，他又說?，F1"], RULES)
    line = page.lines[0]
    assert line.text == "催收问题也多，他又说？，F1"
    assert [line.text[note.start : note.end] for note in line.notes] == ["？，F"]


def test_misalignment_made_on_purpose_is_mended_and_never_made_worse() -> None:
    right = wrong = 0
    for seed in range(40):
        text = CLEAN[seed % len(CLEAN)]
        changed = sorted({char for char in traditional(text) if char in characters().simplified_of})
        chosen = "".join(random.Random(seed).sample(changed, len(changed) // 2))
        page = damaged(traditional(text), annotated_pairs(chosen))
        (line,), _ = realign([page])
        for edit in line.edits:
            said = line.text[edit.start : edit.end]
            right, wrong = (right + 1, wrong) if said in traditional(text) else (right, wrong + 1)
    assert right >= 40
    assert wrong <= right * 0.05  # 300 of 312 were right before


@pytest.mark.skipif(not MARKED, reason="marked texts are not here")
def test_clean_text_is_not_edited() -> None:
    """436,000 characters marked by people: 0 edits when this was written."""
    for path in MARKED:
        found = json.loads(path.read_text(encoding="utf-8"))
        lines = [line.strip() for line in found["text"].split("\n")]
        page = repair_page(found.get("title") or "", lines, RULES)
        assert [line.edited.edits for line in (page.title, *page.lines) if line.edited.edits] == [], path.name


@pytest.mark.skipif(not MARKED, reason="marked texts are not here")
def test_a_word_taken_out_of_other_peoples_texts_is_put_back_or_noted_and_never_wrongly() -> None:
    """问题 → 问 in texts of any subject: of 263 places 94 came back, 119 were noted, 0 wrong; 问 as a verb
    stands 131 times in them."""
    back = noted = gone = 0
    for path in MARKED:
        lines = [
            line
            for line in json.loads(path.read_text(encoding="utf-8"))["text"].split("\n")
            if "问题" in line
        ]
        for line, said in zip(
            lines, repair_page("", [line.replace("问题", "问") for line in lines], RULES).lines, strict=True
        ):
            restored = sum(edit.kind == "deleted-ti" for edit in said.edited.edits)
            assert said.text.count("问题") <= line.count("问题")
            assert all(said.text[edit.start - 1 : edit.end] == "问题" for edit in said.edited.edits)
            gone += line.count("问题")
            back += restored
            noted += sum(note.kind == "deleted-ti" for note in said.notes)
    assert back >= gone / 3 and back + noted >= gone * 3 / 4


@pytest.mark.skipif(not PAGES, reason="gold pages are not here")
@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem[:3])
def test_gold_lines_are_repaired_exactly(path: Path) -> None:
    gold = json.loads((SHARED / "gold" / "pages" / f"{path.stem}.json").read_text(encoding="utf-8"))
    page = repair_page(
        "", [line.removeprefix("- ") for line in path.read_text(encoding="utf-8").split("\n")], RULES
    )
    repaired = {line.text for line in page.lines}
    assert [line for line in gold["clean_text"].split("\n") if line not in repaired] == []
    restored = [e for line in page.lines for e in line.edited.edits if e.kind != "annotation"]
    assert len(restored) == len(gold["edits"])
    for line in page.lines:
        assert all(a.end <= b.start for a, b in pairwise(line.edited.edits))
        assert re.search(r"\([a-zà-ü]+\)", line.text) is None
