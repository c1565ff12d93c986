"""What a page says, as digests: by them a change of the text is told from a change of the bytes. Pure."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

LEAST_CHARS = 12  # of a line that counts as a sentence: menus, counters and captions are shorter
LEAST_PROSE = 60  # characters of a page; with less of it all lines count
CLOCK_CHARS = 60  # a line with a clock in it, up to this long, is the page's and not its author's
# Lines that are long enough and hold a mark of a sentence
SENTENCES = re.compile(rf"^(?=.{{{LEAST_CHARS}}})[^\n，。；！？：,;!?]*+[，。；！？：,;!?].*", re.MULTILINE)
# One for each colon: a pattern that begins with one certain character is searched for nine times as fast.
CLOCKS = tuple(re.compile(rf"{colon}(?<=\d.)\d{{2}}") for colon in ":：")
DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class TextDigests:
    """Of all that a reader sees, and of the sentences alone, without the template around them."""

    page_text_sha256: str
    prose_sha256: str


def text_digests(seen: str, unlinked: str) -> TextDigests:
    """`seen`: the visible text, a line each text node; `unlinked`: the same without what stands in links.

    Damage: nearly every answer of a farm has other bytes, since counters, clocks, tokens and teasers change
    with each visit; counted as changes they make all pages look alike, and revisits blind.

    >>> said = "逾期以后应当先和平台协商，再谈还款计划。" * 4
    >>> a = text_digests(f"首页\\n阅读 12\\n{said}", f"阅读 12\\n{said}")
    >>> b = text_digests(f"首页\\n阅读 13\\n{said}", f"阅读 13\\n{said}")
    >>> a.page_text_sha256 == b.page_text_sha256, a.prose_sha256 == b.prose_sha256
    (False, True)

    Left alone: numbers in a sentence (24% that becomes 36% is a change). A teaser with a sentence of its own
    counts; what exactly the article says only the pipeline knows.
    """
    lines = SENTENCES.findall(unlinked)
    if _has_clock(unlinked):  # as of few pages
        lines = [line for line in lines if len(line) > CLOCK_CHARS or not _has_clock(line)]
    prose = "\n".join(lines)
    if len(prose) < LEAST_PROSE:
        prose = DIGITS.sub("0", unlinked)
    return TextDigests(_sha256(seen), _sha256(prose))


def _has_clock(text: str) -> bool:
    return any(clock.search(text) for clock in CLOCKS)


def _sha256(text: str) -> str:
    """White space apart."""
    return hashlib.sha256("".join(text.split()).encode("utf-8", "surrogatepass")).hexdigest()
