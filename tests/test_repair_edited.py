"""Laws of the edit log: it can always be undone, and its slices are what it says."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.repair.edited import EditedText, NotOneToOneError, Span, TextEdit

TEXTS = st.text("催收问题电话 ab(é)", max_size=24)


@st.composite
def rounds(draw: st.DrawFn) -> tuple[str, list[EditedText]]:
    """A text after several rounds of changes, as repair makes them."""
    original = draw(TEXTS)
    states = [EditedText(original)]
    for number in range(draw(st.integers(0, 4))):
        states.append(states[-1].replace(draw(spans(states[-1].text, f"kind-{number}"))))
    return original, states


@st.composite
def spans(draw: st.DrawFn, text: str, kind: str) -> list[Span]:
    cuts = sorted(draw(st.lists(st.integers(0, len(text)), max_size=6)))
    pairs = list(zip(cuts[::2], cuts[1::2], strict=False))
    return [Span(start, end, draw(st.text("题电话维权", max_size=3)), kind) for start, end in pairs]


@given(rounds())
def test_undoing_gives_the_original_after_any_rounds_of_changes(case: Any) -> None:
    original, states = case
    assert [state.undo() for state in states] == [original] * len(states)


@given(rounds())
def test_edits_stand_in_order_and_never_overlap(case: Any) -> None:
    for state in case[1]:
        assert all(0 <= e.start <= e.end <= len(state.text) for e in state.edits)
        assert all(a.end <= b.start for a, b in zip(state.edits, state.edits[1:], strict=False))


@given(rounds(), st.data())
def test_a_span_outside_every_edit_says_the_same_on_the_page(case: Any, data: st.DataObject) -> None:
    original, states = case
    text = states[-1]
    start = data.draw(st.integers(0, len(text.text)))
    end = data.draw(st.integers(start, len(text.text)))
    page_start, page_end = text.page_span(start, end)
    assert 0 <= page_start <= page_end <= len(original)
    cut = ((e.start < end and start < e.end) or start <= e.start == e.end <= end for e in text.edits)
    if not any(cut):
        assert original[page_start:page_end] == text.text[start:end]


@given(rounds())
def test_a_one_to_one_conversion_keeps_every_edit_in_its_place(case: Any) -> None:
    state = case[1][-1]
    upper = state.map_chars(lambda text: text.replace("a", "A"))
    assert [(e.kind, e.start, e.end) for e in upper.edits] == [(e.kind, e.start, e.end) for e in state.edits]
    assert upper.undo() == state.undo().replace("a", "A")


def test_a_conversion_that_changes_the_length_is_refused() -> None:
    with pytest.raises(NotOneToOneError):
        EditedText("2℃").map_chars(lambda text: text.replace("℃", "°C"))


def test_spans_that_overlap_each_other_are_refused() -> None:
    with pytest.raises(ValueError, match="overlap"):
        EditedText("催收问题").replace([Span(0, 2, "", "a"), Span(1, 3, "", "b")])


def test_a_change_inside_an_earlier_one_takes_it_in_with_the_pages_own_words() -> None:
    first = EditedText("不接 就").replace([Span(2, 3, "电话", "deleted-dianhua", "high")])
    second = first.replace([Span(3, 5, "机都", "other", "high")])
    assert second.text == "不接电机都"
    assert second.edits == (TextEdit("other", 2, 5, " 就", "high"),)


def test_a_word_restored_where_an_annotation_stood_comes_after_it() -> None:
    bare = EditedText("催收問(wèn)也").replace([Span(3, 8, "", "annotation")])
    full = bare.replace([Span(3, 3, "題", "deleted-ti", "high")])
    assert full.text == "催收問題也"
    assert [(e.kind, e.original) for e in full.edits] == [("annotation", "(wèn)"), ("deleted-ti", "")]
    assert full.undo() == "催收問(wèn)也"


def test_a_change_that_gives_the_pages_words_back_leaves_no_edit() -> None:
    changed = EditedText("催收").replace([Span(0, 1, "摧", "wrong")])
    assert changed.replace([Span(0, 1, "催", "right")]) == EditedText("催收")
