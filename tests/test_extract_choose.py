"""Who decides what the article is: one pass alone, or with others; and what its lines are."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime

import pytest
from effort import within
from selectolax.lexbor import LexborHTMLParser
from shared_topic import WORDS

from crawler.page import Page
from crawler.sites import Site
from pipeline.extract import Extracted, extract
from pipeline.extract.blocks import Block, read_tree
from pipeline.extract.choose import ALLIES, DISAGREE, choose, covered
from pipeline.extract.density import Found
from pipeline.extract.opinions import by_readability
from pipeline.extract.second import MOST_CHARS, Voter, voters

TEXT = (
    "还款日到了，银行卡里却没有足够的钱，这是许多用过样例贷的人都遇到过的事情。",
    "平台会先发短信提醒，过几天再打电话，说话的口气也一次比一次重，让人心里发慌。",
    "先算清楚自己每个月能拿出多少钱，再去和样例贷的客服商量，把话说在前面总是好的。",
)
MENU = tuple(f"第{n}个样例栏目" for n in range(9))
# Too short for the second opinion, and no two alike.
SCRAPS = tuple("".join(chr(0x4E00 + 40 * n + k) for k in range(12)) for n in range(30))


def blocks(*texts: str) -> list[Block]:
    html = "".join(f"<p><a>{text}</a>" if text in MENU else f"<p>{text}" for text in texts)
    return read_tree(LexborHTMLParser(f"<body>{html}").body).blocks


def found(page: Sequence[Block], *texts: str) -> Found:
    indices = tuple(index for index, block in enumerate(page) if block.text in texts)
    return Found(indices, range(len(page)))


def asked(*said: tuple[str, Sequence[str]]) -> Callable[[], Sequence[Voter]]:
    return lambda: [(name, lambda texts=texts: "\n".join(texts)) for name, texts in said]  # type: ignore[misc]


def nobody() -> Sequence[Voter]:
    raise AssertionError("asked")


def test_where_a_second_opinion_agrees_nobody_else_is_asked() -> None:
    page = blocks(*MENU, *TEXT)
    choice = choose(page, found(page, *TEXT), nobody)
    assert ([page[i].text for i in choice.indices], choice.extractor) == (list(TEXT), "one-pass")
    assert choice.confidence == 1.0


def test_where_it_disagrees_the_result_in_the_middle_is_kept() -> None:
    page = blocks(*SCRAPS, *TEXT)
    choice = choose(page, found(page, *SCRAPS), asked(("justext", TEXT), ("readability", TEXT)))
    assert ([page[i].text for i in choice.indices], choice.extractor) == (list(TEXT), "justext")
    assert choice.confidence == 1.0


def test_of_equals_the_one_pass_is_kept() -> None:
    page = blocks(*SCRAPS, *TEXT)
    choice = choose(page, found(page, *SCRAPS), asked(("justext", ()), ("readability", SCRAPS)))
    assert (len(choice.indices), choice.extractor) == (len(SCRAPS), "one-pass")
    assert choice.confidence >= ALLIES


def test_where_no_two_found_the_same_all_are_asked_and_the_one_pass_stays_with_little_confidence() -> None:
    page = blocks(*SCRAPS, *TEXT)
    heard = []
    said = (("justext", TEXT[:2]), ("readability", SCRAPS[:9]), ("trafilatura", (*TEXT[2:], *SCRAPS[20:])))

    def ask() -> Sequence[Voter]:
        return [(name, lambda n=name, t=texts: heard.append(n) or "\n".join(t)) for name, texts in said]  # type: ignore[misc,func-returns-value]

    choice = choose(page, found(page, *SCRAPS), ask)
    assert heard == ["justext", "readability", "trafilatura"]
    assert (len(choice.indices), choice.extractor) == (len(SCRAPS), "one-pass")
    assert choice.confidence < DISAGREE


def test_two_that_agree_spare_the_third() -> None:
    page = blocks(*SCRAPS, *TEXT)

    def refuses() -> str:
        raise AssertionError("asked")

    heard = [*asked(("justext", TEXT), ("readability", TEXT))(), ("trafilatura", refuses)]
    assert choose(page, found(page, *SCRAPS), lambda: heard).extractor == "justext"


def test_voters_do_not_bring_back_links_nor_another_text_of_the_page() -> None:
    older = tuple(text.replace("样例贷", "示范花") for text in TEXT)
    page = blocks(*MENU, *SCRAPS, *TEXT[:2], *older)
    said = asked(("justext", (*MENU, *TEXT, *older)), ("readability", (*MENU, *TEXT, *older)))
    looked_at = range(len(MENU), len(page) - len(older))
    choice = choose(page, Found(tuple(looked_at)[: len(SCRAPS)], looked_at), said)
    assert [page[i].text for i in choice.indices] == list(TEXT[:2])


def test_others_are_asked_where_no_text_was_found() -> None:
    page = blocks(*MENU, *TEXT)
    choice = choose(page, found(page), asked(("justext", ()), ("trafilatura", TEXT)))
    assert ([page[i].text for i in choice.indices], choice.extractor) == (list(TEXT), "trafilatura")
    assert choose(page, found(page), asked(("justext", ()))).indices == ()


@pytest.mark.parametrize("folded", [False, True], ids=["line by line", "as one line"])
def test_a_teaser_that_repeats_the_lead_is_not_brought_in_by_it(folded: bool) -> None:
    own = tuple(text.replace("样例贷", "示范花") for text in TEXT)
    cited, alike = f"{own[2][:-8]}...", f"{TEXT[2][:-8]}..."
    text = ("" if folded else "\n").join(own)
    for page in (blocks(*own, cited, alike), blocks(alike, cited, *own)):
        assert [page[index].text for index in covered(page, text)] == list(own)


def test_a_line_that_another_extractor_writes_a_little_otherwise_is_its_line() -> None:
    page = blocks(*TEXT, *SCRAPS)
    text = "\n".join(line.replace("，", ",", 1) for line in TEXT)
    assert [page[index].text for index in covered(page, text)] == list(TEXT)


def test_readability_gives_the_lines_of_the_element_that_it_chooses() -> None:
    menu = "".join(f'<li><a href="/">{text}</a></li>' for text in MENU)
    text = "".join(f"<p>{text}</p>" for text in TEXT)
    html = f'<html><body><ul>{menu}</ul><div class="content">{text}一<br>二</div></body></html>'
    assert [line for line in by_readability(html).splitlines() if line] == [*TEXT, "一", "二"]
    assert by_readability("").strip() == by_readability("<html></html>").strip() == ""


@pytest.mark.parametrize(
    "html",
    [
        "<p>" * 40_000,
        "<div>" * 1_000 + TEXT[0] + "</div>" * 1_000,
        f"<p>{TEXT[0]}</p>" * (MOST_CHARS // 30),
        "<p>一</p>" * 3_000,
    ],
)
def test_pages_that_would_exhaust_them_are_put_to_no_voter(html: str) -> None:
    body = LexborHTMLParser(html).body
    assert body is not None
    assert voters(html, read_tree(body)) == ()


@pytest.mark.parametrize(
    "html",
    [
        "<div class=content><p>" + TEXT[0] * 20 + "</p>" + "<div></div>" * 9_000 + "</div>",
        ("<div class=content>" * 50 + f"<p>{TEXT[0][:26]}</p>" + "</div>" * 50) * 40,
        "<div><p>" + " \n\t" * 60_000 + TEXT[0] * 9 + "</p></div>",
        "<div " + " ".join(f"onclick{n}=1" for n in range(1_500)) + f"><p>{TEXT[0] * 9}</p></div>",
    ],
    ids=["empty elements", "nested elements", "white space", "attributes"],
)
def test_a_voter_is_done_in_time(html: str) -> None:
    """Each of these takes readability minutes if it is called as it comes."""
    body = LexborHTMLParser(html).body
    assert body is not None
    with within(5):
        for name, ask in voters(html, read_tree(body)):
            if name == "readability":
                ask()


def lines(body: str) -> list[tuple[str, int, str]]:
    at = datetime(2025, 1, 1, tzinfo=UTC)
    page = Page("f-1", "farm", "http://example.com/1.html", at, 200, "text/html", b"", "00", True)
    read = extract(page, f"<title>样例贷的账单_样例频道</title>{body}", Site("farm"), WORDS)
    assert isinstance(read, Extracted), read
    return [(line.kind, line.level, line.text) for line in read.lines]


def test_a_line_in_bold_above_a_text_is_a_heading() -> None:
    body = f"<p><strong>先看</strong><b>账单</b></p><p>{TEXT[0]}</p><p><b>再去商量</b></p><p>{TEXT[1]}</p>"
    assert lines(f"<div>{body}</div>")[0] == ("heading", 2, "先看账单")
    assert lines(f"<div><h2>账单</h2>{body}</div>")[3] == ("heading", 3, "再去商量")


@pytest.mark.parametrize(
    "bold",
    [
        "<p><b>千万不要再借新的钱去还旧的钱！</b></p>",
        "<p><b>先看</b>账单</p>",
        "<p><b>林小编 2024-11-21 10:00</b></p>",
        "<p><b>电话 13800138000</b></p>",
        "<p><b>先看账单</b></p><p><b>再去商量</b></p>",
        "<ul><li><b>先看账单</b></li></ul>",
        "<p><b><a href='/x'>另一篇文章</a></b></p>",
    ],
)
def test_other_lines_in_bold_are_none(bold: str) -> None:
    found = lines(f"<div><p>{TEXT[0]}</p>{bold}<p>{TEXT[1]}</p><p>{TEXT[2]}</p></div>")
    assert all(kind != "heading" or text == "再去商量" for kind, _, text in found)


def test_on_a_page_in_bold_nothing_is_a_heading_by_it() -> None:
    body = "".join(
        f"<p><b>短短的一行{n}</b></p><p><b>又一行</b></p><p><b>{TEXT[n % 3]}</b></p>" for n in range(6)
    )
    assert {kind for kind, _, _ in lines(f"<div>{body}</div>")} == {"paragraph"}


def test_the_words_under_a_picture_are_a_caption() -> None:
    picture = '<div class="image-caption">客服的短信</div><p class="pic_desc">账单的一角</p>'
    figure = "<figure><img src='/1.jpg'><figcaption>催收的来电</figcaption></figure>"
    found = lines(f"<div><p>{TEXT[0]}</p>{picture}<p>{TEXT[1]}</p>{figure}<p>{TEXT[2]}</p></div>")
    assert [text for kind, _, text in found if kind == "caption"] == [
        "客服的短信",
        "账单的一角",
        "催收的来电",
    ]


def test_a_process_loads_other_extractors_and_dictionaries_only_where_a_page_asks_for_them() -> None:
    code = "import sys, pipeline.stages; print(sorted(sys.modules))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert "'selectolax'" in loaded
    for asked in ("trafilatura", "readability", "justext", "jieba", "pypinyin"):
        assert f"'{asked}'" not in loaded
