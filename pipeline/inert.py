"""An archived page to look at: its words and their order, and nothing that acts or asks anybody."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from crawler.markup import OPTION
from crawler.page import Page
from pipeline.decode import decode
from pipeline.extract.guard import is_bomb, is_plain

MAX_SHOWN_BYTES = 8 << 20  # of a page; the parser's tree takes some twenty times as much
# Nothing is loaded and nothing is sent, even where a tag should slip through.
POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
HEAD = (
    '<!DOCTYPE html>\n<html><head><meta charset="utf-8">\n'
    f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
    '<meta name="referrer" content="no-referrer"><meta http-equiv="x-dns-prefetch-control" content="off">\n'
)
PERSONAL = "Personal data is as it was; do not pass it on. 含原页面的个人信息，请勿传播。"
TEXT = "-text"
# Elements that go with all that is in them: they run, load or are not seen.
DROPPED = frozenset({
    "script", "style", "template", "iframe", "frame", "frameset", "object", "embed", "applet", "svg",
    "math", "canvas", "audio", "video", "noembed", "noframes", "head", "link", "meta", "base", "xmp",
    "plaintext", "listing",
})  # fmt: skip
# Elements that stay, of what they may carry only ATTRIBUTES; all others are left out and their content stays.
KEPT = frozenset({
    "a", "abbr", "address", "article", "aside", "b", "blockquote", "br", "caption", "center", "cite",
    "code", "col", "colgroup", "dd", "del", "details", "dfn", "div", "dl", "dt", "em", "figcaption",
    "figure", "font", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "i", "ins", "kbd",
    "label", "legend", "li", "main", "mark", "nav", "ol", "p", "pre", "q", "rp", "rt", "ruby", "s", "samp",
    "section", "small", "span", "strike", "strong", "sub", "summary", "sup", "table", "tbody", "td",
    "tfoot", "th", "thead", "time", "tr", "tt", "u", "ul", "var", "wbr",
})  # fmt: skip
VOID = frozenset({"br", "hr", "wbr", "col"})
ATTRIBUTES = frozenset({"lang", "dir", "title", "datetime", "colspan", "rowspan", "start", "align", "hidden"})
# Where an address stood; it is shown as a value that no browser follows.
ADDRESSES = {"a": "href", "img": "src"}
STYLE_STOPS = (
    "(",
    "\\",
    "@",
    "/*",
    "position",
    "import",
    "behavior",
    "binding",
)  # could load, or cover our words


def inert(page: Page) -> str:
    """A whole HTML document in UTF-8. The archived bytes themselves are not touched."""
    return "".join([HEAD, _title(page), _notice(page), *_body(page), "</body></html>\n"])


def _title(page: Page) -> str:
    return f"<title>{escape(page.url)}</title></head>\n<body>\n"


def _notice(page: Page) -> str:
    said = (
        f"存档页面，非原站 · Archived page, not the site itself: {page.url}, as received"
        f" {page.fetched_at:%Y-%m-%d %H:%M:%S} UTC, HTTP {page.http_status}, sha256 {page.payload_sha256}."
        f" Nothing on it runs or loads. {PERSONAL}"
    )
    return f"<p><strong>{escape(said)}</strong></p><hr>\n"


def _body(page: Page) -> Iterator[str]:
    decoded = decode(page.payload, page.content_type) if len(page.payload) <= MAX_SHOWN_BYTES else None
    if decoded is None:
        yield f"<p>{len(page.payload)} bytes of {escape(page.content_type) or 'unknown type'}: not shown.</p>"
        return
    html = OPTION.sub("", decoded.text)
    if is_plain(html, page.content_type) or is_bomb(html.encode()):
        yield f"<pre>{escape(_visible(decoded.text))}</pre>"
    else:
        yield from _elements(LexborHTMLParser(html).root)


def _elements(root: Any) -> Iterator[str]:
    """Depth first without recursion: a page may nest a hundred thousand deep. Strings are closing tags."""
    todo: list[Any] = [root]
    while todo:
        node = todo.pop()
        if node is None:
            continue
        if isinstance(node, str):
            yield node
        elif node.tag == TEXT:
            yield escape(_visible(node.text_content or ""))
        elif node.tag == "img":
            yield _picture(node)
        elif node.tag not in DROPPED and not node.tag.startswith(("-comment", "!")):
            if node.tag in KEPT:
                yield _opening(node)
                todo += [] if node.tag in VOID else [f"</{node.tag}>"]
            todo += reversed(list(_children(node)))


def _children(node: Any) -> Iterator[Any]:
    child = node.child
    while child is not None:
        yield child
        child = child.next


def _opening(node: Any) -> str:
    named = {key.lower(): value or "" for key, value in node.attributes.items()}
    kept = {key: value for key, value in named.items() if key in ATTRIBUTES}
    style = named.get("style", "").lower()
    if style and not any(stop in style for stop in STYLE_STOPS):
        kept["style"] = style
    if (address := ADDRESSES.get(node.tag)) in named:
        kept[f"data-{address}"] = named[str(address)]
    said = "".join(f' {key}="{escape(_visible(value))}"' for key, value in kept.items())
    return f"<{node.tag}{said}>"


def _picture(node: Any) -> str:
    named = node.attributes
    alt, source = _visible(named.get("alt") or ""), _visible(named.get("src") or "")
    return f'<span data-src="{escape(source)}">［图 {escape(alt)}］</span>'


def _visible(text: str) -> str:
    """Without control characters: the document may be printed on a terminal."""
    return "".join(c for c in text if c in "\n\t" or c.isprintable() or c in "\u3000\xa0")
