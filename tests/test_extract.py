"""From a page to its article's lines: layouts old and new, titles, metadata, and what is no article."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser
from shared_topic import WORDS

from crawler.definitions import DefinitionError
from crawler.page import Page
from crawler.sites import Layout, Site
from pipeline.decode import decode
from pipeline.extract import Extracted, Lost, extract, published_at
from pipeline.extract.blocks import Block, read_tree
from pipeline.extract.comparable import simplified
from pipeline.extract.opinions import by_trafilatura
from pipeline.extract.running import running_lines
from pipeline.extract.score import gram_f1, leak
from pipeline.lines import classify

SHARED = Path(__file__).resolve().parents[2] / "shared"
SITE = Site("farm")
FETCHED = datetime(2025, 1, 1, tzinfo=UTC)
PARAGRAPHS = (
    "还款日到了，银行卡里却没有足够的钱，这是许多用过样例贷的人都遇到过的事情。",
    "平台会先发短信提醒，过几天再打电话，说话的口气也一次比一次重，让人心里发慌。",
    "先算清楚自己每个月能拿出多少钱，再去和样例贷的客服商量，把话说在前面总是好的。",
)


def read(html: str, site: Site = SITE, content_type: str = "text/html") -> Extracted | Lost:
    page = Page("f-1", site.site_id, "http://example.com/1.html", FETCHED, 200, content_type, b"", "00", True)
    return extract(page, html, site, WORDS)


def article(html: str, site: Site = SITE, content_type: str = "text/html") -> Extracted:
    found = read(html, site, content_type)
    assert isinstance(found, Extracted), found
    return found


def kept(found: Extracted) -> list[str]:
    texts = [simplified(line.text) for line in found.lines]
    kinds = [line.kind for line in found.lines]
    reasons = classify(texts, kinds, simplified(found.title), WORDS, found.head)
    return [text for text, reason in zip(texts, reasons, strict=True) if reason is None]


def texts(found: Extracted) -> list[str]:
    return [line.text for line in found.lines]


MENU = "".join(f'<a href="/{n}.html">第{n}个样例栏目的名字</a> ' for n in range(20))
BODY = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)
HTML = f"""<html><head><title>样例贷逾期了怎么商量_样例频道</title></head><body>
<div class="nav">{MENU}</div><div class="main"><h1>样例贷逾期了怎么商量</h1>
<div class="content"><h2>一、先看账单</h2>{BODY}<ul><li>- 列出每月收入</li><li>列出每月支出</li></ul>
<table><tr><th>期数</th><th>金额</th></tr><tr><td>一</td><td>300</td></tr></table></div></div>
<div class="footer">Copyright 2024 样例频道 {MENU}</div></body></html>"""


def test_structure_is_kept_in_page_order() -> None:
    found = article(HTML)
    assert found.title == "样例贷逾期了怎么商量"
    assert [(line.kind, line.level, line.text) for line in found.lines] == [
        ("heading", 2, "一、先看账单"),
        *(("paragraph", 0, text) for text in PARAGRAPHS),
        ("list-item", 0, "列出每月收入"),
        ("list-item", 0, "列出每月支出"),
        ("table-row", 0, "期数 | 金额"),
        ("table-row", 0, "一 | 300"),
    ]
    assert any("Copyright" in line for line in found.furniture)


def test_an_old_page_of_tables_and_line_breaks_is_read() -> None:
    rows = "<br><br>\n".join(f"　　{text}" for text in PARAGRAPHS)
    html = f"""<title>样例贷的账单 - 样例网</title><table><tr><td><table><tr><td>{MENU}</td></tr></table></td>
    <td><table><tr><td><b>样例贷的账单</b></td></tr>
    <tr><td>发布时间：2024年12月11日 20:12　作者：林小编</td></tr>
    <tr><td><b>一、账单从哪里来</b><br>{rows}</td></tr></table></td></tr></table>"""
    found = article(html)
    assert kept(found) == ["一、账单从哪里来", *PARAGRAPHS]
    assert (found.title, found.author) == ("样例贷的账单", "林小编")
    assert published_at(found.published) == datetime(2024, 12, 11, 12, 12, tzinfo=UTC)


def test_a_blank_between_han_stays_and_a_line_end_of_the_source_goes() -> None:
    html = (
        f"<h1>样例贷催收</h1><div>{BODY}<p>频繁的&nbsp; 和短信\n让人\u200b心烦，也\u202e影响工作。</p></div>"
    )
    assert "频繁的 和短信让人心烦，也影响工作。" in texts(article(html))


def test_json_ld_is_believed_before_meta_and_meta_before_a_line() -> None:
    said = {"@type": "NewsArticle", "datePublished": "2024-03-01T08:00:00+08:00", "author": [{"name": "甲"}]}
    ld = json.dumps({"@graph": [said]})
    meta = '<meta property="article:published_time" content="2024-02-01">'
    script = f'<script type="application/ld+json">{ld}</script>'
    byline = '<div class="info">林小编 2024-01-01 10:00</div>'
    body = f"<body><h1>样例贷逾期</h1>{byline}<div>{BODY}</div></body>"
    by = {
        name: article(f"<head>{head}</head>{body}")
        for name, head in (("ld", meta + script), ("meta", meta), ("", ""))
    }
    assert [by[name].published_source for name in ("ld", "meta", "")] == ["json-ld", "meta", "line"]
    assert published_at(by["ld"].published) == datetime(2024, 3, 1, tzinfo=UTC)
    assert (by["ld"].author, by[""].author) == ("甲", "林小编")


def test_a_breadcrumb_gives_the_category() -> None:
    crumbs = '<div><a href="/">首页</a> &gt; <a href="/a">催收</a> &gt; 逾期政策</div>'
    assert article(f"{crumbs}<h1>样例贷逾期</h1><div>{BODY}</div>").category == "逾期政策"


def test_a_menu_is_no_breadcrumb() -> None:
    menu = "<div>首页 | 催收 | 协商 | 征信 | 利息 | 上门</div>"
    assert article(f"{menu}<h1>样例贷逾期</h1><div>{BODY}</div>").category is None


@pytest.mark.parametrize(
    "said", ["2024-02-30", "2024-13-01 10:00", "2039-01-01", "1970-01-01", "", "昨天", None]
)
def test_no_date_is_better_than_a_wrong_one(said: str | None) -> None:
    assert published_at(said, FETCHED) is None


@pytest.mark.parametrize(
    ("said", "utc"),
    [
        ("2024-12-11 18:58:36", (10, 58, 36)),
        ("发布于 2024年12月11日 18:58", (10, 58, 0)),
        ("2024/12/11 下午6:58", (10, 58, 0)),
        ("2024-12-11T18:58:36Z", (18, 58, 36)),
        ("2024-12-11T18:58:36.123+0900", (9, 58, 36)),
    ],
)
def test_a_time_without_a_zone_is_shanghai_s(said: str, utc: tuple[int, int, int]) -> None:
    assert published_at(said) == datetime(2024, 12, 11, *utc, tzinfo=UTC)


def test_a_page_from_the_future_has_no_date() -> None:
    assert article(f"<h1>样例贷逾期</h1><div>2031-01-01 10:00</div><div>{BODY}</div>").published is None


def test_a_site_s_layout_is_tried_first_and_the_old_one_stays() -> None:
    layouts = (Layout("2024", "h1.new", "div.text", (".ad",)), Layout("2010", "h3", "div#old", ()))
    html = f'<h3>样例贷的旧页面</h3><div id="old">{BODY}</div><div class="text">{BODY}</div>'
    found = article(html, replace(SITE, layout=layouts))
    assert (found.title, found.extractor, found.confidence) == ("样例贷的旧页面", "layout:2010", 1.0)
    advert = '<p class="ad">广<b class="ad">告</b></p>'
    new = f'<h1 class="new">样例贷的新页面</h1><div class="text">{BODY}{advert}</div>'
    assert texts(article(new, replace(SITE, layout=layouts))) == list(PARAGRAPHS)


def test_a_site_read_by_layouts_alone_loses_what_fits_none() -> None:
    site = replace(SITE, extractor="layout", layout=(Layout("a", "h1.none", "div"),))
    assert read(HTML, site) == Lost("no-article")


def test_a_selector_that_is_none_is_an_error_of_the_definition() -> None:
    with pytest.raises(DefinitionError, match="2024"):
        read(HTML, replace(SITE, layout=(Layout("2024", "h1[[", "div"),)))


def test_a_site_may_be_read_by_trafilatura_alone() -> None:
    found = article(HTML, replace(SITE, extractor="trafilatura"))
    assert found.extractor == "trafilatura"
    assert set(PARAGRAPHS) <= set(texts(found))


def test_an_article_in_chinese_with_more_program_than_words_is_one() -> None:
    said = "".join(
        f"<p>第{n}步，把每个月要还的钱写进一张表，再让程序算出还剩多少利息没有付清。</p>" for n in range(8)
    )
    program = "<pre>" + "total = sum(rate * left for rate, left in zip(rates, debts))\n" * 20 + "</pre>"
    assert "第3步" in "".join(line.text for line in article(said + program).lines)


PLAIN = """您好!欢迎访问样例频道!

