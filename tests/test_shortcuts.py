"""What reading skips to be fast is skipped only where there is nothing: each shortcut beside the long way."""

from __future__ import annotations

import re
from dataclasses import replace
from re._parser import parse as sre_parse  # nothing else tells how long a match can be

import jieba
import opencc
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shared_topic import RULES, TOPIC

from pipeline.contacts import Contact, contacts
from pipeline.extract.comparable import simplified
from pipeline.extract.shapes import CONTACT, has_contact
from pipeline.redact import Seen, seen_in_source
from pipeline.repair.annotations import ANNOTATED, OPENS
from pipeline.repair.edited import EditedText, Span
from pipeline.repair.lacunae import LacunaRule, by_line, restore, suspected
from pipeline.repair.misread import may_be_misread, misread_spans
from pipeline.repair.punctuation import normal_width
from pipeline.repair.restoring import restore_page
from pipeline.script import script_of

LABELS = RULES.redact.labels
DAMAGED = [one[0] for row in TOPIC.tables["repair"]["lacuna"] for one in row["positive"]]
PLAIN = "先算清楚自己每个月能拿出多少钱，再去和客服商量。"
# Between them, digits and labels in many dresses make numbers, half numbers and none.
PIECES = [
    "电话",
    "微信",
    "QQ",
    "加V",
    "：",
    " ",
    "-",
    "·",
    "/",
    "(",
    ")",
    "1",
    "38",
    "0013",
    "8000",
    "一三八",
    "零零",
    "１３８",
]
PIECES += [
    "𝟏𝟑𝟖",
    "13800138000",
    "(010) ",
    "010-",
    "12345678",
    "400-800-1234",
    "95588",
    "abc_12345",
    "@example.com",
    "a",
    "。",
]


@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=9).map("".join))
@settings(max_examples=300, deadline=None)
def test_a_contact_is_found_in_a_short_line_as_in_one_too_long_to_remember(line: str) -> None:
    """The long line holds seven digits and a handle elsewhere, so that no shortcut is taken in it."""
    behind = f"\n{'。' * 400}\n2 3 4 5 6 7 8 zzzzz\n"
    long = [one for one in contacts(line + behind, LABELS) if one.end <= len(line)]
    assert list(contacts(line, LABELS)) == long


def test_digits_beyond_the_basic_plane_are_digits() -> None:
    line = "".join(chr(0x1D7CE + int(digit)) for digit in "13800138000")
    assert contacts(line, LABELS) == [Contact(0, 11, "phone", "13800138000")]


@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=6).map("".join))
def test_a_line_without_the_sign_of_a_contact_has_none(line: str) -> None:
    assert has_contact(line) == bool(CONTACT.search(line))


def searched(rule: LacunaRule, text: str) -> list[Span]:
    """From end to end."""
    return list(replace(rule, needs=()).spans(text))


@given(st.lists(st.sampled_from([*DAMAGED, PLAIN, "问", "的问", "催收 ", "，"]), max_size=6).map("".join))
@settings(max_examples=60, deadline=None)
def test_a_rule_finds_beside_what_it_needs_all_that_it_finds_in_the_whole_line(said: str) -> None:
    line = said + 20 * PLAIN
    assert [list(rule.spans(line)) for rule in RULES.lacunae] == [
        searched(rule, line) for rule in RULES.lacunae
    ]


@pytest.mark.parametrize("rule", RULES.lacunae, ids=lambda rule: rule.id)
def test_no_match_of_a_rule_is_longer_than_it_says(rule: LacunaRule) -> None:
    most = sre_parse(rule.pattern.pattern).getwidth()[1]
    assert not rule.longest or most <= rule.longest


@pytest.mark.parametrize("said", DAMAGED)
def test_a_rule_is_asked_wherever_it_finds_something(said: str) -> None:
    lines = [PLAIN, said, PLAIN]
    every = [[span for rule in RULES.lacunae for span in searched(rule, text)] for text in lines]
    asked = [
        [span for rule in rules for span in rule.spans(text)]
        for text, rules in zip(lines, by_line(lines, RULES.lacunae), strict=True)
    ]
    assert every == asked


