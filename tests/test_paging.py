"""Divided articles, page by page: what a pager is, and what pages repeat of one another."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser
from shared_topic import WORDS

from crawler.discover import Scope, Visited, discover
from crawler.paging import MAX_ARTICLE_PAGES, Turns, is_next, pages
from crawler.paging import turns as turns_of
from crawler.sites import Site
from pipeline.assemble import Assemble
from pipeline.drafts import Draft, DraftLine
from pipeline.joining.chains import Step, chains
from pipeline.joining.titles import is_same_title
from pipeline.lines import classify
from pipeline.records import Article, ArticlePage, LineRemoved

HOME = "http://example.com"
ONE = f"{HOME}/n/12.html"
TWO = f"{HOME}/n/12_2.html"


def turns(of: str, html: str) -> Turns:
    return turns_of(of, html, LexborHTMLParser(html.encode("utf-8", "ignore")))


# (label, address of the page, its links): no next page of the same article
NO_NEXT = [
    ("the next article", ONE, '<a href="13.html">下一篇</a>'),
    ("the next article under a numbered address", ONE, '<a href="12_2.html">下一篇：催收的应对</a>'),
    ("下一页 that leads to another article", ONE, '<a href="13.html">下一页</a>'),
    ("pages of a list", f"{HOME}/list/5.html", '<a href="6.html">下一页</a><a href="7.html">7</a>'),
    ("pages of comments", f"{HOME}/n/12", '<a href="?cpage=2">下一页</a><a href="12/comment-page-2">2</a>'),
    ("comments in a box of their own", ONE, '<div id="comments"><p><a href="12_2.html">下一页</a></p></div>'),
    ("a fragment of comments", f"{HOME}/n/12", '<a href="?page=2#comments">2</a>'),
    ("replies of a thread", f"{HOME}/thread/12", '<a href="?page=2">下一页</a>'),
    ("replies of a forum of its own", "http://bbs.example.com/n/12.html", '<a href="12_2.html">2</a>'),
    ("a thread's number in the middle", f"{HOME}/t-12-1-1.html", '<a href="t-12-2-1.html">下一页</a>'),
    ("the page itself", TWO, '<a href="12_2.html">下一页</a>'),
    ("an earlier page", TWO, '<a href="12.html">下一页</a><a href="12_1.html">1</a>'),
    ("a page further on", ONE, '<a href="12_3.html">3</a><a href="12_9.html">尾页</a>'),
    ("a title that is linked", ONE, '<a href="12_2.html">星河贷逾期怎么办</a>'),
    ("all on one page", ONE, '<a href="12_all.html">显示全文</a>'),
    ("the rest at an address of its own", ONE, '<a href="rest.html">余下全文</a>'),
    ("another host", ONE, '<a href="http://other.example.org/n/12_2.html">下一页</a>'),
    ("a script", ONE, '<a href="javascript:next()">下一页</a><a href="#">2</a>'),
    ("no address at all", ONE, '<a href="http://[">下一页</a><a>2</a>'),
    ("a neighbour by rel=next", f"{HOME}/post/spring/", '<link rel="next" href="/post/summer/">'),
    ("far more pages than an article has", f"{HOME}/n/12_{MAX_ARTICLE_PAGES + 1}.html",
     f'<a href="12_{MAX_ARTICLE_PAGES + 2}.html">下一页</a>'),
    ("the whole text at an address of its own", ONE, '<a href="/full/12.html">阅读全文</a>'),
    ("the next article, to read on", ONE, '<a href="13.html">继续阅读</a>'),
]  # fmt: skip

# (address, link, address that it leads to)
NEXT = [
    (ONE, '<a href="12_2.html">下一页</a>', TWO),
    (ONE, '<a href="12_2.html">[2]</a> <a href="12_3.html">[3]</a>', TWO),
    (ONE, '<a href="12-2.html">第2页</a>', f"{HOME}/n/12-2.html"),
    (ONE, '<a href="12_1.html">下一页</a>', f"{HOME}/n/12_1.html"),
    (f"{HOME}/n/12_1.html", '<a href="12.html">1</a><a href="12_2.html">3</a>', TWO),
    (TWO, '<a href="12.html">1</a><a href="12_3.html">下一頁(yè)</a>', f"{HOME}/n/12_3.html"),
    (ONE, '<a href="12_2.html">下一页：协商的办法</a>', TWO),
    (ONE, '<a href="/n/12_2.html" rel="next">继续</a>', TWO),
    (ONE, '<a href="12_2.html">点击查看余下全文</a>', TWO),
    (ONE, '<a href="12_2.html">点击查看余下全文&gt;&gt;</a>', TWO),
    (ONE, '<a href="12_2.html">剩余60%全文，点击查看</a>', TWO),
    (ONE, '<a href="12_2.html">继续阅读</a>', TWO),
    (ONE, '<a href="12_2.html">阅读全文</a>', TWO),
    (ONE, '<a href="12_2.html">下一页（2/3）</a>', TWO),
    (TWO, '<a href="12_3.html">查看剩余全文</a>', f"{HOME}/n/12_3.html"),
    (f"{HOME}/spring/", '<link rel="next" href="/spring/2/">', f"{HOME}/spring/2/"),
    (f"{HOME}/spring/2/", '<a href="/spring/">1</a><a href="/spring/3/">3</a>', f"{HOME}/spring/3/"),
    (ONE, '<a href="/n/12.html/2">2</a>', f"{HOME}/n/12.html/2"),
    (f"{HOME}/n/2024/", '<a href="index_2.html">下一页</a>', f"{HOME}/n/2024/index_2.html"),
    (f"{HOME}/a/20240131.html", '<a href="20240131/2.html">2</a>', f"{HOME}/a/20240131/2.html"),
    (f"{HOME}/v.php?id=5", '<a href="?id=5&page=2">下一页</a>', f"{HOME}/v.php?id=5&page=2"),
    (f"{HOME}/v.php?id=5&page=2", '<a href="?id=5&page=3">下一页</a>', f"{HOME}/v.php?id=5&page=3"),
    (f"{HOME}/?p=12", '<a href="/?p=12&page=2">2</a>', f"{HOME}/?p=12&page=2"),
    (ONE, '<base href="http://example.com/m/"><a href="/n/12_2.html">2</a>', TWO),
    ("urn:yuqi:imported:站/12.html", '<a href="12_2.html">2</a>', "urn:yuqi:imported:站/12_2.html"),
]


@pytest.mark.parametrize(("of", "html"), [row[1:] for row in NO_NEXT], ids=[row[0] for row in NO_NEXT])
def test_what_is_no_next_page_of_the_article_is_not_taken_for_one(of: str, html: str) -> None:
    assert turns(of, html).next is None


@pytest.mark.parametrize(("of", "html", "url"), NEXT)
def test_the_next_page_is_known_by_both_addresses_and_by_what_the_link_says(
    of: str, html: str, url: str
) -> None:
    assert turns(of, html).next == url


def test_the_page_behind_the_last_one_that_is_read_is_known_and_not_followed() -> None:
    last, beyond = (f"{HOME}/n/12_{n}.html" for n in (MAX_ARTICLE_PAGES, MAX_ARTICLE_PAGES + 1))
    html = f'<a href="{beyond}">下一页</a>'
    assert turns(last, html) == Turns(beyond)
    scope = Scope(Site("s", (f"{HOME}/",), article=r"/n/\d+\.html$"))
    page = Visited(last, "article", 1, "text/html", html.encode())
    assert discover(page, scope).parts == ()


def test_a_later_page_knows_the_first_one_that_its_pager_leads_back_to() -> None:
    html = '<a href="12_2.html">上一页</a><a href="12.html">1</a><a href="12_2.html">2</a>'
    assert turns(f"{HOME}/n/12_3.html", html) == Turns(None, ONE)
    assert turns(ONE, html).first is None
    assert turns(TWO, '<a href="12.html">星河贷逾期怎么办</a>').first is None


@given(
    st.lists(st.sampled_from(["12", "_2", "-3", "/", "4", ".html", "?page=", "&p=2", "index"]), max_size=6)
)
def test_numbers_only_ever_grow_so_that_no_chain_of_pages_can_run_in_a_circle(parts: list[str]) -> None:
    one = f"{HOME}/{''.join(parts)}"
    for other in (f"{one}_2.html", f"{one}/2/", f"{one}&page=2", f"{one}?page=2"):
        there, back = pages(one, other), pages(other, one)
        assert (there is None) == (back is None)
        assert there is None or back == (there[1], there[0])
        assert not (there and back and is_next(*there) and is_next(*back))


@given(st.text(max_size=60), st.text(max_size=300))
def test_no_address_and_no_page_breaks_the_reader(url: str, html: str) -> None:
    turns(url, f'<a href="{html}">下一页</a><a href="{url}">2</a>{html}')


def test_a_page_of_ten_thousand_pagers_is_read_in_bounded_time() -> None:
    html = '<a href="x">2</a>' * 100_000 + "<div>" * 10_000 + '<a href="12_2.html">下一页</a>'
    assert turns(ONE, html) == Turns()


def test_the_crawler_follows_an_article_page_by_page_and_nothing_else_of_it() -> None:
    scope = Scope(Site("s", (f"{HOME}/",), article=r"/n/\d+\.html$", follow="/list/"))
    pager = '<a href="12_2.html">下一页</a><a href="12_3.html">3</a><a href="13.html">下一篇</a>'
    found = discover(Visited(ONE, "article", 1, "text/html", f"<p>正文</p>{pager}".encode()), scope)
    assert [(link.url, link.kind, link.depth) for link in found.parts] == [(TWO, "article", 1)]
    assert (found.articles, found.lists) == ((), ())


def test_a_next_page_on_another_host_or_of_a_list_is_not_fetched() -> None:
    scope = Scope(Site("s", (f"{HOME}/",), follow=r"/n/12_"))
    for link in ("12_2.html", "http://other.example.org/n/12_2.html"):
        payload = f'<p>正文</p><a href="{link}">下一页</a>'.encode()
        assert discover(Visited(ONE, "article", 1, "text/html", payload), scope).parts == ()


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("星河贷逾期怎么办（一）", "星河贷逾期怎么办（二）", False),
        ("星河贷逾期怎么办", "星蓝贷逾期怎么办", False),
        ("星河贷逾期怎么办", "星河贷逾期怎么办？应对的办法", False),
        ("", "", False),
        ("第2页", "第3页", False),
        ("星河贷逾期怎么办？", "星河贷逾期怎么办？（2）", True),
        ("星河贷逾期怎么办", "星河贷逾期怎么办 第2页", True),
        ("星河贷逾期怎么办", "星河贷逾期怎么办_3", True),
        ("星河贷催收电话内容", "星河贷催收电话内(nèi)容", True),
    ],
)
def test_only_the_same_title_says_that_two_pages_are_one_article(one: str, other: str, same: bool) -> None:
    assert is_same_title(one, other) is same


@pytest.mark.parametrize(
    "text",
    ["上一页 1 2 3 下一页", "[1] [2] 下一页 尾页", "第2页/共3页", "本文共3页", "首页 上一页 1/3 下一页"],
)
def test_a_pager_in_the_text_is_no_line_of_the_article(text: str) -> None:
    body = "借款者应当保留证据，并且及时与平台沟通，寻求合理的解决方案。"
    assert classify([body, text, body], ["paragraph"] * 3, "怎么办", WORDS)[1] == "paging"


@pytest.mark.parametrize(
    "text", ["第2步", "第2页的合同写明了利率。", "合同共3页，每页都要签名。", "第2页：协商"]
)
def test_a_sentence_about_pages_and_a_step_stay(text: str) -> None:
    body = "借款者应当保留证据，并且及时与平台沟通，寻求合理的解决方案。"
    assert classify([body, text, body], ["paragraph"] * 3, "怎么办", WORDS)[1] is None


# Chains


def step(number: int, following: int, version: str = "") -> Step:
    return Step(f"a{number}{version}", f"u{number}", f"a{following}", f"u{following}")


def test_pages_are_chained_in_order_and_only_the_first_is_an_article() -> None:
    found = chains([step(2, 3), step(1, 2)])
    assert found.further == {"a1": ("a2", "a3")}
    assert found.continuations == {"u2", "u3"}
    assert found.first_of == {"u2": "u1", "u3": "u1"}


def test_a_page_whose_first_page_is_missing_is_an_article_of_its_own() -> None:
    assert chains([step(2, 3)]).further == {"a2": ("a3",)}


def test_every_version_of_a_first_page_has_its_pages_and_none_is_an_article_twice() -> None:
    found = chains([step(1, 2), step(1, 2, "old"), step(2, 3), Step("a2old", "u2", "a3", "u3")])
    assert found.further == {"a1": ("a2", "a3"), "a1old": ("a2", "a3")}
    assert found.continuations == {"u2", "u3"}


def test_a_page_that_an_older_version_led_to_is_not_lost_when_the_chain_no_longer_reaches_it() -> None:
    found = chains([Step("a1", "u1", "a2", "u2"), Step("a2old", "u2", "a3", "u3"), step(3, 4)])
    assert found.further == {"a1": ("a2",), "a3": ("a4",)}
    assert found.continuations == {"u2", "u4"}


def test_a_circle_and_an_endless_chain_end() -> None:
    circle = chains([step(1, 2), step(2, 3), step(3, 1)])
    assert circle.further == {"a1": ("a2", "a3")}
    endless = chains([step(n, n + 1) for n in range(100, 600)])
    assert {1 + len(further) for further in endless.further.values()} <= {MAX_ARTICLE_PAGES, 1}
    assert len(endless.continuations) + len(endless.further) >= 500


def test_what_was_divided_goes_with_a_first_page_that_was_taken_down() -> None:
    found = chains([step(2, 3), step(7, 8)], {"u2"})
    assert found.lost == {"u2", "u3"}
    assert found.continuations == {"u2", "u3", "u8"}
    assert found.further == {"a7": ("a8",)}


@given(st.lists(st.tuples(st.integers(0, 8), st.integers(0, 8), st.sampled_from(["", "x"])), max_size=20))
def test_each_page_is_a_first_one_or_a_further_one_and_stands_in_a_text(given_steps: list) -> None:
    steps = [step(a, b, v) for a, b, v in {(a, v): (a, b, v) for a, b, v in given_steps if a != b}.values()]
    found = chains(steps)
    firsts = {one.url for one in steps if one.article_id in found.further}
    assert firsts.isdisjoint(found.continuations)
    assert {one.url for one in steps} | {one.next_url for one in steps} >= firsts | found.continuations
    for one in steps:
        assert one.url in firsts or one.url in found.continuations
        chain = found.further.get(one.article_id, ())
        assert len(set(chain)) == len(chain) and one.article_id not in chain


# Lines


BODY = tuple(
    f"借款者应当保留第{n}份证据，并且及时与平台沟通，寻求合理的解决方案。"
    for n in ("一", "二", "三", "四", "五")
)
INTRO = "本文介绍逾期之后的几种办法，供读者参考。"
NOTICE = "以上说法来自网友，请读者自行判断。"


def draft(number: int, script: str = "hans", confidence: float = 1.0) -> Draft:
    return Draft(
        article_id=f"a-{number}", url=f"{HOME}/n/12_{number}.html", site_id="s", sourced=True,
        fetched_at=datetime(2025, 1, 1, tzinfo=UTC), payload_sha256=str(number) * 64, fetch_id=f"f-{number}",
        run_id="r", published_at=None, published_source=None, author=None, category=None,
        script=script, encoding="utf-8", extractor="one-pass", confidence=confidence,
        next_url=f"{HOME}/n/12_{number + 1}.html",
    )  # fmt: skip


def lines(number: int, *texts: str) -> list[DraftLine]:
    title = DraftLine(f"a-{number}", 0, "title", 0, "怎么办", "怎么办", None, "怎么办", "[]", "[]")
    return [title, *(title._replace(ordinal=n, kind="paragraph", text=t, original=t, key=t)
                     for n, t in enumerate(texts, 1))]  # fmt: skip


def joined(*texts: tuple[str, ...]) -> list:
    first, *further = [(draft(n), lines(n, *held)) for n, held in enumerate(texts, 1)]
    return list(Assemble(WORDS, frozenset())(*first, further))


def of(kind: type, rows: list) -> list:
    return [row for row in rows if isinstance(row, kind)]


def test_what_every_page_repeats_stands_once_in_the_article() -> None:
    rows = joined((INTRO, *BODY[:2], NOTICE), (INTRO, BODY[2], NOTICE), (INTRO, *BODY[3:], NOTICE))
    (article,) = of(Article, rows)
    assert article.text.split("\n") == [INTRO, *BODY, NOTICE]
    removed = of(LineRemoved, rows)
    assert [(line.page, line.text) for line in removed if line.text != "怎么办"] == [
        (1, NOTICE), (2, INTRO), (2, NOTICE), (3, INTRO),
    ]  # fmt: skip
    assert {line.reason for line in removed} == {"repeated"}
    assert len({line.ordinal for line in removed}) == len(removed)


def test_where_every_page_shows_the_whole_text_it_stands_once() -> None:
    (article,) = of(Article, joined(BODY, BODY, BODY))
    assert article.text.split("\n") == list(BODY)


def test_a_step_that_differs_by_its_number_and_a_sentence_in_the_middle_stay() -> None:
    (article,) = of(Article, joined((BODY[0], "第1步", BODY[1]), ("第2步", BODY[2], BODY[0], BODY[3])))
    assert article.text.split("\n") == [BODY[0], "第1步", BODY[1], "第2步", BODY[2], BODY[0], BODY[3]]


@given(st.lists(st.lists(st.sampled_from((*BODY, INTRO, NOTICE)), max_size=6), min_size=1, max_size=5))
def test_the_parts_of_an_article_are_its_text_each_with_its_own_page(texts: list[list[str]]) -> None:
    rows = joined(tuple(BODY), *map(tuple, texts))
    (article,) = of(Article, rows)
    title, *parts = of(ArticlePage, rows)
    assert (title.field, title.char_end) == ("title", len(article.title))
    given_text = [article.text[part.char_start : part.char_end] for part in parts]
    assert "\n".join(text for text in given_text if text) == article.text
    assert [part.ordinal for part in parts] == list(range(1, len(texts) + 2))
    for part, text in zip(parts[1:], given_text[1:], strict=True):
        assert part.url == f"{HOME}/n/12_{part.ordinal}.html"
        assert set(text.split("\n")) <= {*texts[part.ordinal - 2], ""}
    assert set(article.text.split("\n")) == {*BODY, *(line for held in texts for line in held)}


def test_an_article_is_as_sure_as_its_least_sure_page_and_says_where_scripts_differ() -> None:
    pages_of = [(draft(1), lines(1, *BODY[:2])), (draft(2, "hant", 0.4), lines(2, *BODY[2:]))]
    (article,) = of(Article, list(Assemble(WORDS, frozenset())(*pages_of[0], pages_of[1:])))
    assert (article.confidence, article.script, article.article_id) == (0.4, "mixed", "a-1")
