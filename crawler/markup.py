"""A payload as a tree, good enough for addresses, a title and how much text there is."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser

from crawler.bombs import is_bomb

# The parser takes 12,000 options of one <select> for a second, ten times as many for minutes; none is a link.
OPTION = re.compile(r"<(?:option|optgroup)\b[^<>]*>", re.IGNORECASE)


def tree_of(payload: bytes) -> LexborHTMLParser | None:
    return tree_in(text_of(payload))


def tree_in(html: str) -> LexborHTMLParser | None:
    """None for a page that would keep the parser busy for minutes, and all other hosts waiting."""
    bare = OPTION.sub("", html)
    return None if is_bomb(bare) else LexborHTMLParser(bare)


def text_of(payload: bytes) -> str:
    """The pipeline decides on encodings with more care."""
    try:
        return payload.decode("utf-8")
    except UnicodeDecodeError:
        return payload.decode("gb18030", errors="replace")