样例贷又打电话来了怎么办?

内容侵权、删帖举报联系方式:
样先生:13800138000 service@example.com

平台逾期 2℃ 0

小编导语

样例贷又打电话来了

还款日到了，银行卡里却没有足够的钱，这是许多用过样例贷的人都遇到过的事情。

一、先看账单

- 列出每月收入

先算清楚自己每个月能拿出多少钱，再去和样例贷的客服商量，把话说在前面总是好的。
"""


def test_a_saved_page_of_plain_text_gives_title_category_and_all_its_lines() -> None:
    found = article(PLAIN, content_type="text/plain")
    assert (found.title, found.category, found.head) == ("样例贷又打电话来了怎么办?", "平台逾期", 1)
    assert (found.extractor, found.confidence) == ("plain-text", 1.0)
    assert kept(found) == [PARAGRAPHS[0], "一、先看账单", "列出每月收入", PARAGRAPHS[2]]


def test_a_page_without_a_tag_is_plain_text_whatever_its_type() -> None:
    assert article(PLAIN, content_type="text/html").extractor == "plain-text"


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared pages are not here")
@pytest.mark.parametrize(
    ("number", "title", "author", "category"),
    [
        ("000", "51即刻有又開始催收了", None, "平臺逾期"),
        ("001", "51金优贷催收行动", None, None),
        ("003", "及貸催收又開始怎么辦?", "林小編", "逾期政策"),
    ],
)
def test_titles_and_bylines_of_real_saved_pages(
    number: str, title: str, author: str | None, category: str | None
) -> None:
    payload = next((SHARED / "pages").glob(f"{number}_*.txt")).read_bytes()
    decoded = decode(payload, "text/plain")
    assert decoded is not None
    found = article(decoded.text, content_type="text/plain")
    assert (found.title, found.author, found.category) == (title, author, category)


def test_the_date_behind_a_link_to_another_page_is_not_the_page_s() -> None:
    related = "".join(
        f'<p>·<a href="/{n}.html">样例贷会不会影响征信？</a> 2024-11-2{n}</p>' for n in range(3)
    )
    assert article(HTML.replace("</table>", f"</table>{related}")).published is None
    assert article(HTML.replace("</table>", "</table><p>发布时间：2024-11-20</p>")).published == "2024-11-20"


def blocks(*said: tuple[str, int]) -> list[Block]:
    """Lines with as many of their first characters in a link."""
    html = "".join(f"<p><a>{text[:linked]}</a>{text[linked:]}" for text, linked in said)
    return read_tree(LexborHTMLParser(f"<body>{html}").body).blocks


def test_short_lines_are_read_with_what_stands_about_them() -> None:
    long = PARAGRAPHS[0] * 2
    page = blocks(
        ("首页", 2), ("栏目", 0), (long, 0), ("先看账单", 0), (PARAGRAPHS[1], 0), (long, 0), ("更多", 2)
    )
    assert running_lines(page) == (2, 3, 4, 5)
    assert running_lines([]) == ()


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared pages are not here")
def test_real_pages_are_read_better_than_trafilatura_reads_them() -> None:
    ours, theirs = [], []
    for file in sorted((SHARED / "eval" / "extraction").glob("*/*.html"))[::4]:
        gold = json.loads(file.with_suffix(".json").read_text(encoding="utf-8"))["text"]
        decoded = decode(file.read_bytes())
        assert decoded is not None
        found = read(decoded.text)
        ours.append(gram_f1("\n".join(kept(found)) if isinstance(found, Extracted) else "", gold).f1)
        theirs.append(gram_f1(by_trafilatura(decoded.text), gold).f1)
    assert sum(ours) / len(ours) >= max(0.91, sum(theirs) / len(theirs))


def test_the_metric_ignores_white_space_and_counts_repetition() -> None:
    assert gram_f1("催收 人员\n打电话", "催收人员打电话").f1 == 1.0
    assert gram_f1("催收人员" * 2, "催收人员").precision < 1.0
    assert leak("催收人员打电话", "催收人员") == pytest.approx(3 / 7)


TAGS = st.sampled_from(
    [
        "<p>",
        "<div>",
        "</div>",
        "<a href=x>",
        "</a>",
        "<table>",
        "<tr>",
        "<td>",
        "<br>",
        "<li>",
        "<script>",
        "<!--",
    ]
)
PIECES = st.lists(st.one_of(TAGS, st.sampled_from(PARAGRAPHS), st.text(max_size=20)), max_size=60)


@settings(max_examples=60, deadline=None)
@given(PIECES)
def test_no_markup_raises_and_no_line_holds_what_nobody_sees(pieces: list[str]) -> None:
    found = read("<body>" + "".join(pieces))
    if isinstance(found, Extracted):
        for line in found.lines:
            assert line.text == line.text.strip()
            assert not any(ord(char) < 32 or char in "\u200b\u202e\ufeff" for char in line.text)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=600))
def test_no_text_raises(text: str) -> None:
    read(text)
    read(text, content_type="text/plain")
