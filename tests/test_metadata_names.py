"""Names in metadata: a clause behind 作者： is no author, and a title sheds what names its site."""

from __future__ import annotations

import pytest
from test_metadata import PARAGRAPHS, TITLE, page, written

SITE = '<meta property="og:site_name" content="样例频道网">'


@pytest.mark.parametrize(
    "said",
    [
        "认为这件事情还没有完",
        "不知道怎么办才好",
        "对此事负有责任",
        "在文章里写得很清楚",
        "我们都是借款的人",
        "指出平台应当退款",
    ],
)
def test_a_clause_behind_the_label_is_no_author(said: str) -> None:
    assert written(below=f"<p>作者：{said}</p>").author is None


@pytest.mark.parametrize(
    "said", ["渡口的风", "不再借钱", "一个人的还债日记", "在水一方", "可可西里的风", "王样样"]
)
def test_a_pen_name_may_hold_small_words(said: str) -> None:
    assert written(below=f"<p>作者：{said}</p>").author == said


@pytest.mark.parametrize(
    "element",
    [
        f"【样例频道网】{TITLE}",
        f"{TITLE}（样例频道网）",
        f"{TITLE} www.example.com",
        f"{TITLE}_样例频道网_example.net",
        f"{TITLE}_逾期政策_样例频道网-www.example.com",
    ],
)
def test_a_title_sheds_its_site_s_name_and_address(element: str) -> None:
    assert titled(element) == TITLE


@pytest.mark.parametrize("element", [f"【样例贷】{TITLE}", f"{TITLE}（上）", "怎样用账本记还款 ASP.net"])
def test_other_words_in_brackets_and_behind_a_blank_are_the_title_s(element: str) -> None:
    assert titled(element) == element


def test_a_line_that_repeats_the_whole_title_is_no_breadcrumb_of_it() -> None:
    for title in (TITLE, "样例贷怎么还"):
        assert titled(f"样例频道网 » {title}", f"<p>样例频道网 » {title}</p>") == title


def titled(element: str, above: str = "") -> str:
    body = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)
    return page(
        f"<html><head><title>{element}</title>{SITE}</head><body>{above}<div>{body}</div></body></html>"
    ).title
