"""Which expressions can match where, told by plain strings that every match holds."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest
from findings_articles import overdue
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.findings.alternatives import AnyOf
from pipeline.findings.anchors import anchors, needed
from pipeline.findings.sieve import Cued, Kinds, Sieve

FIND = overdue()
TAXONOMY = FIND.taxonomy
CUES = [cue for kind in (*TAXONOMY.practices, *TAXONOMY.tips) for cue in kind.cue.patterns]


def test_where_nothing_can_match_no_expression_is_let_through() -> None:
    assert Sieve((re.compile("催收.{0,3}电话"), re.compile("上门"))).may("今天天气很好。") == 0


def test_an_expression_without_an_anchor_can_match_anywhere() -> None:
    sifted = Sieve((re.compile("催收"), re.compile("[0-9]{3}")))("今天天气很好。")
    assert sifted.within(0, 2) == 0b10


def test_an_anchor_counts_where_it_begins() -> None:
    sifted = Sieve((re.compile("上门"), re.compile("电话")))("先打电话。再上门。")
    assert (sifted.within(0, 5), sifted.within(5, 9)) == (0b10, 0b01)


def test_kinds_know_their_own_bits_in_a_sieve_of_several() -> None:
    assert Kinds(("c", "d"), first=2).among(0b1011) == ["d"]


@dataclass(frozen=True)
class Kind:
    cue: AnyOf


def test_of_a_kind_only_those_cues_are_tried_that_can_match() -> None:
    kinds = Cued((Kind(AnyOf.of("上门", "登门")), Kind(AnyOf.of("来电"))), first=3)
    [(kind, cue)] = kinds.among(0b010_000)
    assert kind is kinds.kinds[0]
    assert [pattern.pattern for pattern in cue.patterns] == ["登门"]
    assert kinds.among(0b111) == ()


@pytest.mark.parametrize(
    ("text", "may"),
    [
        ("借旧物来用。", False),  # the other word is not there
        ("借" + "啊" * 40 + "还旧账。", False),  # too far
        ("借新还旧。", True),
        ("还旧账要借吗？借点钱，还旧账。", True),
        ("还旧账要借。", False),  # on the other side
    ],
)
def test_a_word_counts_where_what_else_a_match_holds_is_near(text: str, may: bool) -> None:
    assert bool(Sieve((re.compile("借[^，。]{0,4}还旧"),)).may(text)) is may


def test_of_two_characters_the_one_that_stands_in_fewer_texts_is_sought() -> None:
    assert Sieve((re.compile("有[^，。]{1,6}还[^，。]{1,6}"),)).sought == ("还",)


def test_a_sieve_for_some_expressions_lets_no_other_through() -> None:
    whole = Sieve((re.compile("上门"), re.compile("借[^，。]{0,4}还旧"), re.compile("[0-9]{3}")))
    text = "他们上门，借新还旧。"
    assert (whole.may(text), whole.only(0b110).may(text), whole.only(0b001).may(text)) == (
        0b111,
        0b110,
        0b001,
    )


def test_what_else_a_match_holds_is_sought_whatever_its_case() -> None:
    assert Sieve((re.compile("(?i:下载.{0,3}app)"),)).may("İ下载一个APP") == 1


def test_what_a_match_holds_knows_how_far_the_rest_is_neighbours_not_counted() -> None:
    visit, will, maybe = needed(re.compile("(?<=不)也?许.{0,5}(?<=是)会.{0,3}上门[0-9]*(?=了)"))
    assert [piece.strings for piece in (visit, will, maybe)] == [{"上门"}, {"会"}, {"许", "也许"}]
    assert (visit.reach(will), will.reach(visit), maybe.reach(visit)) == ((6, 0), (0, 6), (0, 13))


@pytest.mark.parametrize(
    ("pattern", "sought"),
    [
        ("提供.{0,4}凭证", "凭证"),
        ("凭证.{0,4}提供", "凭证"),
        ("20[0-9]{2}年?.{0,3}披露", "披露"),
        ("催.{0,4}提供", "提供"),  # a character is met oftener than any word
    ],
)
def test_of_two_words_the_one_that_is_not_in_any_text_is_sought(pattern: str, sought: str) -> None:
    assert Sieve((re.compile(pattern),)).sought == (sought,)


def test_a_word_that_very_many_ask_for_is_met_oftener_than_an_everyday_one() -> None:
    both = re.compile("提供.{0,4}逾期")
    asked = tuple(re.compile(f"逾期.{{{n}}}费") for n in range(50))
    assert Sieve((both,)).sought == ("逾期",)
    assert "提供" in Sieve((both, *asked)).sought


@pytest.mark.parametrize(
    ("pattern", "held"),
    [
        ("(?:不得|严禁)骚扰", {"不得骚扰", "严禁骚扰"}),
        ("还?款", {"款", "还款"}),
        ("(?<!无法)按时还款", {"按时还款"}),
        ("被[^，。]{0,4}(?:骚扰|威胁)", {"骚扰", "威胁"}),
        ("电话|.{2}", None),
        ("[^电]话", {"话"}),
    ],
)
def test_anchors_are_what_every_match_holds(pattern: str, held: set[str] | None) -> None:
    assert anchors(re.compile(pattern)) == held


def test_every_cue_of_the_topic_has_anchors() -> None:
    assert [cue.pattern for cue in CUES if anchors(cue) is None] == []


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_what_matches_is_always_let_through(data: st.DataObject) -> None:
    bit = data.draw(st.integers(0, len(CUES) - 1))
    text = data.draw(st.from_regex(CUES[bit]))
    for match in CUES[bit].finditer(text):
        assert FIND.sieve(text).within(match.start(), match.end()) >> bit & 1
