"""Div soup: no headings, no paragraphs, everything a div; the title in a class that says nothing."""

from __future__ import annotations

from html import escape

from yuqi.samples.layouts.view import ArticleView, Chrome, Design, ListView, document, link, links


def _page(chrome: Chrome, title: str, main: str) -> str:
    top = f'<div class="w top"><div class="lg">{escape(chrome.name)}</div>'
    top += f'<div class="mn">{links(chrome.nav, " | ")}</div></div>\n'
    side = f'<div class="sd"><div class="t">{chrome.say("联系我们")}</div>'
    side += f"<div>{escape(chrome.contact)}</div></div>\n"
    foot = f'<div class="ft"><div>{escape(chrome.registration)}</div>'
    foot += f"<div>{escape(chrome.synthetic)}</div></div>\n"
    return document(chrome, f"{title}_{chrome.name}", "", f"{top}<div class='w'>\n{main}{side}</div>\n{foot}")


def article(view: ArticleView) -> str:
    body = "".join(_line(kind, level, text) for kind, level, text in view.lines)
    advert = f'<div class="p">{escape(view.chrome.advert)}</div>\n' if view.chrome.advert else ""
    pager = f'<div class="pg">{links(view.pager)}</div>\n' if view.pager else ""
    near = "".join(f'<div class="n">{link(t.url, t.title)}</div>\n' for t in view.neighbours)
    rows = "".join(
        f'<div class="r">{link(t.url, t.title)} <span>{t.date[:10]}</span></div>\n' for t in view.related
    )
    main = (
        f'<div class="bc">{links(view.chrome.nav[:2], " &gt; ")} &gt; {escape(view.category)}</div>\n'
        f'<div class="bt">{escape(view.title)}</div>\n'
        f'<div class="in">{_info(view)} {link(view.url + "?print=1", view.chrome.say("打印"))}</div>\n'
        f'<div class="ct">\n{body}{pager}{advert}</div>\n'
        f'<div class="sm">{escape(view.chrome.disclaimer)}</div>\n{near}'
        f'<div class="bx"><div class="t">{view.chrome.say("相关文章")}</div>\n{rows}</div>\n'
    )
    return _page(view.chrome, view.title, main)


def _info(view: ArticleView) -> str:
    date = f"<span>{view.date}</span> " if view.date else ""
    say = view.chrome.say
    return (
        f"{date}<span>{say('编辑：')}{escape(view.author)}</span> <span>{say('阅读（')}{view.heat}）</span>"
    )


def _line(kind: str, level: int, text: str) -> str:
    css = f"h{level}" if kind == "heading" else "li" if kind == "list-item" else "p"
    bullet = "- " if kind == "list-item" else ""
    return f'<div class="{css}">{bullet}{escape(text)}</div>\n'


def listing(view: ListView) -> str:
    rows = "".join(
        f'<div class="r">{link(t.url, t.title)} <span>{t.date[:10]}</span></div>\n' for t in view.items
    )
    notice = f'<div class="p">{escape(view.notice)}</div>\n' if view.notice else ""
    pager = f'<div class="pg">{links(view.pages)}</div>\n'
    main = f'<div class="bt">{escape(view.heading)}</div>\n{notice}{rows}{pager}'
    return _page(view.chrome, view.heading, main)


DESIGN = Design(
    article,
    listing,
    "/show/{n}.html",
    "/list/{k}.html",
    r"/show/\d+\.html$",
    r"/list/\d+\.html$",
    "/show/{n}_{k}.html",
)
