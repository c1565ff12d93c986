"""A modern theme: `<article>`, real headings, JSON-LD; found by its sitemap as well as by its list pages."""

from __future__ import annotations

import json
from html import escape
from itertools import groupby

from yuqi.samples.layouts.view import ArticleView, Chrome, Design, ListView, document, link, links


def _page(chrome: Chrome, title: str, head: str, main: str) -> str:
    body = (
        f"<header><h2>{escape(chrome.name)}</h2><nav><ul><li>{links(chrome.nav, '</li><li>')}</li></ul></nav>"
        f"</header>\n<main>\n{main}</main>\n<footer><p>{escape(chrome.contact)}</p>"
        f"<p>{escape(chrome.registration)}</p><p>{escape(chrome.synthetic)}</p></footer>\n"
    )
    return document(chrome, f"{title} | {chrome.name}", head, body)


def article(view: ArticleView) -> str:
    time = f'<time datetime="{_iso(view.date)}">{view.date}</time>' if view.date else ""
    rows = "".join(f"<li>{link(t.url, t.title)}</li>\n" for t in view.related)
    near = "".join(f"<p>{link(t.url, t.title)}</p>\n" for t in view.neighbours)
    main = (
        f'<article class="post">\n<h1>{escape(view.title)}</h1>\n'
        f'<div class="byline"><span>{escape(view.author)}</span> {time}</div>\n'
        f'<div class="entry-content">\n{_body(view)}{_pager(view)}</div>\n</article>\n'
        f'<p class="statement">{escape(view.chrome.disclaimer)}</p>\n'
        f'<nav class="nearby">{near}</nav>\n<aside>'
        f"<h3>{view.chrome.say('相关文章')}</h3><ul>\n{rows}</ul></aside>\n"
    )
    return _page(view.chrome, view.title, _head(view), main)


def _head(view: ArticleView) -> str:
    said = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": view.title,
        "author": {"@type": "Person", "name": view.author},
        "articleSection": view.category,
        **({"datePublished": _iso(view.date)} if view.date else {}),
    }
    data = json.dumps(said, ensure_ascii=False).replace("<", "\\u003c")
    return (
        f'<link rel="canonical" href="{escape(view.url)}">\n'
        f'<meta property="og:url" content="{escape(view.url)}">\n'
        f'<script type="application/ld+json">{data}</script>\n'
    )


def _pager(view: ArticleView) -> str:
    return (
        f'<div class="page-links">{view.chrome.say("分页阅读")} {links(view.pager)}</div>\n'
        if view.pager
        else ""
    )


def _iso(date: str) -> str:
    return f"{date.replace(' ', 'T')}:00+08:00"


def _body(view: ArticleView) -> str:
    written = []
    for is_list, lines in groupby(view.lines, key=lambda line: line[0] == "list-item"):
        rows = "".join(_line(kind, level, text) for kind, level, text in lines)
        written.append(f"<ul>\n{rows}</ul>\n" if is_list else rows)
    return "".join(written)


def _line(kind: str, level: int, text: str) -> str:
    tag = f"h{level + 1}" if kind == "heading" else "li" if kind == "list-item" else "p"
    return f"<{tag}>{escape(text)}</{tag}>\n"


def listing(view: ListView) -> str:
    cards = "".join(
        f"<section><h3>{link(t.url, t.title)}</h3><p>{escape(t.words)}</p>"
        f"<time>{t.date[:10]}</time></section>\n"
        for t in view.items
    )
    notice = f"<p>{escape(view.notice)}</p>\n" if view.notice else ""
    main = f"<h1>{escape(view.heading)}</h1>\n{notice}{cards}<p>{links(view.pages)}</p>\n"
    return _page(view.chrome, view.heading, "", main)


DESIGN = Design(article, listing, "/p/{n}/", "/page/{k}/", r"/p/\d+/$", r"/page/\d+/$", "/p/{n}/{k}/")
