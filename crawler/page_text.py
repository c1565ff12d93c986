"""What a page says, as digests: by them a change of the text is told from a change of the bytes. Pure."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass

LEAST_CHARS = 12  # of a line that counts as a sentence: menus, counters and captions are shorter
LEAST_PROSE = 60  # characters of a page; with less of it all lines count
CLOCK_CHARS = 60  # a line with a clock in it, up to this long, is the page's and not its author's
SENTENCE = re.compile(r"[，。；！？：,;!?]")
CLOCK = re.compile(r"\d{1,2}[:：]\d{2}")
DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class TextDigests:
    """Of all that a reader sees, and of the sentences alone, without the template around them."""

    page_text_sha256: str
    prose_sha256: str


def text_digests(lines: Sequence[str], unlinked: Sequence[str]) -> TextDigests:
    """`lines`: the visible text, one text node each; `unlinked`: the same without what stands in links.

    Damage: nearly every answer of a farm has other bytes, since counters, clocks, tokens and teasers change
    with each visit; counted as changes they make all pages look alike, and revisits blind.

    >>> said = "逾期以后应当先和平台协商，再谈还款计划。" * 4
    >>> a = text_digests(["首页", "阅读 12", said], ["阅读 12", said])
    >>> b = text_digests(["首页", "阅读 13", said], ["阅读 13", said])
    >>> a.page_text_sha256 == b.page_text_sha256, a.prose_sha256 == b.prose_sha256
    (False, True)

    Left alone: numbers in a sentence (24% that becomes 36% is a change). A teaser with a sentence of its own
    counts; what exactly the article says only the pipeline knows.
    """
    prose = [line for line in unlinked if _is_sentence(line)]
    if sum(map(len, prose)) < LEAST_PROSE:
        prose = [DIGITS.sub("0", line) for line in unlinked]
    return TextDigests(_sha256(lines), _sha256(prose))


def _is_sentence(line: str) -> bool:
    if len(line) < LEAST_CHARS or not SENTENCE.search(line):
        return False
    return len(line) > CLOCK_CHARS or not CLOCK.search(line)


def _sha256(lines: Sequence[str]) -> str:
    """White space apart."""
    text = "\n".join("".join(line.split()) for line in lines)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
