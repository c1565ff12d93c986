"""Which lines of one page are not its article, as this page alone shows."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence

from pipeline.extract.judged import judged
from pipeline.extract.rules import LONGEST_NOTICE, is_signature
from pipeline.extract.shapes import SENTENCE_END
from pipeline.extract.words import PageWords, letters
from pipeline.extract.zones import zone_reasons
from pipeline.line_memory import once_a_line

DIGITS = re.compile(r"\d+")
SENTENCE_HAN = 20  # reading counters and dates of issue seen in the wild hold at most 15
MOST_CAPTIONS = 0.25  # of an article's characters: one with a picture now and then has a tenth at most
ENOUGH_HAN = re.compile(f"(?:[^\u3400-\u9fff]*+[\u3400-\u9fff]){{{SENTENCE_HAN}}}")


def classify(
    lines: Sequence[str], kinds: Sequence[str], title: str, words: PageWords, head: int = 0
) -> tuple[str | None, ...]:
    """A documented reason for each line that goes, None for each that stays.

    `lines` repaired and simplified, redaction marks in them; `head` = Extracted.head: lines above the title.
    """
    seen = [judged(text, kind, words) for text, kind in zip(lines, kinds, strict=True)]
    zones = zone_reasons(lines, words)
    content = [i for i, line in enumerate(seen) if i >= head and zones[i] is None and line.is_running]
    first, last = (content[0], content[-1]) if content else (len(seen), -1)
    contacts = {i for i, line in enumerate(seen) if len(line.text) <= LONGEST_NOTICE and line.has_contact}
    reasons, said = [], letters(title)
    for i, line in enumerate(seen):
        near = i - 1 in contacts or i + 1 in contacts
        reasons.append(
            zones[i]
            or line.reason(said, not first < i < last, near)
            or ("meta" if i < first and is_signature(line, words) else None)
            or ("navigation" if i < head and not line.is_sentence else None)
        )
    return tuple(_with_captions(reasons) if _is_in_pictures(lines, reasons) else reasons)


def _is_in_pictures(lines: Sequence[str], reasons: Sequence[str | None]) -> bool:
    """A report of pictures: what stands under them is its text."""
    captions = sum(len(text) for text, why in zip(lines, reasons, strict=True) if why == "caption")
    if not captions:
        return False
    kept = sum(len(text) for text, why in zip(lines, reasons, strict=True) if why is None)
    return captions > MOST_CAPTIONS * (captions + kept)


def _with_captions(reasons: Sequence[str | None]) -> list[str | None]:
    return [None if why == "caption" else why for why in reasons]


@once_a_line
def line_key(text: str) -> str:
    """Lines with one key say the same on different pages: 16 hex of BLAKE2b of `as_compared`."""
    return hashlib.blake2b(as_compared(text).encode("utf-8", "replace"), digest_size=8).hexdigest()


def as_compared(text: str) -> str:
    """For comparing lines across pages: without white space, each run of digits as 0.

    A whole sentence keeps its digits: sums, years and articles of a law are what tells two of them apart.

    >>> as_compared("浏览 1024 次")
    '浏览0次'
    >>> as_compared("这笔 3000 元的借款发生在 2021 年，来往的消息都由借款人留存。")
    '这笔3000元的借款发生在2021年，来往的消息都由借款人留存。'
    """
    said = "".join(text.split())
    return said if is_whole_sentence(said) else DIGITS.sub("0", said)


def is_whole_sentence(text: str) -> bool:
    """Ends like one and is as long as one; counters (已有 37 人读过。) are shorter."""
    if len(text) <= SENTENCE_HAN:  # most lines
        return False
    return ENOUGH_HAN.match(text) is not None and SENTENCE_END.search(text) is not None
