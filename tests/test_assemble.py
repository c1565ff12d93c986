"""Stage 3: the article's text, its sections, its log; gold pages end to end."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from crawler.page import Page, payload_sha256
from pipeline.assemble import Assemble, drop_reason
from pipeline.drafts import Draft, DraftLine
from pipeline.extract import PageWords
from pipeline.read import Read
from pipeline.records import Article, Drop, Edit, LineRemoved, Original, RepairNote, Section
from pipeline.repair import load_rules
from pipeline.repair.edited import TextEdit, undone
from pipeline.topic import load_topic, topic_folder

TOPIC = load_topic(topic_folder())
WORDS = PageWords.of(TOPIC.tables["page"])
SHARED = Path(__file__).parents[2] / "shared"
GOLD = sorted((SHARED / "gold" / "pages").glob("*.json"))
BODY = "借款者应当保留证据，并且及时与平台沟通，寻求合理的解决方案，避免更大的损失。"
DRAFT = Draft(
    "a-1", "http://example.com/1", "sample", True, datetime(2025, 1, 1, tzinfo=UTC), "0" * 64, "f-1", "run-1",
    None, None, "林小编", None, "hans", "utf-8", "plain", 1.0,
)  # fmt: skip


def line(ordinal: int, text: str, kind: str = "paragraph", **more: Any) -> DraftLine:
    base = DraftLine("a-1", ordinal, kind, 0, text, text, None, text, "[]", "[]")
    return base._replace(**more)


def drafted(*texts: str) -> list[DraftLine]:
    return [line(0, "星河贷怎么办？", "title"), *(line(at, text) for at, text in enumerate(texts, start=1))]


def assembled(lines: Sequence[DraftLine], furniture: frozenset[tuple[str, str]] = frozenset()) -> list[Any]:
    return list(Assemble(WORDS, furniture)(DRAFT, lines))


def only(kind: type, rows: list[Any]) -> list[Any]:
    return [row for row in rows if isinstance(row, kind)]


def test_too_little_chinese_is_a_drop_with_a_reason() -> None:
    assert assembled(drafted("太短。")) == [Drop(DRAFT.url, "run-1", "article", "no-article")]
    assert drop_reason("This page is written in another language altogether. " * 3) == "not-chinese"
    assert drop_reason(BODY * 2) is None


def test_the_text_is_the_kept_lines_and_the_rest_is_removed_with_its_reason() -> None:
    lines = [*drafted(BODY, BODY), line(3, "分享到", reason="share")]
    rows = assembled(lines)
    (article,) = only(Article, rows)
    assert (article.title, article.text) == ("星河贷怎么办？", f"{BODY}\n{BODY}")
    assert article.n_chars == len(article.text)
    assert only(LineRemoved, rows) == [LineRemoved("a-1", 3, "share", "分享到")]


def test_a_removed_line_has_the_page_s_own_words() -> None:
    edits = json.dumps(
        [["deleted-dianhua", 2, 4, "", "电话", "high"], ["annotation", 5, 5, "(wǎng)", "", "certain"]]
    )
    gone = line(3, "拨打电话咨询", original="拨打咨(wǎng)询", edits=edits, reason="call-to-action")
    rows = assembled([*drafted(BODY, BODY), gone])
    assert [removed.text for removed in only(LineRemoved, rows)] == ["拨打咨(wǎng)询"]
    assert only(Edit, rows) == []


def test_what_the_site_repeats_goes_but_headings_and_unknown_origins_stay() -> None:
    texts = ("二、应对的措施", BODY, "本频道每日更新，欢迎收藏。", "小编总结", BODY)
    known = frozenset(("sample", text) for text in (texts[0], texts[2], texts[3]))
    assert [r.text for r in only(LineRemoved, assembled(drafted(*texts), known))] == [texts[2]]
    unsourced = list(Assemble(WORDS, known)(replace(DRAFT, sourced=False), drafted(*texts)))
    assert only(LineRemoved, unsourced) == []


def test_sections_follow_the_numbers_and_a_sub_section_inherits_its_role() -> None:
    texts = (
        BODY,
        "一、催收的现状",
        "1.1 常见的方式",
        BODY,
        "二、应对的措施",
        "2.1 保留证据",
        BODY,
        "小编总结",
        BODY,
    )
    rows = assembled(drafted(*texts))
    (article,) = only(Article, rows)
    found = only(Section, rows)
    assert [(s.ordinal, s.level, s.number, s.heading, s.role) for s in found] == [
        (0, 0, None, None, "intro"),
        (1, 1, "一", "催收的现状", "body"),
        (2, 2, "1.1", "常见的方式", "body"),
        (3, 1, "二", "应对的措施", "advice"),
        (4, 2, "2.1", "保留证据", "advice"),
        (5, 1, None, "小编总结", "summary"),
    ]
    assert [article.text[s.char_start : s.char_end].split("\n")[0] for s in found] == [
        BODY, "一、催收的现状", "1.1 常见的方式", "二、应对的措施", "2.1 保留证据", "小编总结",
    ]  # fmt: skip
    assert article.text[found[1].char_start : found[1].char_end] == "一、催收的现状"


def test_headings_of_the_markup_count_without_a_number() -> None:
    lines = [
        *drafted(BODY),
        line(2, "怎么应对", "heading", level=2),
        line(3, "先沟通", "heading", level=3),
        line(4, BODY),
    ]
    found = only(Section, assembled(lines))
    assert [(s.level, s.heading, s.role) for s in found[1:]] == [
        (1, "怎么应对", "advice"),
        (2, "先沟通", "advice"),
    ]


@pytest.mark.parametrize(
    "text",
    ["1、还清欠款\n2、保留证据", "2.5万元以下的借款", "一、二两条都要看，也要看第三条。", "2024.12.11", BODY],
)
def test_a_list_an_amount_and_a_sentence_are_no_headings(text: str) -> None:
    found = only(Section, assembled(drafted(BODY, *text.split("\n"), BODY)))
    assert [s.heading for s in found] == [None]


def test_edits_and_notes_move_to_their_place_in_the_field() -> None:
    edits = json.dumps([["deleted-ti", 3, 4, "", "题", "high"]])
    notes = json.dumps([["blank", 0, 2, ""]])
    text = "催收问题很多。" + BODY
    lines = [*drafted(BODY), line(2, text, original="催收问很多。" + BODY, edits=edits, notes=notes)]
    lines[0] = lines[0]._replace(edits=json.dumps([["annotation", 1, 1, "(xīng)", "", "certain"]]))
    lines[0] = lines[0]._replace(original="星(xīng)河贷怎么办？")
    rows = assembled(lines)
    (article,) = only(Article, rows)
    title, restored = only(Edit, rows)
    assert (title.ordinal, title.field, restored.ordinal, restored.field) == (0, "title", 1, "text")
    assert article.text[restored.char_start - 3 : restored.char_end] == "催收问题"
    (note,) = only(RepairNote, rows)
    assert article.text[note.char_start : note.char_end] == "催收"
    for original, field in zip(only(Original, rows), (article.title, article.text), strict=True):
        made = [
            TextEdit(e.kind, e.char_start, e.char_end, e.original)
            for e in only(Edit, rows)
            if e.field == original.field
        ]
        assert undone(field, made) == original.text


def test_an_edit_that_does_not_stand_where_it_says_is_a_bug_and_raises() -> None:
    wrong = json.dumps([["deleted-ti", 0, 1, "", "题", "high"]])
    with pytest.raises(ValueError, match="not '题'"):
        assembled([*drafted(BODY), line(2, BODY, edits=wrong)])


@pytest.mark.skipif(not GOLD, reason="gold pages are not here")
@pytest.mark.parametrize("path", GOLD, ids=lambda path: path.stem[:3])
def test_a_gold_page_comes_out_character_for_character(path: Path) -> None:
    gold = json.loads(path.read_text(encoding="utf-8"))
    payload = (SHARED / "pages" / gold["file"]).read_bytes()
    at = datetime(2025, 1, 1, tzinfo=UTC)
    page = Page("f", "imported", "urn:yuqi:imported:x", at, 200, "", payload, payload_sha256(payload), False)
    rows = list(Read({}, WORDS, load_rules(TOPIC), b"k")(page, "run-1"))
    (draft,) = only(Draft, rows)
    out = list(Assemble(WORDS, frozenset())(draft, only(DraftLine, rows)))
    (article,) = only(Article, out)
    assert f"{article.title}\n{article.text}" == gold["clean_text"]
    before = {"title": 0, "text": len(article.title) + 1}
    restored = {(e.char_start + before[e.field], e.replacement) for e in only(Edit, out) if e.replacement}
    assert restored == {(e["offset"], e["replacement"]) for e in gold["edits"]}
