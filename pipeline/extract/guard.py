"""What a page is by its bytes, and whether its markup is built to exhaust a parser."""

from __future__ import annotations

import re

import numpy as np

from crawler.bombs import MAX_ATTRIBUTES, MAX_OPEN, MAX_OPTIONS, MAX_TAGS
from pipeline.extract.scan.costs import costs
from pipeline.extract.scan.tags import tags_in

MAX_CHARS = 4_000_000  # the largest of 121 real pages has 1.3 million
MAX_AGAIN = 300_000_000  # bytes of elements that it opens again; the most of 121 real pages is 2 million
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


def is_bomb(html: bytes) -> bool:
    """More tags, open elements or attributes than any page that people read."""
    return signs_unless_bomb(html) is None


def signs_unless_bomb(html: bytes) -> int | None:
    """None for a bomb, else what of rare kinds stands in the page: scan/signs.py."""
    data = np.frombuffer(html, np.uint8)
    if tags_in(data) > MAX_TAGS:
        return None
    cost = costs(data)
    bomb = (
        cost.opened > MAX_OPEN
        or cost.attributes > MAX_ATTRIBUTES
        or cost.options > MAX_OPTIONS
        or cost.again > MAX_AGAIN
    )
    return None if bomb else cost.signs
