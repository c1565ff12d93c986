"""What is looked up for all characters at once is what a search for each would say."""

from __future__ import annotations

import re

import pytest
from copies_farm import FOLDS
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline import contacts
from pipeline.codes import Pairs, code_points, members, only, text_of, translated
from pipeline.copies.normal import BETWEEN, COMPARED, mask_words
from pipeline.copies.words import Opened
from pipeline.extract.words import letters

TEXTS = st.text(
    st.sampled_from("逾期三亚一两百个天元年月某王女士北京市[PHONE]¥￥2024年35.%-/ 　,。_~#※aΣİ𝟏\ud800\x01"),
    max_size=60,
)


@given(st.text())
def test_a_text_is_its_code_points(text: str) -> None:
    assert text_of(code_points(text)) == text


@pytest.mark.parametrize("kind", [r"\w", r"\d", r"\s", "[A-Z]", "(?!_)\\w", "(?!)"])
@pytest.mark.parametrize(
    "char", ["逾", "a", "_", "٣", "\u3000", "\U0003134a", "\U000e0100", "\U0010ffff", "\ud800"]
)
def test_a_character_is_of_a_kind_as_a_regular_expression_says(kind: str, char: str) -> None:
    assert only(char, kind) == "".join(re.findall(kind, char))


def test_what_is_not_known_is_no_letter() -> None:
    assert not members(r"\w")[-1]


@given(st.text() | TEXTS)
def test_what_is_compared_is_what_a_search_would_leave(text: str) -> None:
    assert only(text, COMPARED) == "".join(re.findall(COMPARED, text))


@given(TEXTS, st.integers(0, 30), st.integers(0, 60))
def test_slots_are_found_as_if_they_were_tried_at_each_character(text: str, start: int, end: int) -> None:
    every = FOLDS.slot.pattern.finditer(text, start, end)
    found = FOLDS.slot.finditer(text, start, end) if start <= end else iter(())
    assert [m.span() for m in found] == [m.span() for m in every]


@given(TEXTS)
def test_places_are_found_as_if_they_were_tried_at_each_character(text: str) -> None:
    assert [m.span() for m in FOLDS.place.finditer(text)] == [
        m.span() for m in FOLDS.place.pattern.finditer(text)
    ]


@given(st.text() | st.text(st.sampled_from("逾a_©℃ ，A")))
def test_letters_are_what_is_no_mark(text: str) -> None:
    assert letters(text) == re.sub(r"[^\w©℃]+|_", "", text).lower()


@given(st.text() | st.text(st.sampled_from([*map(chr, contacts.PLAIN), *map(chr, contacts.NUMERALS)])))
def test_digits_in_any_dress_become_plain_ones(text: str) -> None:
    plain = text.translate(contacts.PLAIN)
    assert translated(text, contacts.TO_PLAIN) == plain
    assert translated(plain, contacts.TO_DIGITS) == plain.translate(contacts.NUMERALS)


@pytest.mark.parametrize(
    ("number", "may_be"),
    [
        (contacts.MOBILE, contacts.MAY_BE_MOBILE),
        (contacts.LANDLINE, contacts.MAY_BE_LANDLINE),
        (contacts.TOLL_FREE, contacts.MAY_BE_TOLL_FREE),
        (contacts.ABROAD, contacts.MAY_BE_ABROAD),
        (contacts.BARE_PHONE, contacts.MAY_BE_BARE),
        (contacts.IDENTITY, contacts.LONG),
        (contacts.OLD_IDENTITY, contacts.LONG),
        (contacts.LONG_NUMBER, contacts.LONG),
    ],
)
def test_no_number_is_passed_over(number: re.Pattern[str], may_be: re.Pattern[str]) -> None:
    @settings(max_examples=15)
    @given(st.from_regex(number, fullmatch=True))
    def holds(said: str) -> None:
        assert may_be.search(said)

    holds()


@pytest.mark.parametrize("said", ["聯系人", "联系(xì)人", "联 系人", "tel", "x tel", "加+微", "+微"])
def test_a_spelled_word_is_found_where_it_stands(said: str) -> None:
    assert re.search(contacts.spelled(["联系人", "tel", "+微"]), f"他{said}：")


@pytest.mark.parametrize("said", ["hotel", "系人", "联络人"])
def test_another_word_is_no_spelled_one(said: str) -> None:
    assert not re.search(contacts.spelled(["联系人", "tel", "+微"]), f"他{said}：")


def test_a_pair_at_the_end_of_a_text_needs_its_second_character() -> None:
    opened = Opened(Pairs.of([("[逾]", "[期]"), ("[0-9]", None)]), re.compile("逾期|[0-9]"))
    assert [m.group() for m in opened.finditer("逾期3逾")] == ["逾期", "3"]
    assert [m.group() for m in opened.finditer("逾期3逾期", 1, 4)] == ["3"]


@given(st.lists(TEXTS.map(lambda text: text.replace(BETWEEN, "")), max_size=5))
def test_sentences_are_masked_together_as_they_are_alone(sentences: list[str]) -> None:
    assert mask_words(BETWEEN.join(sentences), FOLDS) == BETWEEN.join(mask_words(s, FOLDS) for s in sentences)
