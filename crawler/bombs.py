"""Whether markup may exhaust a parser: the crawler's look before it parses a page for its links.

It errs towards yes, which costs a page's links only; what becomes of the page itself decides the pipeline's
`extract.guard`, exactly, by the same limits. That one is compiled, which a crawler need not wait for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

MAX_TAGS = 150_000  # the largest real page has 15,000
# lexbor walks its stack of open elements at every tag, and the attributes of an element at every attribute:
# its time grows with the square of the depth (4,000: 40 ms) and of the attributes (4,000: 36 ms).
MAX_OPEN = 3_000
MAX_ATTRIBUTES = 2_000
MAX_OPTIONS = 6_000  # lexbor's time grows with the square of those in one <select> (12,000: .5 s)
OPTION = re.compile(r"<(?:option|optgroup)\b", re.IGNORECASE)
# lexbor opens <b>, <font> … that nobody closed again in every paragraph: 1,000 before 4,000 <p> took 1.8 GB.
MAX_UNCLOSED = 300
# The first letters are asked for apart: six times as fast on a page that is mostly <p>. What follows a name
# is held where it is as long as an article; links have long addresses.
FORMAT = re.compile(
    r"<(/?)(?=[abcefinstu])(?:a\b|(?:b|big|code|em|font|i|nobr|s|small|strike|strong|tt|u)\b([^>]{2000})?)",
    re.IGNORECASE,
)
FOREIGN = re.compile(r"<(?:svg|math)\b", re.IGNORECASE)  # in which <title> and <style> hold markup
NAME = re.compile(r"<(/?[a-zA-Z][^\s/>]*+)")
CAREFUL_TAGS = 3_000  # below these two no page can cost more than some 50 ms
CAREFUL_CHARS = 60_000
_RAW = "script|style|textarea|title|xmp|noembed|noframes|iframe"
# A comment; or a tag (its name, then all up to the first `>` that stands in no quotes), and what follows an
# element whose text is no markup.
PIECE = re.compile(
    rf"<(?:!--[^-]*+(?:-(?!->)[^-]*+)*+"
    rf"|(?:(?=((?i:{_RAW}))[\s/>]))?(/?[a-zA-Z][^\s/>]*+)"
    r"""([^"'>=]*+(?:(?:=\s*+(?:"[^"]*+"|'[^']*+')?|["'])[^"'>=]*+)*+)"""
    r"(?(1)[^<]*+(?:<(?!/(?i:\1))[^<]*+)*+))"
)
# Elements that close by themselves, or have no end; the rest stay open until they are closed.
_LOOSE = """
    area base br col embed hr img input link meta param source track wbr p li dt dd option optgroup tr
    td th tbody thead tfoot colgroup rp rt html head body
"""
LOOSE = frozenset(_LOOSE.split())
SHUT = (
    "<br>",
    "<br/>",
    "<br />",
    "<img ",
    "<input ",
    "<li>",
    "<p>",
    "<!--",
)  # the most frequent that never nest


def is_bomb(html: str) -> bool:
    """More tags, open elements or attributes than any page that people read, or so it seems."""
    tags = html.count("<")
    if tags > MAX_TAGS:
        return True
    if _opens_again(html) or (tags > MAX_OPTIONS and len(OPTION.findall(html)) > MAX_OPTIONS):
        return True
    if tags < CAREFUL_TAGS and len(html) < CAREFUL_CHARS:
        return False
    pieces = PIECE.findall(html)  # a quarter of the time that a step of Python for each tag takes
    if _attributes(said for _, _, said in pieces) > MAX_ATTRIBUTES:
        return True
    if tags <= MAX_OPEN or (openings := tags - html.count("</")) <= MAX_OPEN:
        return False
    nesting = openings - sum(map(html.count, SHUT))
    names = NAME.findall(html) if FOREIGN.search(html) else (name for _, name, _ in pieces)
    return nesting > MAX_OPEN and _open_elements(names) > MAX_OPEN


def _opens_again(html: str) -> bool:
    """Many formatting elements that nobody closes, or one with attributes as long as an article."""
    found = FORMAT.findall(html)
    closed = sum(slash == "/" for slash, _ in found)
    return len(found) - 2 * closed > MAX_UNCLOSED or any(long for _, long in found)


def _attributes(tags: Iterable[str]) -> int:
    """Of the tag that has most, counted as if each had a value: one without costs the parser less."""
    long = [said for said in tags if len(said) > MAX_ATTRIBUTES]
    return max(((len(said.split()) + said.count("=")) // 2 for said in long), default=0)


def _open_elements(names: Iterable[str]) -> int:
    """The most that are open at once; `/p` closes a `p`."""
    opened = most = 0
    for name in names:
        bare = name.lstrip("/").lower()
        if bare and bare not in LOOSE:
            opened = max(0, opened + 1 if bare == name.lower() else opened - 1)
            most = max(most, opened)
    return most
