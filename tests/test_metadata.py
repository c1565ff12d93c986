"""What a page says of itself: title, date, author, category and channel, each with where it was found."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shared_topic import WORDS

from crawler.page import Page
from crawler.sites import Site
from pipeline.extract import Extracted, extract, published_at
from pipeline.extract.byline_rows import About, Row
from pipeline.extract.bylines import of_lines
from pipeline.extract.dates import SHANGHAI
from pipeline.extract.names import first_names, is_person

FETCHED = datetime(2025, 1, 1, tzinfo=UTC)
PARAGRAPHS = (
    "还款日到了，银行卡里却没有足够的钱，这是许多用过样例贷的人都遇到过的事情。",
    "平台会先发短信提醒，过几天再打电话，说话的口气也一次比一次重，让人心里发慌。",
    "先算清楚自己每个月能拿出多少钱，再去和样例贷的客服商量，把话说在前面总是好的。",
)
TITLE = "样例贷逾期了怎么商量"


def page(html: str, content_type: str = "text/html") -> Extracted:
    got = Page("f-1", "farm", "http://example.com/1.html", FETCHED, 200, content_type, b"", "00", True)
    found = extract(got, html, Site("farm"), WORDS)
    assert isinstance(found, Extracted), found
    return found


def written(
    below: str = "", above: str = "", end: str = "", head: str = "", paragraphs: tuple[str, ...] = PARAGRAPHS
) -> Extracted:
    """A page with lines about its title and behind its text."""
    body = "".join(f"<p>{text}</p>" for text in paragraphs)
    return page(
        f"<html><head>{head}</head><body>{above}<h1>{TITLE}</h1>{below}<div>{body}</div>{end}</body></html>"
    )


def day(found: Extracted) -> str | None:
    moment = published_at(found.published)
    return moment.astimezone(SHANGHAI).date().isoformat() if moment else None


NO_DATES = {
    "an archive beside the day of the header": "<div>2024年02月12日 查看旧版(2007年11月18日以前)</div>",
    "today": "<div>今天是2024年5月13日 星期一</div>",
    "an event": "<p>时间：2024-05-01 地点：样例路一号</p>",
    "a range": "<p>2024-05-01 至 2024-05-20</p>",
    "a sentence": "<p>2024年3月5日，小样向平台借了五万元。</p>",
    "copyright": "<p>Copyright 2024-05-01 样例频道 版权所有</p>",
    "only hours": "<p>发布时间：3小时前</p>",
    "no year": "<p>发布时间：05-13 10:20</p>",
    "month or day": "<p>发布日期：7/5/2024 9:23:57 PM</p>",
    "the future": "<p>发布时间：2031-05-13</p>",
    "another page": '<p><a href="/2.html">样例贷的利息到底怎么算</a> 2024-05-13</p>',
}


@pytest.mark.parametrize("below", NO_DATES.values(), ids=NO_DATES)
def test_what_only_looks_like_its_date_is_none(below: str) -> None:
    assert written(below=below).published is None


def test_dates_of_other_articles_and_of_comments_are_not_the_page_s() -> None:
    related = "<div>相关文章</div>" + "".join(f"<p>·样例贷第{n}问 2024-11-2{n}</p>" for n in range(3))
    comments = (
        "<div>网友评论</div><p>甲样 发表于 2024-11-21 10:00</p><p>这家平台的客服根本不接电话，真急人。</p>"
    )
    assert written(end=related).published is None
    assert written(end=comments).published is None


def test_a_list_of_posts_has_no_date_and_a_thread_has_its_first() -> None:
    posts = [f"乙样 发表于 2024-11-2{n} 10:00" for n in range(3)]

    def published(lines: list[str]) -> str | None:
        found = of_lines(About(inside=tuple(map(Row, lines))), WORDS).published
        return found.text if found else None

    assert published(posts[::-1]) is None
    assert published(posts) == "2024-11-20 10:00"


def test_the_address_of_a_page_is_no_date() -> None:
    got = Page(
        "f-1", "farm", "http://example.com/2024/05/13/1.html", FETCHED, 200, "text/html", b"", "00", True
    )
    html = f"<h1>{TITLE}</h1>" + "".join(f"<p>{text}</p>" for text in PARAGRAPHS)
    found = extract(got, html, Site("farm"), WORDS)
    assert isinstance(found, Extracted)
    assert found.published is None


@pytest.mark.parametrize(
    ("below", "source"),
    [
        ("<p>发布时间：2024-05-13 10:20 浏览：3</p>", "label"),
        ("<p>甲样 发表于 2024年5月13日</p>", "label"),
        ("<p>本帖由甲样于2024年5月13日10:20:30在样例论坛发表</p>", "label"),
        ("<p>2024-05-13 10:20 发布</p>", "label"),
        ("<p>发布日期：24-05-13</p>", "label"),
        ("<p>發佈時間：民國113年5月13日</p>", "label"),
        ("<p>http://www.example.com 2024-05-13 10:20 样例日报</p>", "line"),
        ('<p>2024-05-13 10:20 <a href="http://example.com/">样例日报</a></p>', "line"),
        ("<p>时间：2024-05-13 10:20</p>", "line"),
        ("<p>更新时间：2024-05-13 10:20</p>", "update-label"),
        ("<p>2024-05-13 10:20更新 来源：样例网</p>", "update-label"),
        ('<p><time datetime="2024-05-13T10:20:00+08:00">上周一</time></p>', "time-element"),
        ('<p><span itemprop="datePublished" content="2024-05-13">上周一</span></p>', "time-element"),
    ],
)
def test_a_date_with_where_it_was_found(below: str, source: str) -> None:
    found = written(below=below)
    assert (day(found), found.published_source) == ("2024-05-13", source)


def test_publishing_is_believed_before_updating_and_a_label_before_a_bare_date() -> None:
    found = written(below="<p>更新时间：2024-06-01</p><p>2024-05-20 10:00</p><p>发布时间：2024-05-13</p>")
    assert (found.published, found.published_source) == ("2024-05-13", "label")


def test_a_label_under_the_text_dates_it() -> None:
    found = written(end="<p>作者：甲样 阅读(16) 发表于：2024-05-13 12:30</p><div>网友评论</div>")
    assert (found.published, found.author) == ("2024-05-13 12:30", "甲样")


def test_the_date_that_signs_a_text_is_taken_if_it_is_the_only_one() -> None:
    assert written(end="").published is None
    assert written(paragraphs=(*PARAGRAPHS, "2024年5月13日")).published == "2024年5月13日"
    two = written(paragraphs=(*PARAGRAPHS, "2024年5月13日", "2024年5月14日"))
    assert two.published is None


@pytest.mark.parametrize(
    "name", ["PubDate", "publishdate", "article:published_time", "og:time", "weibo: article:create_at"]
)
def test_the_meta_elements_of_chinese_systems(name: str) -> None:
    found = written(head=f'<meta name="{name}" content="2024-05-13 10:20:00">')
    assert (found.published, found.published_source) == ("2024-05-13 10:20:00", "meta")


def test_a_meta_day_takes_the_byline_s_clock_and_not_another_day_s() -> None:
    head = '<meta name="publishdate" content="2024-05-13">'
    same = written(below="<p>2024年05月13日07:48 来源：样例日报</p>", head=head)
    other = written(below="<p>2024年05月14日07:48 来源：样例日报</p>", head=head)
    assert (same.published, same.published_source) == ("2024年05月13日07:48", "line")
    assert (other.published, other.published_source) == ("2024-05-13", "meta")


def test_several_time_elements_are_a_list() -> None:
    times = "".join(f'<li><time datetime="2024-05-1{n}">{n}</time></li>' for n in range(3))
    assert written(end=f"<ul>{times}</ul>").published is None


NO_AUTHORS = {
    "a source": "<p>来源：新样网 2024-05-13</p>",
    "a site before the date": "<p>样例网 2024-05-13</p>",
    "nobody": "<p>作者：佚名</p>",
    "a system": "<p>作者：admin 2024-05-13</p>",
    "a button": "<p>【关闭】</p>",
    "a lender": "<p>安样花</p>",
    "the reporter asks": "<p>记者：请问您怎么看这件事情？</p>",
    "a reporter learns": "<p>记者 从样例局 了解到新规</p>",
    "a word that holds the label": "<p>校友文：样本</p>",
    "an address": "<p>作者：http://www.example.com/</p>",
    "a weekday": "<p>Saturday 2024-05-13</p>",
}


@pytest.mark.parametrize("below", NO_AUTHORS.values(), ids=NO_AUTHORS)
def test_what_only_looks_like_an_author_is_none(below: str) -> None:
    about = (PARAGRAPHS[0].replace("样例贷", "安样花"), *PARAGRAPHS[1:])
    assert written(below=below, paragraphs=about).author is None


@pytest.mark.parametrize(
    ("below", "author", "source"),
    [
        ("<p>作者：王样 来源：样例网</p>", "王样", "label"),
        ("<p>作 者：王样样 李样 浏览：3</p>", "王样样 李样", "label"),
        ("<p>来源：转载作者：王样</p>", "王样", "label"),
        ("<p>作者：样例市人民政府</p>", "样例市人民政府", "label"),
        ("<p>责任编辑：李样 作者：王样</p>", "王样", "label"),
        ("<p>责任编辑：李样</p>", "李样", "editor-label"),
        ("<p>林小编 2024-05-13 10:20</p>", "林小编", "line"),
        ("<p>林小编</p>", "林小编", "line"),
        ("<p>甲样 发表于 2024-05-13</p>", "甲样", "line"),
        ("<p>发布时间 2024/05/13 22:36:13 by duoduo</p>", "duoduo", "line"),
        ("<p>文/王样样</p>", "王样样", "line"),
        ("<p>样例报记者 王样样 李样 样市报道</p>", "王样样 李样", "line"),
        ("<p>2024-05-13 10:20</p><p>王样样、李样</p>", "王样样、李样", "line"),
    ],
)
def test_an_author_with_where_the_name_was_found(below: str, author: str, source: str) -> None:
    found = written(below=below)
    assert (found.author, found.author_source) == (author, source)


def test_reporters_in_brackets_open_and_close_a_text() -> None:
    opened = (f"样例报讯（记者 格样边觉）{PARAGRAPHS[0]}", *PARAGRAPHS[1:])
    closed = (*PARAGRAPHS[:2], f"{PARAGRAPHS[2]}（姚样 样市报道）")
    other = (*PARAGRAPHS[:2], f"{PARAGRAPHS[2]}（完）")
    assert [written(paragraphs=text).author for text in (opened, closed, other)] == ["格样边觉", "姚样", None]


@pytest.mark.parametrize(
    ("said", "author"),
    [
        ({"@type": "Person", "name": "王样"}, "王样"),
        ({"@type": "Organization", "name": "王样"}, None),
        ("样例日报社", None),
        ("http://www.example.com", None),
        ("L_104485", None),
        ([{"name": "王样"}, {"name": "李样"}], "王样"),
    ],
)
def test_what_machines_are_told_is_an_author_only_if_it_is_a_person(said: object, author: str | None) -> None:
    ld = json.dumps({"@type": "NewsArticle", "author": said})
    found = written(head=f'<script type="application/ld+json">{ld}</script>')
    assert (found.author, found.author_source) == (author, "json-ld" if author else None)


@pytest.mark.parametrize("around", [lambda things: things, lambda things: {"@graph": things}])
def test_the_article_is_read_where_the_page_is_described_before_it(
    around: Callable[[object], object],
) -> None:
    things = [
        {"@type": "WebPage", "name": "样例频道", "datePublished": "2019-01-01T00:00:00+08:00"},
        {"@type": "Article", "datePublished": "2024-02-10T09:00:00+08:00", "author": {"@id": "#p"}},
        {"@type": "NewsArticle", "datePublished": "2020-02-02T09:00:00+08:00", "author": "李样"},
        {"@type": "Person", "@id": "#p", "name": "王样"},
    ]
    found = written(head=f'<script type="application/ld+json">{json.dumps(around(things))}</script>')
    assert (found.author, found.published) == ("王样", "2024-02-10T09:00:00+08:00")


def test_a_meta_author_that_is_the_site_gives_way_to_the_byline() -> None:
    found = written(below="<p>作者：王样</p>", head='<meta name="author" content="样例网络">')
    assert (found.author, found.author_source) == ("王样", "label")


@pytest.mark.parametrize(
    ("element", "shown", "title", "source"),
    [
        (f"{TITLE}_样例频道", f"<h1>{TITLE}</h1>", TITLE, "heading"),
        (f"{TITLE} 样例晚报网", f"<h1>样例晚报网</h1><div>{TITLE}</div>", TITLE, "title-element"),
        (f"{TITLE}--样例网", "", TITLE, "title-element"),
        (f"{TITLE}_逾期政策_样例网", "", TITLE, "title-element"),
        (f"{TITLE}_逾期政策_样例网 - www.example.com", "", TITLE, "title-element"),
        (
            f"样例频道网：{TITLE}",
            '<meta property="og:site_name" content="样例频道网">',
            TITLE,
            "title-element",
        ),
        (
            f"样例贷：{TITLE}",
            '<meta property="og:site_name" content="样例频道网">',
            f"样例贷：{TITLE}",
            "title-element",
        ),
        ("样例贷-借条-到底是不是一家-样例网", "", "样例贷-借条-到底是不是一家", "title-element"),
        ("催收_上门时先要问清楚的话_样例网", "", "催收_上门时先要问清楚的话", "title-element"),
        (
            "怎样用账本记还款 - ASP.NET",
            "<h1>怎样用账本记还款 - ASP.NET</h1>",
            "怎样用账本记还款 - ASP.NET",
            "heading",
        ),
        (f"{TITLE}——再说一遍_样例网", "", f"{TITLE}——再说一遍", "title-element"),
        (f"样例频道_{TITLE}", f"<h1>{TITLE}</h1>", TITLE, "heading"),
        (f"{TITLE}样例晚报网", '<meta property="og:site_name" content="样例晚报网">', TITLE, "title-element"),
        (f"{TITLE} - 逾期政策 - 样例网", "<p>首页 &gt; 逾期频道 &gt; 逾期政策</p>", TITLE, "title-element"),
        ("样例贷暴力催收", "<p>首页 &gt; 暴力催收 &gt; 正文</p>", "样例贷暴力催收", "title-element"),
    ],
)
def test_a_title_without_the_site_s_name(element: str, shown: str, title: str, source: str) -> None:
    body = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)
    found = page(f"<html><head><title>{element}</title></head><body>{shown}<div>{body}</div></body></html>")
    assert (found.title, found.title_source) == (title, source)


def test_a_page_without_a_title_has_its_first_clause() -> None:
    found = page("<html><body>" + "".join(f"<p>{text}</p>" for text in PARAGRAPHS) + "</body></html>")
    assert (found.title, found.title_source) == ("还款日到了", "text")


@pytest.mark.parametrize(
    ("above", "said"),
    [
        (
            "<p>首页 &gt; 逾期频道 &gt; 逾期政策 &gt; 正文</p>",
            ("逾期政策", "crumb", "逾期频道", "crumb"),
        ),
        ("<p>首页 &gt; 逾期政策</p>", ("逾期政策", "crumb", None, None)),
        ("<p>您好！欢迎访问逾期频道！</p>", (None, None, "逾期频道", "greeting")),
        ("<p>样例 频道</p><p>分类：逾期政策</p>", ("逾期政策", "label", "样例 频道", "line")),
        ("<p>频道</p><p>首页 | 催收 | 协商</p>", (None, None, None, None)),
    ],
)
def test_category_and_channel_are_two_things(above: str, said: tuple[str | None, ...]) -> None:
    found = written(above=above)
    assert (found.category, found.category_source, found.channel, found.channel_source) == said


def test_a_saved_text_says_the_same_and_the_dates_of_its_list_are_not_its_own() -> None:
    text = "\n\n".join(PARAGRAPHS)
    saved = f"欢迎访问逾期频道\n\n平台逾期\n\n{TITLE}\n\n林小编 2024-05-13 10:20\n\n{text}"
    others = "".join(f"样例贷第{n}问详细阅读\n\n2024-05-13 {n}\n\n" for n in range(3))
    listed = f"{TITLE}\n\n{''.join(PARAGRAPHS)}\n\n{others}"
    found = page(saved, "text/plain")
    assert (found.title, found.title_source) == (TITLE, "line")
    assert (found.published, found.author, found.category, found.channel) == (
        "2024-05-13 10:20",
        "林小编",
        "平台逾期",
        "逾期频道",
    )
    assert (found.channel_source, found.category_source) == ("greeting", "line")
    assert page(listed, "text/plain").published is None


@pytest.mark.parametrize("said", ["光明网", "高利贷", "安全", "关注", "林", "江苏省", "zboy", "王样样样"])
def test_what_begins_like_a_name_and_is_none(said: str) -> None:
    assert not is_person(said)


@given(
    st.text(
        alphabet=st.sampled_from("作者：记者文/（）【】[]由于发表 byBY王样李2024-05-13年月日,，\n"),
        max_size=120,
    )
)
def test_no_byline_raises(text: str) -> None:
    rows = tuple(map(Row, text.split("\n")))
    of_lines(About(TITLE, rows, rows, rows, rows), WORDS)
    first_names(text)
