"""Patterns behind a screen, sentences that are left out, and what is remembered change no finding."""

from __future__ import annotations

import re
from dataclasses import fields
from functools import cache
from pathlib import Path

import pytest
from findings_articles import article, by_rules, find_anew, overdue
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.findings import main
from pipeline.findings.alternatives import AnyOf
from pipeline.findings.screened import AllOf, Screen, Screened
from pipeline.findings.sieve import Sieve
from pipeline.records import TipCandidate

FIND = overdue()
CUES = FIND.names.cues
PATTERNS = [
    held
    for words in (CUES.assertions, CUES.actors, *CUES.assertions.evidence.things, CUES)
    for held in (getattr(words, field.name) for field in fields(words))
    if isinstance(held, Screened)
]
WORDS = (
    "如果 借款人 平台 可以 不会 上门 爆通讯录 辱骂 催收人员 有用户反映， 我 被 建议 保留证据 投诉 应对策略"
    " 收到 律师函 首先 不得 ， 。 ？ ： 《民法典》第675条 云朵借 İ A 今天天气很好 相关文章 2024-01-01"
)
PIECES = [*WORDS.split(), "\n", "\n一、如何应对\n"]
SIEVE = Sieve(tuple(pattern for one in PATTERNS for pattern in one.asked.patterns))
TEXTS = st.lists(st.sampled_from(PIECES), max_size=24).map("".join)


def test_a_screen_lets_nothing_through_where_nothing_can_match() -> None:
    screen = Screen()
    seen = [screen(AnyOf.of(*said)) for said in (["如果"], ["^首先"], ["可能", "也许"])]
    assert [one.may("今天天气很好。") for one in seen] == [False, False, False]
    assert [one.may("也许吧。") for one in seen] == [False, False, True]


def test_of_things_that_ask_several_patterns_only_those_are_tried_that_can_have_all() -> None:
    screen = Screen()
    user, lawyer, said, may = (screen(AnyOf.of(word)) for word in ("用户", "律师", "反映", "可能"))
    things = AllOf(screen, [("told", (user, said)), ("guessed", (user, may)), ("advised", (lawyer, said))])
    assert things.among("用户反映可能如此") == ("told", "guessed")
    assert things.among("律师、用户") == things.among("") == ()


def test_what_only_looks_around_is_found_once_at_the_end() -> None:
    behind = Screen()(AnyOf.of("(?<=投诉)", "平台"))
    assert [*map(_span, behind.finditer("平台被投诉"))] == [(0, 2), (5, 5)]


def test_what_opens_a_text_matches_nowhere_behind_its_beginning() -> None:
    opens = Screen()(AnyOf.of("^(?:首先|其次)"))
    assert opens.search("首先，其次", 3) is None
    assert opens.within("首先，其次", 3) is not None


@settings(max_examples=60, deadline=None)
@given(text=TEXTS, start=st.integers(0, 12), length=st.integers(0, 40))
def test_a_screened_pattern_answers_as_the_pattern_does(text: str, start: int, length: int) -> None:
    end = min(len(text), start + length)
    for one in PATTERNS:
        plain = _joined(one)
        assert _span(one.search(text, start, end)) == _span(plain.search(text, start, end))
        assert _span(one.within(text, start, end)) == _span(plain.search(text[start:end]))
        assert _span(one.match(text)) == _span(plain.match(text))
        assert [*map(_span, one.finditer(text))] == [*map(_span, plain.finditer(text))]


@settings(max_examples=60, deadline=None)
@given(text=TEXTS)
def test_a_sieve_of_a_text_lets_through_what_one_of_its_part_does(text: str) -> None:
    sifted = SIEVE(text)
    for start in range(0, len(text), 9):
        assert not SIEVE.may(text[start : start + 14]) & ~sifted.within(start, start + 14)


def test_what_was_found_before_changes_nothing_that_is_found_later() -> None:
    told = "云朵借的催收人员上门辱骂。借款人可以保留证据，及时投诉。\n云朵借不会上门。"
    page, asked = article("云朵借催收上门", told), article("云朵借会上门吗", "如果上门，" + told)
    first = list(find_anew()(page, (), ()))
    assert list(FIND(asked, (), ())) != first
    assert list(FIND(page, (), ())) == list(FIND(page, (), ())) == first


def test_a_sentence_goes_on_with_the_one_before_it_though_that_holds_no_cue() -> None:
    told = "有多名用户向记者讲述。对方还辱骂家人。"
    said = [seen for seen in FIND.cues(article("云朵借", told), ()) if seen.sentence.field == "text"]
    assert [(seen.sentence.before, seen.view.carried) for seen in said] == [("有多名用户向记者讲述。", True)]


def test_a_page_that_advises_by_its_title_has_its_unlisted_advice_without_any_cue() -> None:
    page = article("网贷逾期怎么办", "今天天气很好。\n可以把几家的欠款都列在一张纸上，从小的还起。")
    listed = [one.surface for one in by_rules()(page, (), ()) if isinstance(one, TipCandidate)]
    assert listed == ["可以把几家的欠款都列在一张纸上，从小的还起。"]


def test_the_benchmark_of_findings_says_both_speeds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    page = (
        "<html><title>{0}逾期怎么办</title><body>" + "<p>{0}如果上门，借款人可以保留证据，及时投诉。</p>" * 9
    )
    for number in range(4):
        (tmp_path / f"{number}.html").write_text(page.format(f"第{number}家贷款"), encoding="utf-8")
    monkeypatch.setattr("sys.argv", ["findings", str(tmp_path), "--rounds", "1"])
    main()
    rows = [line.split(" | ")[0].strip("| ") for line in capsys.readouterr().out.splitlines()]
    assert rows[-4:] == ["all findings, first", "all findings, again", "jieba alone", "rjieba alone"]


@cache
def _joined(one: Screened) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern.pattern})" for pattern in one.asked.patterns) or "(?!)")


def _span(match: re.Match[str] | None) -> tuple[int, int] | None:
    return match.span() if match else None
