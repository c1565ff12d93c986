"""Where in its site a page stands: breadcrumbs by their label, by the site's name, by the markup."""

from __future__ import annotations

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_metadata import TITLE, written

from pipeline.extract.breadcrumbs import trail_of_ld

HEAD = f"<title>{TITLE}_样例频道网</title>"
NONE = (None, None, None)


def place(above: str = "", end: str = "", head: str = HEAD) -> tuple[str | None, ...]:
    found = written(above=above, end=end, head=head)
    return found.category, found.category_source, found.channel


@pytest.mark.parametrize(
    "above",
    [
        "<p>首页 | 催收 | 协商</p>",
        "<p>样例贷 &gt; 协商 &gt; 还款</p>",
        "<p>当前位置：样例网 &gt; 正文</p>",
        f"<p>样例频道网 &gt; {TITLE}</p>",
        '<ul class="breadcrumb"><li>首页</li></ul>',
        '<ul class="menu"><li>首页</li><li>催收</li><li>协商</li></ul>',
        "<p>利率 10 &gt; 8 &gt; 6</p>",
    ],
)
def test_a_menu_and_a_comparison_are_no_breadcrumbs_and_a_site_is_no_category(above: str) -> None:
    assert place(above) == NONE


@pytest.mark.parametrize(
    ("above", "category", "channel"),
    [
        ("<p>您的位置：<a>样例频道网</a> &gt; <a>逾期知识</a> &gt; 正文</p>", "逾期知识", None),
        ("<p>您的位置：<a>还款之家</a> &gt; <a>逾期知识</a> &gt; 正文</p>", "逾期知识", None),
        ("<p>当前位置：<a>逾期知识</a> &gt; 正文</p>", "逾期知识", None),
        ("<p>所在位置：首页 &raquo; 信用卡 &raquo; 逾期 &raquo; 样例贷逾期了怎…</p>", "逾期", "信用卡"),
        ("<div>样例频道网&gt;社会&gt;正文</div>", "社会", None),
        ("<div>首页 › 债务互助 › 查看内容</div>", "债务互助", None),
        ("<div>首页 &gt; 逾期 &gt; 样例贷逾期之后和客服商量的几句话</div>", "逾期", None),
        (
            f'<ol class="breadcrumb"><li>首页</li><li><a>协商</a></li><li class="on">{TITLE}</li></ol>',
            "协商",
            None,
        ),
        (
            f'<nav aria-label="Breadcrumb"><li>首页/</li><li>还款/</li><li>协商/</li><li>{TITLE}</li></nav>',
            "协商",
            "还款",
        ),
        (f'<nav class="crumbs"><a>主页</a> / <a>协商</a> / <span>{TITLE}</span></nav>', "协商", None),
        (
            '<div itemtype="https://schema.org/BreadcrumbList"><b itemprop="itemListElement">样例频道网</b>'
            '<b itemprop="itemListElement"><a>催收</a></b></div>',
            "催收",
            None,
        ),
    ],
)
def test_the_last_part_but_the_page_itself_is_the_category(
    above: str, category: str, channel: str | None
) -> None:
    assert place(above) == (category, "crumb", channel)


@pytest.mark.parametrize("nested", [False, True])
def test_a_list_for_machines_says_it_too(nested: bool) -> None:
    steps = [{"name": "首页"}, {"item": {"name": "征信"}}, {"name": TITLE}]
    crumbs: object = {"@type": "BreadcrumbList", "itemListElement": steps}
    said = json.dumps({"@graph": [{"@type": "WebPage", "breadcrumb": crumbs}]} if nested else crumbs)
    script = f'<script type="application/ld+json">{said}</script>'
    assert place(head=HEAD + script) == ("征信", "json-ld", None)


def test_a_blog_files_its_post_right_behind_it_and_prose_files_nothing() -> None:
    filed = "<footer>分类：<a>债务</a>、<a>网贷</a> 标签：<a>协商</a></footer>"
    assert place(end=filed) == ("债务", "label", None)
    assert place(end="<p>银行会把客户分类：正常的一类，逾期的一类。</p>") == NONE


WORDS = st.one_of(st.none(), st.integers(), st.text(max_size=80))
THINGS = st.recursive(
    WORDS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(
            st.sampled_from(["@type", "breadcrumb", "itemListElement", "item", "name"]), inner, max_size=5
        ),
    ),
    max_leaves=6,
)


@settings(suppress_health_check=[HealthCheck.too_slow])  # says how busy the machine is
@given(
    st.lists(st.dictionaries(st.sampled_from(["@type", "breadcrumb", "itemListElement"]), THINGS), max_size=3)
)
def test_whatever_machines_are_told_nothing_breaks(things: list[dict[str, object]]) -> None:
    for thing in things:
        thing["@type"] = "BreadcrumbList"
    trail_of_ld(things)


def test_a_page_full_of_breadcrumbs_is_read() -> None:
    crumbs = '<ol class="breadcrumb">' + "<li>首页</li>" * 2_000 + "</ol>"
    assert place(crumbs * 2)[0] in (None, "首页")