@pytest.mark.parametrize("said", ["这些问题没有解决。", "样例贷 App 的 3 个步骤。", "对与错，人人会说。"])
def test_a_line_that_lost_nothing_is_spared_every_rule(said: str) -> None:
    assert by_line([PLAIN, said], RULES.lacunae) == [[], []]


@given(st.lists(st.sampled_from(["單(dān)", "系（xì）", "平台(app)", "(a", "）", "\n", "催收"]), max_size=9))
def test_a_page_with_few_brackets_before_letters_is_not_annotated(pieces: list[str]) -> None:
    page = "".join(pieces)
    assert len(OPENS.findall(page)) >= len(ANNOTATED.findall(page))


@pytest.mark.parametrize("said", DAMAGED)
def test_a_page_is_restored_as_its_lines_are(said: str) -> None:
    sure = tuple(rule for rule in RULES.lacunae if not rule.filtered_page)
    page = restore_page([EditedText(PLAIN), EditedText(said)], sure)
    assert page[1] == restore(EditedText(said), sure)
    assert set(suspected(said, by_line([said], sure)[0])) == set(suspected(said, sure))


@given(st.text(alphabet="催收问题通过 ，。（(ＡA1１：!é€â¬å…—“”", max_size=30))
def test_a_page_that_cannot_be_misread_has_no_misread_line(text: str) -> None:
    assert may_be_misread(f"{PLAIN}\n{text}") or not list(misread_spans(text))


@pytest.mark.parametrize("said", ["浣犲ソ锛屽€熸浜", "å‚¬æ”¶äººå‘˜", "´ßÊÕÈËÔ±"])
def test_a_page_with_a_misread_line_is_searched(said: str) -> None:
    assert may_be_misread(f"{PLAIN}\n{said}")


def test_only_a_page_without_traditional_characters_needs_no_counting() -> None:
    assert script_of(["后来他在这里等", PLAIN]) == "hans"
    assert script_of(["後來他在這裡等", "銀行沒有說明"]) == "hant"
    assert script_of(["後來他在這裡等", PLAIN]) == "mixed"


@given(st.text(alphabet="催收，（）ＡＺ０９\u3000abc12,;:!?() ", max_size=20))
def test_a_line_of_normal_width_stays_the_same_object(text: str) -> None:
    wide = normal_width(text)
    assert normal_width(wide) == wide
    assert re.search(r"[,;:!?()Ａ-Ｚ０-９\u3000]", text) or wide is text


def test_simplified_words_are_left_to_themselves_and_every_other_word_is_converted() -> None:
    with jieba.get_dict_file() as file:
        words = [line.decode("utf-8").split(" ", 1)[0] for line in file]
    converted = opencc.OpenCC("t2s").convert("\n".join(words)).split("\n")
    assert [(a, b) for a, b in zip(words, converted, strict=True) if simplified(a) != b] == []


@pytest.mark.parametrize(
    ("source", "value"),
    [
        (
            '<script src="//hm.baidu.com/hm.js?0123456789abcdef0123456789abcdef">',
            "baidu:0123456789abcdef" * 2,
        ),
        ("ga('create', 'UA-123456-7', 'auto')", "google:UA-123456"),
        ("https://www.googletagmanager.com/gtag/js?id=G-ABC1234567", "google:G-ABC1234567"),
        ("gtag('config', 'G-ABC1234567')", "google:G-ABC1234567"),
        ("gtag('config','G-ABC1234567')", "google:G-ABC1234567"),
        ("xUA-123456-7", None),
        ("id=G-ABC1234567", None),
        ("gtag('consent', 'G-ABC1234567')", None),
    ],
)
def test_an_id_counts_only_where_its_provider_writes_it(source: str, value: str | None) -> None:
    expected = [value.replace("baidu:0123456789abcdef", "0123456789abcdef", 2)] if value else []
    found = [one.value for one in seen_in_source(f"<html>{source}</html>")]
    assert found == [one if ":" in one else f"baidu:{one}" for one in expected]
    assert all(isinstance(one, Seen) for one in seen_in_source(source))
