"""What compiled code says of a line, beside what it says in Python."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from pipeline.extract.blocks import Block, read_tree
from pipeline.extract.clean import fold
from pipeline.extract.scan.footers import FOOTER
from pipeline.extract.scan.measured import BULLETS
from pipeline.extract.shapes import COMMA, SENTENCE_END

PUNCTUATION = re.compile(r"[，。；：！？、“”]|[,;:!?.](?=[\u4e00-\u9fff\s]|$)")
LISTED = re.compile(r"(?<!\d)\d{1,2}[-/.]\d{1,2}(?!\d)|\d{1,2}[:：]\d{2}")
BULLET = re.compile(rf"[{BULLETS}] ")
WORDS = (
    *FOOTER,
    "Copyright",
    "ICP备",
    "催收",
    "样例贷",
    "08-11",
    "1.2",
    "16:06",
    "٣٤:٥٦",
    "１２：３０",
    "3.14",
)
MARKS = tuple(
    "，。；：！？、“”,;:!?.…」|-/•○ \u3000\u00a0\u2028\n\r\t\u200b\u00ad\x1c\x85䀀一鿿𠀀é\U000e0041𝟙"
)
TEXTS = st.lists(st.sampled_from((*WORDS, *MARKS)) | st.characters(exclude_categories=("Cs",)), max_size=12)


def _line(linked: str, plain: str) -> Block | None:
    """One line that begins in a link; its text has no markup."""
    tree = LexborHTMLParser("<body><p><a></a><span></span>")
    for selector, text in (("a", linked), ("span", plain)):
        node = tree.css_first(selector)
        assert node is not None
        node.insert_child(text)
    assert tree.body is not None
    blocks = read_tree(tree.body).blocks
    return blocks[0] if blocks else None


def _said(linked: str, plain: str) -> str:
    return fold((linked + plain).replace("\x0b", " ").replace("\x0c", " ").replace("\x00", ""))


def _is_footer(text: str) -> bool:
    return len(text) < 300 and any(word in text.lower() for word in FOOTER)


def _is_link(text: str, linked: int) -> bool:
    listing = linked >= 0.15 * len(text) and len(text) <= 160 and LISTED.search(text)
    if not linked or (listing and not SENTENCE_END.search(text)):
        return linked > 0
    return linked > 0.5 * len(text) and (len(text) <= 100 or not COMMA.search(text))


def _score(block: Block) -> int:
    size = len(block.text)
    if block.is_footer or block.is_link:
        return -60 if block.is_footer else -min(size, 30)
    return size - min(block.linked, size // 2) if size >= 30 or PUNCTUATION.search(block.text) else -2


@settings(max_examples=400, deadline=None)
@given(TEXTS.map("".join), TEXTS.map("".join))
@example("出门要小心", "【某人】08-11 16:06")
@example("", "催收\n\u3000\u3000记录 wait\r\n催收")
@example("a", "\u3000\n催 & &amp; &nbsp; &LT;")
@example("催收" * 60, "，先看账单")
@example("", "- " + "copyright 催")
def test_a_line_is_folded_and_measured_as_python_would(linked: str, plain: str) -> None:
    block, text = _line(linked, plain), _said(linked, plain)
    if block is None:
        assert not text
        return
    bulleted = BULLET.match(text)
    assert block.text == (text[2:] if bulleted else text)
    assert block.kind == ("list-item" if bulleted else "paragraph")
    assert block.is_footer == _is_footer(block.text)
    assert block.is_link == _is_link(block.text, block.linked)
    assert block.score == _score(block)


@pytest.mark.parametrize(
    ("said", "linked"),
    [("催 收\n人员", 4), ("\u3000\u00a0", 0), ("a&b<c", 5), ("\x85\u2028催", 1), ("催\u200b收", 3)],
)
def test_characters_in_links_are_counted_without_white_space(said: str, linked: int) -> None:
    block = _line(said, "后")
    assert block is not None
    assert block.linked == linked


def test_a_heading_is_not_held_against_a_text_for_being_short() -> None:
    tree = LexborHTMLParser("<body><h2>先看账单</h2><p>先看账单<h3>• 再问客服</h3>").body
    assert tree is not None
    said = [(block.kind, block.level, block.score) for block in read_tree(tree).blocks]
    assert said == [("heading", 2, 0), ("paragraph", 0, -2), ("list-item", 3, 0)]


def test_the_cells_of_a_row_that_say_nothing_leave_no_trace() -> None:
    row = "<tr><td> 姓\n名 <td>\u200b<td><a>金 额</a><td><a> </a>"
    tree = LexborHTMLParser(f"<body><table>{row}<tr><td> <td>\u3000").body
    assert tree is not None
    said = [(block.kind, block.text, block.linked) for block in read_tree(tree).blocks]
    assert said == [("table-row", "姓名 | 金 额", 3), ("table-row", "", 0)]


def test_there_is_room_for_a_row_that_is_one_link_and_long() -> None:
    long = "催收&amp;" * 200_000
    tree = LexborHTMLParser(f"<body><table><tr><td><a>{long}<td>后").body
    assert tree is not None
    block = read_tree(tree).blocks[0]
    assert (len(block.text), block.linked, block.is_link) == (600_004, 600_000, True)
