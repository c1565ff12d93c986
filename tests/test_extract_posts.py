"""Pages with more than one text: which of them is the article."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser
from shared_topic import WORDS

from crawler.page import Page
from crawler.sites import Site
from pipeline.extract import Extracted, extract
from pipeline.extract.blocks import read_tree
from pipeline.extract.density import article_lines, weigh

ABOUT = ("逾期以后的第一件事", "催收打给家里人", "利息多算了", "征信上的记录")
ENDS = ("先把每个月的收入和支出都写下来，再去和平台商量。", "留好合同、账单和聊天记录，以后说理用得上。")
POSTS = tuple(tuple(f"第{n}篇说的是{what}，{end}" for end in ENDS) for n, what in enumerate(ABOUT, start=1))
STAMPS = (
    "海边人 发表于 2005-06-1{n} 15:00:14",
    "{n}小时前",
    "由海边人张贴 @ 2005年6月1{n}日 15:00",
    "昨天 12:3{n}",
)


def lines(body: str, title: str = "样例频道") -> list[str]:
    at = datetime(2025, 1, 1, tzinfo=UTC)
    html = f"<html><head><title>{title}</title></head><body>{body}</body></html>"
    page = Page("f-1", "farm", "http://example.com/1.html", at, 200, "text/html", b"", "00", True)
    found = extract(page, html, Site("farm"), WORDS)
    assert isinstance(found, Extracted), found
    return [line.text for line in found.lines if line.text.startswith("第")]


def paragraphs(post: tuple[str, ...]) -> str:
    return "".join(f"<p>{text}</p>" for text in post)


def blog(stamp: str) -> str:
    return "".join(
        f'<div class="post" id="p{n}"><div class="body">{paragraphs(post)}</div>'
        f'<div class="foot">{stamp.format(n=n + 1)}</div></div>'
        for n, post in enumerate(POSTS)
    )


@pytest.mark.parametrize("stamp", STAMPS)
def test_of_a_blog_s_posts_the_first_is_the_article(stamp: str) -> None:
    assert lines(f'<div class="main">{blog(stamp)}</div>') == list(POSTS[0])


def test_a_longer_post_further_down_is_not_the_article() -> None:
    long = blog("发表于 2005-06-1{n} 15:00").replace(POSTS[2][0], POSTS[2][0] * 9)
    assert lines(f'<div class="main">{long}</div>') == list(POSTS[0])


def test_replies_below_an_article_are_none_of_it() -> None:
    replies = "".join(
        f'<div class="cell" id="r{n}"><i>路人{n} 2024-11-2{n} 10:00</i><p>{post[0]}</p></div>'
        for n, post in enumerate(POSTS[1:])
    )
    assert lines(f"<div><div>{paragraphs(POSTS[0])}</div>{replies}</div>") == list(POSTS[0])


def test_the_first_post_of_a_thread_is_the_article() -> None:
    thread = "".join(
        f'<table id="pid{n}"><tr><td class="author">路人{n}</td><td class="plc">'
        f"<em>发表于 2024-11-2{n} 10:00:01</em>"
        f'<div class="t_f" id="postmessage_{n}">{"<br>".join(post)}</div></td></tr></table>'
        for n, post in enumerate(POSTS)
    )
    assert lines(f'<div id="postlist">{thread}</div>') == list(POSTS[0])


@pytest.mark.parametrize(
    "stamp", ["", "2024年11月{n}日", "2024-11-0{n}", "有人在12:0{n}打来电话，说今天必须还清。"]
)
def test_parts_without_a_clock_of_their_own_are_one_article(stamp: str) -> None:
    """Sections, a chronicle, a text that tells the time: negative."""
    assert lines(f'<div class="main">{blog(stamp)}</div>') == [text for post in POSTS for text in post]


def test_the_next_article_of_an_endless_page_is_none_of_it() -> None:
    page = "".join(
        f'<h1 class="article__title">第{n}篇的题目是账单和商量</h1>{paragraphs(post)}'
        for n, post in enumerate(POSTS, start=1)
    )
    assert lines(f"<div>{page}</div>", "第1篇的题目是账单和商量_样例频道") == list(POSTS[0])


@pytest.mark.parametrize(
    "head", ["<h1>{t}</h1>", '<h1 class="section">{t}</h1>', '<h2 class="title">{t}</h2>']
)
def test_sections_under_headings_of_another_name_stay(head: str) -> None:
    parts = "".join(head.format(t=f"第{n}点") + paragraphs(post) for n, post in enumerate(POSTS, start=1))
    found = lines(f'<div><h1 class="title">账单要自己算</h1>{parts}</div>', "账单要自己算_样例频道")
    assert [text for text in found if len(text) > 9] == [text for post in POSTS for text in post]


def test_titles_with_a_time_beside_them_lead_to_other_pages() -> None:
    replies = "".join(
        f'<li><a href="/{n}">{post[0][:14]}</a>【路人{n}号说】08-1{n} 16:06 138字 [140/0]</li>'
        for n, post in enumerate(POSTS * 9)
    )
    assert lines(f"<table><tr><td><p>{POSTS[0][0] * 2}</p></td></tr></table><ul>{replies}</ul>") == [
        POSTS[0][0] * 2
    ]


def test_a_sentence_with_a_link_and_a_time_in_it_is_text() -> None:
    said = "第一篇里的<a href='/x'>客服小李</a>在08-11 16:06回了电话，说可以分六期还清。"
    assert len(lines(f"<div>{paragraphs(POSTS[0])}<p>{said}</p>{paragraphs(POSTS[1])}</div>")) == 5


TOOLS = ("post-statement", "article-share", "js_qrcode", "video-player", "entry-like", "author-follow")


@pytest.mark.parametrize("name", TOOLS)
def test_tools_inside_an_article_s_container_are_none_of_it(name: str) -> None:
    tool = f'<div class="{name}"><p>第三方上传了以上的内容，请扫一扫再看</p></div>'
    assert lines(f"<div>{paragraphs(POSTS[0])}{paragraphs(POSTS[1])}{tool}</div>") == [*POSTS[0], *POSTS[1]]


@pytest.mark.parametrize("name", [*TOOLS, "article-content share", "post-body tags"])
def test_an_article_in_an_element_of_such_a_name_stays(name: str) -> None:
    assert lines(f'<div class="{name}">{paragraphs(POSTS[0])}{paragraphs(POSTS[1])}</div>') == [
        *POSTS[0],
        *POSTS[1],
    ]


def test_a_table_of_words_stays_and_a_table_of_links_goes() -> None:
    row = "<tr><td><div>第{n}期</div></td><td><div>三百元</div></td></tr>"
    words = f"<table>{''.join(row.format(n=n) for n in range(30))}</table>"
    links = words.replace("<div>", "<div><a href='/'>").replace("</div>", "</a></div>")
    assert len(lines(f"<div>{paragraphs(POSTS[0])}{words}</div>")) == 32
    assert len(lines(f"<div>{paragraphs(POSTS[0])}{links}</div>")) == 2


NAMES = st.sampled_from(["", ' class="post"', ' class="share"', ' id="p1"', ' class="comment"'])
TEXTS = st.sampled_from(
    [*POSTS[0], "2024-11-21 10:00", "首页", "<a href='/'>更多</a>", "3小时前", "样例频道"]
)


@given(
    st.lists(
        st.tuples(st.sampled_from(["<div{}>", "<p{}>", "</div>", "<td{}>", "<h1{}>"]), NAMES, TEXTS),
        max_size=40,
    )
)
@settings(max_examples=150, deadline=None)
def test_lines_are_the_page_s_own_in_its_order_and_inside_what_was_looked_at(
    parts: list[tuple[str, str, str]],
) -> None:
    body = LexborHTMLParser("".join(tag.format(name) + text for tag, name, text in parts)).body
    tree = read_tree(body) if body else None
    if tree is None:
        return
    found = article_lines(tree, weigh(tree), "样例频道")
    assert list(found.indices) == sorted(set(found.indices) & set(range(len(tree.blocks))))
    assert set(found.indices) <= set(found.scope)


def teasers() -> str:
    return "".join(
        f'<div class="item"><a href="/{n}.html">{what}，看完就明白了</a>'
        f"<p>第{n}则里有人问，{end}</p><i>2024-03-1{n}</i></div>"
        for n, (what, end) in enumerate(zip(ABOUT, ENDS * 2, strict=True))
    )


def test_teasers_of_other_articles_below_a_short_text_are_none_of_it() -> None:
    text = f'<div class="text">{paragraphs(POSTS[0])}{paragraphs(POSTS[1])}</div>'
    assert lines(f"<div>{text}<h3>今日推荐</h3>{teasers()}</div>") == [*POSTS[0], *POSTS[1]]


def test_a_text_goes_on_behind_cards_in_its_middle() -> None:
    above, below = ("".join(map(paragraphs, posts)) for posts in (POSTS[:2], POSTS[2:]))
    assert set(POSTS[2]) <= set(lines(f"<div>{above}{teasers()}{below}</div>"))


def test_a_page_of_teasers_alone_is_a_list() -> None:
    with pytest.raises(AssertionError, match="list-page"):
        lines(f"<div><h1>标签：逾期</h1>{teasers()}{teasers()}</div>")
