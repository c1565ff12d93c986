"""A blog theme of its kind: greeting, contact block, heat line, labels, the image's caption in mid-text,
disclaimer, related articles with teasers, latest comments; some of it inside the article's container."""

from __future__ import annotations

from html import escape

from yuqi.samples.layouts.view import ArticleView, Chrome, Design, ListView, document, link, links

CAPTION_AFTER = 2  # lines of the text that stand before the image


def _page(chrome: Chrome, title: str, main: str) -> str:
    body = (
        f'<div class="topbar">{escape(chrome.greeting)}</div>\n<div class="nav"><ul><li>'
        f"{links(chrome.nav, '</li><li>')}</li></ul></div>\n<div id='main'>\n{main}</div>\n"
        f'<div id="footer"><p>{escape(chrome.registration)}</p><p>{escape(chrome.synthetic)}</p></div>\n'
    )
    return document(chrome, f"{title}_{chrome.name}", "", body)


def article(view: ArticleView) -> str:
    chrome = view.chrome
    main = (
        f'<div class="post single">\n<h1 class="post-title">{escape(view.title)}</h1>\n'
        f'<p class="report">{escape(chrome.complaint)}<br>{escape(chrome.contact)}</p>\n'
        f'<p class="post-meta">{escape(view.category)} {view.heat}℃ {len(view.comments)}</p>\n'
        f'<p class="post-info">{escape(view.author)} {view.date}</p>\n'
        f'<div class="post-body">\n{_body(view)}{_pager(view)}<p>{escape(chrome.disclaimer)}</p>\n</div>\n'
        f"{_related(view)}"
        f'<div class="comments"><h3>{chrome.say("最新评论")}</h3>\n{_comments(view)}</div>\n</div>\n'
    )
    return _page(chrome, view.title, main)


def _body(view: ArticleView) -> str:
    written = [f"<p>{escape(view.title)}</p>", f"<h2>{escape(view.intro_label)}</h2>"]
    for n, (kind, level, text) in enumerate(view.lines):
        if n == CAPTION_AFTER:
            written.append(f"<p><img src='/t.png' alt=''><br>{escape(view.title)}</p>")
        tag = f"h{level + 1}" if kind == "heading" else "p"
        written.append(f"<{tag}>{'- ' if kind == 'list-item' else ''}{escape(text)}</{tag}>")
    return "\n".join(written) + "\n"


def _pager(view: ArticleView) -> str:
    return f'<div class="pagebar">{links(view.pager)}</div>\n' if view.pager else ""


def _related(view: ArticleView) -> str:
    more, heading = view.chrome.say("详细阅读"), view.chrome.say("相关文章")
    rows = "".join(
        f"<li><h4>{escape(t.title)}{link(t.url, more, 'more')}</h4><p>{escape(t.words)}...</p>"
        f"<p>{t.date[:10]} {n}</p></li>\n"
        for n, t in enumerate(view.related)
    )
    near = "".join(f"<p>{link(t.url, t.title)}</p>\n" for t in view.neighbours)
    return f'<div class="near">{near}</div>\n<div class="related"><h3>{heading}</h3><ul>\n{rows}</ul></div>\n'


def _comments(view: ArticleView) -> str:
    return "".join(f"<p>{view.chrome.say('匿名：')}{escape(said)}</p>\n" for said in view.comments)


def listing(view: ListView) -> str:
    rows = "".join(
        f"<div class='card'><h2>{link(t.url, t.title)}</h2>"
        f"<p>{escape(t.words)}...</p><p>{t.date[:10]}</p></div>\n"
        for t in view.items
    )
    notice = f"<p>{escape(view.notice)}</p>\n" if view.notice else ""
    main = f"<h3>{escape(view.heading)}</h3>\n{notice}{rows}<div class='pagebar'>{links(view.pages)}</div>\n"
    return _page(view.chrome, view.heading, main)


DESIGN = Design(
    article,
    listing,
    "/post/{n}.html",
    "/category/overdue_{k}.html",
    r"/post/\d+\.html$",
    r"/category/",
    "/post/{n}.html?page={k}",
)
