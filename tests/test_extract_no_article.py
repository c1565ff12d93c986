"""Pages that are no article: lists, tags, searches, missing pages; and what only looks like one of these."""

from __future__ import annotations

import tomllib
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from shared_topic import WORDS

from crawler.page import Page
from crawler.sites import Site
from pipeline.extract import Lost, extract

CASES = tomllib.loads((Path(__file__).parent / "cases" / "no_article.toml").read_text(encoding="utf-8"))
NAMES = ("样例贷", "示范花", "虚构金", "范本分期", "模拟白条")
ASKS = (
    "逾期三天会怎样",
    "怎么商量还款",
    "会不会上征信",
    "催收打给家人怎么办",
    "利息是怎么算的",
    "能不能只还本金",
)
TITLES = tuple(f"{name}{ask}" for name in NAMES for ask in ASKS)
SENTENCES = (
    "还款日到了，银行卡里却没有足够的钱，这是许多用过样例贷的人都遇到过的事情。",
    "平台会先发短信提醒，过几天再打电话，说话的口气也一次比一次重，让人心里发慌。",
    "先算清楚自己每个月能拿出多少钱，再去和样例贷的客服商量，把话说在前面总是好的。",
    "把合同、还款记录和聊天记录都存下来，以后要说理的时候，这些东西比什么话都有用。",
)
TEXT = "".join(f"<p>{sentence}</p>" for sentence in SENTENCES)
JAPANESE = "<p>このページは日本語で書かれています。返済が遅れた場合の手続きについて説明します。</p>"
ENGLISH = "<p>When a payment is late the lender may call, write, and later sue the borrower in court.</p>"
LINKS = "".join(f'<a href="/{n}.html">第{n}个样例栏目的名字</a> ' for n in range(20))
MENU = '<div class="nav"><a href="/">首页</a> <a href="/a/">逾期</a> <a href="/b/">催收</a></div>'
FOOT = '<div class="foot">Copyright 2024 样例频道 版权所有 <a href="/about">关于我们</a></div>'


def html(case: dict[str, Any]) -> str:
    made = "".join(_row(case["row"], n) for n in range(case.get("times", 12))) if "row" in case else ""
    body = case["html"].replace("{rows}", made).replace("{text}", TEXT)
    title = case.get("title", "样例频道")
    return f"<html><head><title>{title}</title></head><body>{MENU}{body}{FOOT}</body></html>"


def _row(pattern: str, n: int) -> str:
    title = TITLES[n % len(TITLES)]
    link = f'<a href="/{n}.html">{title}</a>'
    return pattern.format(a=link, t=title, x=SENTENCES[n % 4], d=f"2024-11-{n % 30 + 1:02}", n=n)


def fate(html: str) -> str:
    at = datetime(2025, 1, 1, tzinfo=UTC)
    page = Page("f-1", "farm", "http://example.com/1.html", at, 200, "text/html", b"", "00", True)
    found = extract(page, html, Site("farm"), WORDS)
    return found.reason if isinstance(found, Lost) else "article"


def test_there_are_cases_enough_of_each_kind() -> None:
    assert {reason: len(cases) for reason, cases in CASES.items()} == {
        "list-page": 22,
        "soft-404": 15,
        "no-article": 20,
        "article": 22,
    }


@pytest.mark.parametrize(("reason", "case"), [(reason, case) for reason in CASES for case in CASES[reason]])
def test_a_page_is_an_article_or_is_lost_for_what_it_is(reason: str, case: str) -> None:
    assert fate(html(CASES[reason][case])) == reason


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ("<html><body></body></html>", "no-article"),
        ("<html><body><p>样例</p></body></html>", "no-article"),
        ("", "no-article"),
        (f"<title>提示</title>{LINKS}<p>抱歉，您访问的页面不存在或已被删除。</p>", "soft-404"),
        (f"<body>{LINKS}</body>", "list-page"),
        (ENGLISH * 10, "not-chinese"),
        (JAPANESE * 10, "not-chinese"),
        ("%PDF-1.4 " + "x" * 500, "not-html"),
        ('<?xml version="1.0"?><urlset><url><loc>http://example.com/</loc></url></urlset>', "sitemap"),
        ("<div>" * 200_000, "too-large"),
        ("<p " + " ".join(f"a{n}=1" for n in range(50_000)) + ">", "too-large"),
        ("催" * 4_100_000, "too-large"),
    ],
)
def test_what_is_no_article_is_lost_for_a_documented_reason(said: str, reason: str) -> None:
    assert fate(said) == reason


def test_titles_over_teasers_are_a_list() -> None:
    rows = "".join(
        f'<h2><a href="/{n}">样例贷第{n}个问题怎么解决</a></h2><p>{SENTENCES[n % 3]}</p>' for n in range(9)
    )
    assert fate(f"<h1>样例频道</h1><div>{rows}</div>") == "list-page"


def test_an_article_about_missing_pages_is_an_article() -> None:
    said = f"<h1>页面不存在怎么办</h1><div>{TEXT * 5}<p>有人打开链接，看到的是页面不存在。</p></div>"
    assert fate(said) == "article"
