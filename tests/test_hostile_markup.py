"""Markup built to exhaust a parser: told before the parser sees it, in time that grows with its size."""

from __future__ import annotations

import pytest
from effort import grows_no_faster
from selectolax.lexbor import LexborHTMLParser

from crawler.bombs import MAX_TAGS
from crawler.bombs import is_bomb as may_be_bomb
from pipeline.extract.blocks import TooLargeError, read_tree
from pipeline.extract.guard import MAX_CHARS, is_bomb

FILLER = "<p>还款日到了，银行卡里却没有足够的钱。</p>" * 2_000  # enough that the page is looked at
MANY = " ".join(f"a{n}" for n in range(5_000))
FEW = " ".join(f"a{n}" for n in range(300))


@pytest.mark.parametrize(
    "html",
    [
        f"<p {MANY}>",
        f"<P {MANY.upper()}>",
        f'<p b=">" {MANY}>',
        f"<p b='<!--' {MANY}>",
        f"<script>if (a<b) c = '</p>'</script><p {MANY}>",
        f"<!-- <p> --><p {MANY}>",
        f"<script {MANY}></script>",
        "<div>" * 4_000,
        "<script></script>" * 10 + "<div><br>" * 4_000,
        "<i>" * 200_000,
        "<select>" + "<option>样例贷" * 8_000,
        "<svg><title>" + "<div>" * 4_000 + "</title></svg>",
        "<p>" + "".join(f"<b x={n}>" for n in range(1_000)) + "</p>" + "<p>收" * 4_000,
        f"<p><b x='{'催' * 50_000}'></p>" + "<p>收" * 4_000,
    ],
    ids=[
        "bare",
        "upper",
        "quoted",
        "comment",
        "script",
        "commented",
        "raw",
        "deep",
        "loose",
        "tags",
        "options",
        "foreign",
        "again",
        "long-again",
    ],
)
def test_a_bomb_is_told_wherever_it_hides(html: str) -> None:
    assert may_be_bomb(FILLER + html)
    assert may_be_bomb(html + FILLER)
    assert is_bomb((FILLER + html).encode())
    assert is_bomb((html + FILLER).encode())


@pytest.mark.parametrize(
    "html",
    [
        f"<p {FEW}>",
        f"<!-- <p {MANY}> -->",
        f"<script>var a = '<p {MANY}>'</script>",
        "<p>" * 4_000,
        "<div><i></i></div>" * 4_000,
        "<li><a href=1>标题</a>" * 4_000,
        f"<textarea>{'<div>' * 4_000}</textarea>",
        "<select>" + "<option>样例贷</option>" * 4_000 + "</select>",
        "<div>" + "<font color=red>还款日到了<br>" * 2_500 + "</div>",
        "<svg viewBox='0 0 9 9'><path d=1 /></svg>" * 4_000,
        "<svg><style>a{}</style></svg>" + "<style>b{}</style><p>催" * 4_000,
        f"<p title='{'催收 = ' * 9_000}'>",
    ],
    ids=[
        "few",
        "comment",
        "script",
        "loose",
        "closed",
        "list",
        "raw",
        "options",
        "fonts",
        "icons",
        "styles",
        "long-value",
    ],
)
def test_an_ordinary_page_is_none(html: str) -> None:
    assert not is_bomb((FILLER + html).encode())


@pytest.mark.parametrize(
    "piece",
    [
        "<a<a",
        "<!--",
        "<!-",
        '<a ="',
        "<a ='",
        "<a = ",
        "<script>",
        "<script><",
        "<a \"'",
        "<a b=\"<c d='>",
        "<SCRIPT <\n",
    ],
)
def test_looking_takes_time_that_grows_with_the_page_and_no_faster(piece: str) -> None:
    count = min(MAX_TAGS // piece.count("<"), MAX_CHARS // len(piece)) - 1
    grows_no_faster(lambda n: is_bomb((("x" * 60_000) + piece * n).encode()), count // 10)


def test_a_tree_of_too_many_nodes_is_not_read() -> None:
    with pytest.raises(TooLargeError):
        read_tree(LexborHTMLParser("<p>催" * 110_000).root)


@pytest.mark.parametrize(
    "html", ["", "<body hidden>催<p>收", "<frameset><frame></frameset>", "催<template><p>收</template>"]
)
def test_a_tree_without_text_of_its_own_is_read(html: str) -> None:
    root = LexborHTMLParser(html).body or LexborHTMLParser(html).root
    texts = [block.text for block in read_tree(root).blocks] if root else []
    assert texts in ([], ["催"])


def test_reading_ends_with_the_element_that_it_began_with() -> None:
    parser = LexborHTMLParser("<div id=a></div><div id=b>别处的话</div>")
    assert read_tree(parser.css_first("#a")).blocks == []
    assert [block.text for block in read_tree(parser.css_first("#b")).blocks] == ["别处的话"]
