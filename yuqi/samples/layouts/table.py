"""Tables with `<br>`, as written before 2010: the article is one cell, indented with wide blanks."""

from __future__ import annotations

from html import escape

from yuqi.samples.layouts.view import ArticleView, Chrome, Design, ListView, document, link, links


def _page(chrome: Chrome, title: str, main: str) -> str:
    charset = f'<meta http-equiv="Content-Type" content="text/html; charset={chrome.site.meta_charset}">\n'
    body = (
        f'<table width="960" align="center"><tr><td><b>{escape(chrome.name)}</b></td>'
        f"<td>{links(chrome.nav, '</td><td>')}</td></tr></table>\n"
        f'<table width="960" align="center">\n{main}</table>\n'
        f'<table width="960" align="center"><tr><td align="center">{escape(chrome.contact)}<br>'
        f"{escape(chrome.registration)}<br>{escape(chrome.synthetic)}</td></tr></table>\n"
    )
    return document(chrome, f"{title} - {chrome.name}", charset, body)


def article(view: ArticleView) -> str:
    body = "<br><br>\n".join(_line(kind, text) for kind, _, text in view.lines)
    advert = f'<br><br>\n<font color="red">{escape(view.chrome.advert)}</font>' if view.chrome.advert else ""
    rows = "".join(f"<tr><td>·{link(t.url, t.title)}</td><td>{t.date[:10]}</td></tr>\n" for t in view.related)
    pager = f"<br><br>\n<center>{links(view.pager, ' | ')}</center>" if view.pager else ""
    near = "<br>".join(link(t.url, t.title) for t in view.neighbours)
    crumbs = f"{view.chrome.say('您的位置：')}{links(view.chrome.nav[:1])} &gt;&gt; {escape(view.category)}"
    main = (
        f"<tr><td>{crumbs}</td></tr>\n"
        f'<tr><td align="center"><font size="5"><b>{escape(view.title)}</b></font></td></tr>\n'
        f'<tr><td align="center">{_info(view)}</td></tr>\n'
        f'<tr><td class="content">\n{body}{pager}{advert}\n</td></tr>\n'
        f"<tr><td>{near}</td></tr>\n<tr><td>{escape(view.chrome.disclaimer)}</td></tr>\n"
        f"<tr><td><table><tr><td>{view.chrome.say('相关文章')}</td></tr>\n{rows}</table></td></tr>\n"
    )
    return _page(view.chrome, view.title, main)


def _info(view: ArticleView) -> str:
    date = view.date
    said = f"发布时间：{date[:4]}年{date[5:7]}月{date[8:10]}日 {date[11:]}　" if date else ""
    return f"{said}作者：{escape(view.author)}　点击：{view.heat}"


def _line(kind: str, text: str) -> str:
    if kind == "heading":
        return f"<b>{escape(text)}</b>"
    return f"- {escape(text)}" if kind == "list-item" else f"　　{escape(text)}"


def listing(view: ListView) -> str:
    rows = "".join(f"<tr><td>·{link(t.url, t.title)}</td><td>{t.date[:10]}</td></tr>\n" for t in view.items)
    notice = f"<tr><td>{escape(view.notice)}</td></tr>\n" if view.notice else ""
    pager = f"<tr><td>{links(view.pages)}</td></tr>\n"
    return _page(
        view.chrome, view.heading, f"<tr><td>{escape(view.heading)}</td></tr>\n{notice}{rows}{pager}"
    )


DESIGN = Design(
    article,
    listing,
    "/news_{n}.htm",
    "/index_{k}.htm",
    r"/news_\d+\.htm$",
    r"/index_\d+\.htm$",
    "/news_{n}-{k}.htm",
)
