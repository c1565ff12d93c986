"""What a page is by its bytes, and whether its markup is built to exhaust a parser."""

from __future__ import annotations

import re
from collections.abc import Iterator

MAX_CHARS = 4_000_000  # the largest of 121 real pages has 1.3 million
MAX_TAGS = 150_000  # the largest real page has 15,000
# lexbor walks its stack of open elements at every tag, and the attributes of an element at every attribute:
# its time grows with the square of the depth (4,000: 40 ms) and of the attributes (4,000: 36 ms).
MAX_OPEN = 3_000
MAX_ATTRIBUTES = 2_000
CAREFUL_TAGS = 3_000  # below these two no page can cost more than some 50 ms
CAREFUL_CHARS = 60_000
TAG = re.compile(r"<(/?)([a-zA-Z][^\s/>]*+)")
ATTRIBUTES = re.compile(r"""(?:[^"'>=]++|=\s*+"[^"]*+"|=\s*+'[^']*+'|["'=])*+""")
RAW = frozenset(["script", "style", "textarea", "title", "xmp", "noembed", "noframes", "iframe"])
# Elements that close by themselves, or have no end; the rest stay open until they are closed.
_LOOSE = """
    area base br col embed hr img input link meta param source track wbr p li dt dd option optgroup tr
    td th tbody thead tfoot colgroup rp rt html head body
"""
LOOSE = frozenset(_LOOSE.split())
MARKUP = re.compile(
    r"<(?:!doctype|html|head|body|title|meta|script|div|section|article|main|p|br|table|tr|td|ul|li|span|a|font|"
    r"center|form|img|pre|b|strong|h[1-6])\b",
    re.IGNORECASE,
)
XML_LISTS = re.compile(r"<(?:urlset|sitemapindex|rss|feed|rdf:RDF)\b", re.IGNORECASE)
OTHER_TYPES = re.compile(
    r"^(?:image|audio|video|font)/|pdf|zip|octet-stream|javascript|json|text/css", re.IGNORECASE
)
MAGIC = ("%PDF-", "\x89PNG", "GIF8", "PK\x03\x04", "{\\rtf")
PEEK = 4_096


def loss_by_form(text: str, content_type: str) -> str | None:
    """`too-large`, `not-html`, `sitemap`, or None for a page that can be read."""
    if len(text) > MAX_CHARS:
        return "too-large"
    peek = text[:PEEK].lstrip("\ufeff \t\r\n")
    if peek.startswith(MAGIC):
        return "not-html"
    if XML_LISTS.search(peek) and not re.search(r"<(?:html|body)\b", peek, re.IGNORECASE):
        return "sitemap"
    if OTHER_TYPES.search(content_type) and not MARKUP.search(peek):
        return "not-html"
    return None


def is_plain(text: str, content_type: str) -> bool:
    """A page saved as text: said to be so, or without a single tag of a page's."""
    declared = content_type.lower().startswith("text/plain")
    return not MARKUP.search(text[:PEEK] if declared else text)


def is_bomb(html: str) -> bool:
    """More tags, open elements or attributes than any page that people read."""
    tags = html.count("<")
    if tags > MAX_TAGS:
        return True
    if tags < CAREFUL_TAGS and len(html) < CAREFUL_CHARS:
        return False
    open_elements = 0
    for closes, name, attributes in _tags(html):
        if attributes > MAX_ATTRIBUTES:
            return True
        if name not in LOOSE:
            open_elements = max(0, open_elements + (-1 if closes else 1))
            if open_elements > MAX_OPEN:
                return True
    return False


def _tags(html: str) -> Iterator[tuple[bool, str, int]]:
    """(closes, name, number of attributes at most) of each tag, scripts and comments left out."""
    position = 0
    while found := TAG.search(html, position):
        comment = html.find("<!--", position, found.start())
        if comment >= 0:
            position = _behind(html, "-->", comment + 4)
            continue
        rest = ATTRIBUTES.match(html, found.end())
        position = rest.end() if rest else found.end()
        name, size = found.group(2).lower(), position - found.end()
        many = len(html[found.end() : position].split()) if size > MAX_ATTRIBUTES else 0
        many += html.count("=", found.end(), position) if size > MAX_ATTRIBUTES else 0
        yield bool(found.group(1)), name, many // 2
        if name in RAW and not found.group(1):
            position = _behind(html, f"</{name}", position)


def _behind(html: str, mark: str, start: int) -> int:
    """Behind the next mark, lower or upper case; the end of the page where there is none."""
    places = [place for place in (html.find(mark, start), html.find(mark.upper(), start)) if place >= 0]
    return min(places) + len(mark) if places else len(html)
