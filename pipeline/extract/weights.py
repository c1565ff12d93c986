"""What one line says for or against being the article's: running text, a way out, a footer."""

from __future__ import annotations

import re

from pipeline.extract.blocks import Block
from pipeline.extract.shapes import COMMA, NUMBERED

PUNCTUATION = re.compile(r"[，。；：！？、“”]|[,;:!?.](?=[\u4e00-\u9fff\s]|$)")
MAX_LINK_SHARE = 0.5  # a line that is mostly link is a way to another page
LONG_LINE = 30  # characters: more is a sentence also without punctuation
LINK_COST = 30  # at most this much text is outweighed by one line of links
SHORT_COST = 2  # a short line without punctuation: a heading, or a menu without links
FOOTER_COST = 60
LINK_CHARS = 100
ENDS = frozenset("。！？!?；;…”」")
LISTED = re.compile(r"(?<!\d)\d{1,2}[-/.]\d{1,2}(?!\d)|\d{1,2}[:：]\d{2}")
LISTED_SHARE = 0.15  # links of a line; the rest is an author, a time, a count
LISTING_CHARS = 160


def line_score(block: Block) -> float:
    """Above 0 for running text, below 0 for links and furniture."""
    size = len(block.text)
    if block.is_footer:
        return -float(FOOTER_COST)
    if is_link(block):
        return -float(min(size, LINK_COST))
    if size >= LONG_LINE or PUNCTUATION.search(block.text):
        return float(size - min(block.linked, size // 2))
    return 0.0 if block.level else -float(SHORT_COST)


def ends_sentence(text: str) -> bool:
    """As SENTENCE_END, for a line without white space at its end."""
    return text[-1:] in ENDS


def is_link(block: Block) -> bool:
    """Mostly links, or a listing; a long text with commas in it is an article in an unclosed <a>."""
    if not block.linked:
        return False
    if block.linked <= MAX_LINK_SHARE * len(block.text):
        return _is_listing(block)
    return len(block.text) <= LINK_CHARS or not COMMA.search(block.text) or _is_listing(block)


def is_way_out(block: Block) -> bool:
    """A line that is mostly a link, but no heading: 相关报道, 点击查看."""
    return is_link(block) and not block.level and not NUMBERED.match(block.text)


def _is_listing(block: Block) -> bool:
    """A title that leads to another page, and when it was written: `出门要小心【某人】08-11 16:06 [154/0]`.

    A sentence with a link and a time in it is text.
    """
    size = len(block.text)
    linked = block.linked >= LISTED_SHARE * size and size <= LISTING_CHARS
    return linked and bool(LISTED.search(block.text)) and not ends_sentence(block.text)
