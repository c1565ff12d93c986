"""What a layout is given: words as the site shows them, addresses, and where things stand."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from html import escape

from yuqi.samples.document import LineKind
from yuqi.samples.library import SampleSite


@dataclass(frozen=True, slots=True)
class Teaser:
    """A link to another article, with the beginning of its text."""

    url: str
    title: str
    words: str
    date: str


@dataclass(frozen=True, slots=True)
class Chrome:
    """What stands on every page of a site, as the site shows it."""

    site: SampleSite
    name: str
    say: Callable[[str], str]  # any other words, as the site shows them
    nav: tuple[tuple[str, str], ...]  # (url, words)
    contact: str
    registration: str
    synthetic: str
    greeting: str
    complaint: str
    disclaimer: str
    advert: str


@dataclass(frozen=True, slots=True)
class ArticleView:
    """One article page; `date` is Shanghai time as `2024-12-11 18:58`, "" where the page gives none."""

    chrome: Chrome
    url: str
    title: str
    lines: tuple[tuple[LineKind, int, str], ...]
    date: str
    author: str
    category: str
    heat: int
    intro_label: str
    related: tuple[Teaser, ...]
    neighbours: tuple[Teaser, ...]
    comments: tuple[str, ...]
    pager: tuple[tuple[str, str], ...] = ()  # of a divided article


@dataclass(frozen=True, slots=True)
class ListView:
    """A list, tag or notice page; `pages` are the links of the pager."""

    chrome: Chrome
    heading: str
    notice: str
    items: tuple[Teaser, ...]
    pages: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Design:
    """How a layout writes pages and addresses; `{n}` is an article's number, `{k}` a list's or part's."""

    article: Callable[[ArticleView], str]
    listing: Callable[[ListView], str]
    article_path: str
    list_path: str
    article_pattern: str
    follow_pattern: str
    part_path: str  # of the further pages of a divided article

    def article_number(self, path: str) -> int | None:
        return _number(self.article_path, "{n}", path)

    def list_number(self, path: str) -> int | None:
        return _number(self.list_path, "{k}", path)

    def part_number(self, path: str) -> tuple[int, int] | None:
        """Article and page of one of a divided article's further pages."""
        form = re.escape(self.part_path).replace(r"\{n\}", r"([1-9]\d{0,8})").replace(r"\{k\}", r"([2-9])")
        found = re.fullmatch(form, path)
        return (int(found[1]), int(found[2])) if found else None


def _number(form: str, slot: str, path: str) -> int | None:
    before, after = form.split(slot)
    found = re.fullmatch(re.escape(before) + r"([1-9]\d{0,8})" + re.escape(after), path)
    return int(found[1]) if found else None


def document(chrome: Chrome, title: str, head: str, body: str) -> str:
    """The frame of every page: charset as the site declares it, and the mark of what is synthetic."""
    return (
        f'<!DOCTYPE html>\n<html lang="zh">\n<head>\n<meta charset="{chrome.site.meta_charset}">\n'
        f'<meta name="generator" content="yuqi samples, SYNTHETIC 合成样本">\n'
        f"<title>{escape(title)}</title>\n{head}{_analytics(chrome.site)}</head>\n<body>\n{body}</body>\n</html>\n"
    )


def _analytics(site: SampleSite) -> str:
    """A statistics id as such sites embed it, in a form that no browser loads."""
    if not site.analytics:
        return ""
    return f'<script type="text/plain" src="https://hm.baidu.com/hm.js?{site.analytics}"></script>\n'


def link(url: str, words: str, css: str = "") -> str:
    kind = f' class="{css}"' if css else ""
    return f'<a{kind} href="{escape(url)}">{escape(words)}</a>'


def links(pairs: tuple[tuple[str, str], ...], between: str = " ") -> str:
    return between.join(link(url, words) for url, words in pairs)
