"""A quote beside the page's own words."""

from __future__ import annotations

import pytest
from shared_topic import RULES

from pipeline.quote import NoOriginalError, marked_quote, original_span
from pipeline.records import Edit
from pipeline.repair import repair_page

PAGE = "隨著互聯(lián)網(wǎng)的發(fā)展,催收問也多,方式包括 催收、短信催收等。"
LINE = repair_page("", [PAGE], RULES).lines[0]
EDITS = [
    Edit("a-1", at, "text", e.kind, e.start, e.end, e.original, LINE.text[e.start : e.end], "high")
    for at, e in enumerate(LINE.edited.edits)
]


def original(said: str) -> str:
    start = LINE.text.index(said)
    return original_span(LINE.text, LINE.original, EDITS, start, start + len(said))


def test_the_whole_field_is_the_whole_page() -> None:
    assert original(LINE.text) == PAGE


@pytest.mark.parametrize(
    ("said", "page"),
    [
        ("发展", "發(fā)展"),
        ("互联", "互聯(lián)"),
        ("联网的", "聯(lián)網(wǎng)的"),
        ("问题也多", "問也多"),
        ("包括电话催收", "包括 催收"),
    ],
)
def test_a_quote_has_the_pages_own_words_and_script(said: str, page: str) -> None:
    assert original(said) == page


def test_half_of_a_restored_word_is_the_whole_gap() -> None:
    assert original("话催收、") == " 催收、"


def test_restored_words_stand_in_brackets_and_annotations_leave_none() -> None:
    assert marked_quote(LINE.text, EDITS, 0, len(LINE.text)) == (
        "随着互联网的发展，催收问［题］也多，方式包括［电话］催收、短信催收等。"
    )
    start = LINE.text.index("话催收")
    assert marked_quote(LINE.text, EDITS, start, start + 3) == "［话］催收"


def test_an_original_of_another_text_is_refused() -> None:
    with pytest.raises(NoOriginalError):
        original_span(LINE.text, LINE.original + "多", EDITS, 0, 2)
