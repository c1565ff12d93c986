"""The normal form: what copies may differ in is gone, what they say is not."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pyarrow as pa
import pytest
from copies_farm import FOLDS, SIGN, Doc, article, mentions
from copies_texts import LENDERS
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.copies.aligned import learn_texts, no_sentences, version_of
from pipeline.copies.folds import Folds
from pipeline.copies.grams import Strings, characters, pair_grams
from pipeline.copies.hashing import multipliers
from pipeline.copies.lines import line_grams
from pipeline.copies.marked import LINE_SHARE
from pipeline.copies.normal import LONGEST_SENTENCE, normal_form
from pipeline.copies.ragged import list_of
from pipeline.copies.sign import SentenceKey, TextKey
from pipeline.copies.texts import Texts, texts_of

A, B = LENDERS[0], LENDERS[1]


def keys(text: str, title: str = "") -> list[str]:
    doc = Doc("http://a.example.com/1", "a", title, text)
    return [s.key for s in normal_form(article(doc), mentions(doc), FOLDS).sentences]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (f"{A}的催收力度加大。", f"{B}的催收力度加大。"),  # names
        ("逾期30天后，罚息为5000元。", "逾期九十天后，罚息为3,000.50元。"),  # numbers
        ("2024年3月5日起施行。", "2023年12月1日起施行。"),
        ("2024-03-05起施行。", "二〇二三年十二月一日起施行。"),
        ("3月起施行。", "2023年12月起施行。"),
        ("罚息为5000元。", "罚息为3万余元。"),  # amounts
        ("欠了¥800。", "欠了两千块钱。"),
        ("北京的借款人应当还款。", "乌鲁木齐的借款人应当还款。"),  # places
        ("广东省的借款人应当还款。", "昆山市的借款人应当还款。"),
        ("张女士向我们反映。", "陈先生向我们反映。"),  # titled persons
        ("催收问题日益突出。", "催收问日益突出。"),  # a deleted word
        ("频繁的催收电话和短信。", "频繁的催收 和短信。"),
        ("本站将探讨应对措施。", "本文将探讨应对措施。"),
        ("“合理”应对，", "合理应对!"),  # punctuation
        ("一、催收的现状", "三、催收的现状"),  # numbering
        ("1.1 催收的现状", "2.3 催收的现状"),
        ("请联系[PHONE]。", "请联系[EMAIL]。"),
    ],
)
def test_what_copies_differ_in_is_masked_or_dropped(one: str, other: str) -> None:
    assert keys(one) == keys(other) != []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("催收人员打了电话。", "催收人员发了短信。"),
        ("有疑问请咨询。", "有问题请咨询。"),
        ("一些借款人逾期。", "部分借款人逾期。"),
        ("逾期30天。", "逾期3月5日。"),  # a span of time and a date are two things
        ("欠了30期。", "欠了30元。"),
        ("请问女士。", "请问张女士。"),
        ("由于某些原因。", "由张某些原因。"),
        ("51某贷催收。", "某贷催收。"),  # a number may be part of a name no list has
    ],
)
def test_what_copies_say_stays(one: str, other: str) -> None:
    assert keys(one) != keys(other)


def test_a_sentence_has_its_span_and_the_platforms_that_it_names() -> None:
    doc = Doc("http://a.example.com/1", "a", f"{A}催收", f"先说明。\n{A}与{B}不同！结尾")
    sentences = normal_form(article(doc), mentions(doc), FOLDS).sentences
    assert [(s.field, doc.text[s.char_start : s.char_end]) for s in sentences[1:]] == [
        ("text", "先说明。"),
        ("text", f"{A}与{B}不同！"),
        ("text", "结尾"),
    ]
    assert [s.platforms for s in sentences] == [(A,), (), tuple(sorted((A, B))), ()]


def test_a_means_of_payment_is_masked_but_nothing_is_said_of_it() -> None:
    doc = Doc("http://a.example.com/1", "a", "", f"可以通过{A}还款。")
    channel = [replace(m, role="channel") for m in mentions(doc)]
    (sentence,) = normal_form(article(doc), channel, FOLDS).sentences
    assert (sentence.key, sentence.platforms) == ("可以通过※还款", ())


def test_overlapping_mentions_do_no_harm() -> None:
    doc = Doc("http://a.example.com/1", "a", "", f"{A}催收。")
    (mention,) = mentions(doc)
    twice = [mention, replace(mention, char_end=2), replace(mention, char_start=1)]
    assert [s.key for s in normal_form(article(doc), twice, FOLDS).sentences] == ["※催收"]


@given(st.text(alphabet=st.characters(), max_size=300), st.sampled_from(["", A, "。\n"]))
def test_any_text_has_sentences_whose_spans_are_in_order_and_no_longer_than_the_limit(
    text: str, more: str
) -> None:
    doc = Doc("http://a.example.com/1", "a", "", text.encode("utf-8", "replace").decode() + more)
    sentences = normal_form(article(doc), mentions(doc), FOLDS).sentences
    spans = [(s.char_start, s.char_end) for s in sentences]
    assert spans == sorted(spans)
    assert all(start < end <= len(doc.text) for start, end in spans)
    assert all(first[1] <= second[0] for first, second in pairwise(spans))
    assert all(len(s.key) <= LONGEST_SENTENCE + 8 for s in sentences)


def test_a_page_without_any_sentence_end_is_cut_and_signed_in_time() -> None:
    doc = Doc("http://a.example.com/1", "a", "", "催收一二三１２３" * 50_000)
    rows = list(SIGN(article(doc), mentions(doc), ()))
    assert len([row for row in rows if isinstance(row, SentenceKey)]) == 1000
    (text,) = [row for row in rows if isinstance(row, TextKey)]
    assert text.body.count("\n") == 999


def test_an_empty_text_is_signed_under_its_own_id() -> None:
    doc = Doc("http://a.example.com/1", "a", "", "")
    (row,) = SIGN(article(doc), [], ())
    assert row == TextKey(doc.article_id, doc.article_id, None, "")


def test_a_sentence_knows_its_line_of_the_normal_form() -> None:
    doc = Doc("http://a.example.com/1", "a", f"{A}催收", f"先说明。\n{A}与{B}不同！结尾")
    text, *sentences = SIGN(article(doc), mentions(doc), ())
    assert isinstance(text, TextKey)
    lines = text.body.split("\n")
    placed = [row for row in sentences if isinstance(row, SentenceKey) and row.line is not None]
    assert [lines[row.line or 0] for row in placed] == [row.key for row in placed]
    assert len(placed) == len(lines) == 3


def test_hashes_are_the_same_on_every_machine() -> None:
    text, bands = texts_of([pa.array(["催收人员通常先发短信再上门"])])
    assert tuple(bands[0, :2].tolist()) == PINNED
    assert text.lines.places[:2].tolist() == PINNED_PLACES


def test_bands_of_like_texts_meet_and_those_of_others_do_not() -> None:
    text = "".join(chr(0x4E00 + i * 7 % 3000) for i in range(600))
    alike = text[:500] + "".join(chr(0x7000 + i) for i in range(60))
    other = "".join(chr(0x8000 + i) for i in range(600))
    one, two, three = ({*row} for row in texts_of([pa.array([text, alike, other])])[1].tolist())
    assert one & two
    assert not one & three


def test_texts_too_short_for_a_gram_meet_nobody() -> None:
    _, bands = texts_of([pa.array(["", "催", "催收", "\n\n"])])
    assert len(np.unique(bands)) == bands.size


@settings(deadline=None)  # the first example waits for the compiler
@given(st.lists(st.text(alphabet="催收人a\u00e9\U00020000\n", max_size=40), max_size=6))
def test_lines_and_grams_are_those_of_the_texts(bodies: list[str]) -> None:
    texts = read(bodies)
    lines = [line for body in bodies for line in body.split("\n")]
    told = texts.lines
    assert told.sizes[told.ids].tolist() == [max(0, len(line) - 2) for line in lines]
    assert np.diff(told.texts).tolist() == [body.count("\n") + 1 for body in bodies]
    held = [line_grams.py_func(told, line).tolist() for line in range(len(lines))]
    assert list(map(sorted, held)) == [sorted(gram >> 42 for gram in grams(line, 3)) for line in lines]
    keys = texts.keys[told.ids].tolist()
    said = dict(zip(keys, lines, strict=True))
    assert all(said[key] == line for key, line in zip(keys, lines, strict=True) if key)
    assert len(told.places) == sum(len(line) - 2 for key, line in said.items() if key)
    assert len(texts.keys) == len({line for line in lines if len(line) > 2}) + any(
        len(line) < 3 for line in lines
    )


def test_a_line_and_its_quotation_are_two_and_lines_without_grams_are_told_apart_by_what_they_name() -> None:
    texts = read(["催收人员\n§催收人员\n※\n催\n※\n§催"])
    assert texts.lines.ids.tolist() == [0, 1, 2, 3, 2, 4]
    assert texts.quoted.tolist() == [False, True, False, False, True]
    assert texts.lines.named.tolist() == [False, False, True, False, False]
    assert texts.keys[0] == texts.keys[1] != 0


@settings(deadline=None)  # the first example waits for the compiler
@given(st.lists(st.text(alphabet="催收人a\u00e9\U00020000", max_size=40), max_size=6))
def test_a_sentences_set_holds_its_pairs_of_characters_once(keys: list[str]) -> None:
    strings = Strings.of(pa.array(["x", *keys], pa.string())[1:])
    sets = pair_grams(strings)
    held = [list_of.py_func(sets, at).tolist() for at in range(len(keys))]
    assert held == [sorted({gram >> 32 for gram in grams(key, 2)}) for key in keys]
    assert characters(strings).tolist() == [len(key) for key in keys]


def grams(text: str, size: int) -> list[int]:
    """By definition: a multilinear sum of code points, modulo 2**64."""
    factors = multipliers(size, 3).tolist()
    runs = (text[at : at + size] for at in range(len(text) - size + 1))
    sums = (sum(ord(char) * factor for char, factor in zip(run, factors, strict=True)) for run in runs)
    return [total % 2**64 for total in sums]


def read(bodies: list[str]) -> Texts:
    return texts_of([pa.array(bodies[at : at + 2], pa.string()) for at in range(0, len(bodies), 2)])[0]


def test_no_gram_reaches_over_the_end_of_a_line() -> None:
    assert len(read(["催收\n人员"]).lines.places) == 0


def test_a_line_is_a_version_of_the_sentence_that_holds_its_grams_not_of_a_text_that_scatters_them() -> None:
    sentence = "平台应当在三十日内答复借款人的投诉并且说明理由"
    spun = "平台应该在三十日内答复借款人的投诉而且说明理由"
    scattered = "\n".join(f"{chr(0x4E00 + i)}{sentence[i : i + 3]}{chr(0x5E00 + i)}" for i in range(0, 21, 3))
    lines = read([sentence, scattered, spun]).lines
    for known, expected in ((0, 1), (1, 0)):
        sentences = no_sentences(10)
        learn_texts(sentences, lines, np.array([known]), LINE_SHARE)
        assert version_of(sentences, line_grams.py_func(lines, len(lines.ids) - 1), LINE_SHARE) == expected


def test_a_topic_without_masks_masks_names_and_digits_only() -> None:
    doc = Doc("http://a.example.com/1", "a", "", f"{A}在北京催收30天电话。")
    (sentence,) = normal_form(article(doc), mentions(doc), Folds()).sentences
    assert sentence.key == "※在北京催收#天电话"


PINNED = (7259287335823109278, 5011304962445662329)
PINNED_PLACES = [3636762, 623507]
