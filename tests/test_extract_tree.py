"""The lines and elements of a page's tree, read from what its parser writes out again."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from pipeline.extract.blocks import Tree, read_tree
from pipeline.extract.scan.characters import TABLE
from pipeline.extract.scan.costs import costs
from pipeline.extract.scan.lines import lines
from pipeline.extract.scan.names import FLAGS, KEYS, NAMES, PLACE_BITS, key

PIECES = (
    "<p>", "</p>", "<div class='a b' id=c>", "</div>", "<a href=1>", "</a>", "<b>", "</b>", "<br>", "<table>",
    "<tr>", "<td>", "</table>", "<li>", "<xmp>", "</xmp>", "<svg>", "</svg>", "<script>a<b</script>", "<nav>",
    "<!-- > -->", "<!--", "-->", "<td <!-- x -->", "<p<q>", "</nav>", "<i style='display : NONE'>", "</i>",
    "&nbsp;", "&lt;p&gt;", "&amp;lt;", "\x0b", "\x0c", "\x00", "\u3000", "\u200b", "催收", "wait", " ",
    "<", ">",
    '"', "<select><option>", "<title>", "<textarea>", "<plaintext>", "<math><mi>", "<template>",
    "<hr hidden>",
)  # fmt: skip


def _joined(pieces: list[str]) -> bytes:
    return "".join(pieces).encode()


def _tree(html: str) -> Tree:
    body = LexborHTMLParser(html).body
    assert body is not None
    return read_tree(body)


def _texts(html: str) -> list[str]:
    return [block.text for block in _tree(html).blocks]


@pytest.mark.parametrize(
    ("html", "texts"),
    [
        ("<p>1 &lt; 2 &amp;lt; 3&nbsp;元", ["1 < 2 &lt; 3 元"]),
        ("<p title='a>b'>催<!-- > <p> -->收", ["催收"]),
        ("<p>催<script>if (a<b) document.write('<p>x</p>')</script>收", ["催收"]),
        ("<div>催<nav><ul><li>首页</ul><nav>内</nav></nav>收", ["催收"]),
        ("<p>催<svg><title>图</title><path d=1 /></svg>收", ["催收"]),
        ("<xmp>a<b>催收</xmp><p>后", ["a<b>催收", "后"]),
        ("<p>看得见<span style='color:red;DISPLAY : None'>看不见<b>的</b></span>。", ["看得见。"]),
        ("<p hidden>看不见<p>看得见", ["看得见"]),
        ("<p>催<img hidden>收", ["催收"]),
        ("<p>\u200b</p><p>\u3000</p><p>催", ["催"]),
        ("<p>一\x0b二\x0c三", ["一 二 三"]),
        ("<td width=5 <!-- left -->催<p>收", ["催", "收"]),
        ("<table><tr><td>姓名<td>金额<tr><td>林样<td><a>五千</a></table>", ["姓名 | 金额", "林样 | 五千"]),
        ("<table><tr><td>姓名<td><p>金额</table>", ["姓名", "金额"]),
        ("<table><tr><td>姓名<td>金额<script></script></table>", ["姓名", "金额"]),
    ],
)
def test_lines_are_those_that_a_reader_sees(html: str, texts: list[str]) -> None:
    assert _texts(html) == texts


def test_a_line_knows_its_element_its_links_and_whether_it_is_bold() -> None:
    tree = _tree(
        "<div CLASS='Main Text' id=a&amp;b><h2>问</h2><p><b>先看</b><a href=1> 账 单</a></div>"
        "<p><strong>停</strong>"
    )
    assert tree.tags == ["body", "div", "h2", "p", "p"]
    assert tree.parents == [-1, 0, 1, 1, 0]
    assert tree.marks == [" ", "main text a&b", " ", " ", " "]
    said = [(block.kind, block.level, block.place, block.linked, block.bold) for block in tree.blocks]
    assert said == [
        ("heading", 2, 2, 0, False),
        ("paragraph", 0, 3, 2, False),
        ("paragraph", 0, 4, 0, True),
    ]


def test_a_no_break_space_is_neither_a_line_nor_plain_beside_bold_words() -> None:
    tree = _tree("<p>&nbsp;<p>&nbsp;<b>先看账单</b>&nbsp; <p>&amp;nbsp;")
    assert [(block.text, block.bold) for block in tree.blocks] == [("先看账单", True), ("&nbsp;", False)]


def test_an_element_that_begins_no_line_may_be_read_by_itself() -> None:
    inside = LexborHTMLParser("<p>前<span id=a>催<b>收</b></span>后").css_first("#a")
    assert [block.text for block in read_tree(inside).blocks] == ["催收"]


def test_every_name_is_found_by_its_key() -> None:
    known = {at: flags for at, flags in zip(KEYS.tolist(), FLAGS.tolist(), strict=True) if at}
    assert len(known) == len(NAMES) - 1
    assert all(key(NAMES[flags >> PLACE_BITS].encode()) == at for at, flags in known.items())
    assert not all(KEYS)  # a search for an unknown name ends at a free slot


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_any_markup_gives_a_whole_tree(html: str) -> None:
    """The kernel checks no bounds: what it writes must be what it has room for, and in order."""
    tree = _tree(html)
    assert len(tree.parents) == len(tree.tags) == len(tree.marks)
    assert all(parent < place for place, parent in enumerate(tree.parents))
    assert all(0 <= block.place < len(tree.tags) for block in tree.blocks)
    places = [block.place for block in tree.blocks]
    assert all(tree.parents[place] <= place for place in places)


@settings(max_examples=300, deadline=None)
@given(
    st.binary(max_size=60)
    | st.lists(st.sampled_from(PIECES), max_size=20).map(lambda it: "".join(it).encode())
)
def test_bytes_that_no_parser_wrote_are_read_to_their_end(data: bytes) -> None:
    read = lines(np.frombuffer(data, np.uint8), TABLE)
    assert all(0 <= count <= 2 * len(data) + 3 for count in read.counts[:6].tolist())
    assert all(cost >= 0 for cost in costs(np.frombuffer(data, np.uint8)))
