"""Whether markup is built to exhaust a parser. Crawler and pipeline ask before they parse."""

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
    """More tags, open elements or attributes than any page that people read."""
    tags = html.count("<")
    if tags > MAX_TAGS:
        return True
    if tags < CAREFUL_TAGS and len(html) < CAREFUL_CHARS:
        return False
    if tags > MAX_OPTIONS and len(OPTION.findall(html)) > MAX_OPTIONS:
        return True
    pieces = PIECE.findall(html)  # a quarter of the time that a step of Python for each tag takes
    if _attributes(said for _, _, said in pieces) > MAX_ATTRIBUTES:
        return True
    if tags <= MAX_OPEN or (openings := tags - html.count("</")) <= MAX_OPEN:
        return False
    nesting = openings - sum(map(html.count, SHUT))
    return nesting > MAX_OPEN and _open_elements(name for _, name, _ in pieces) > MAX_OPEN


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
