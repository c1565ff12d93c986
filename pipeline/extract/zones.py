"""Zones of a page: what stands under 相关文章 or 最新评论, to the end or to where the article goes on."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.extract.words import PageWords, letters
from pipeline.line_memory import once_a_line

GOES_ON = re.compile(
    r"^\s*(?:第[一二三四五六七八九十]{1,3}[章节部]|第?[一二三四五六七八九十]{1,3}、|"
    r"\d{1,2}[.．]\d{1,2}(?:[.．]\d{1,2})?\s*\D)"
)
COUNT = re.compile(r"\d+条?$|\d+")
CUT_OFF = re.compile(r"(?:…|\.{2,}|。{2,})\s*[\]】]?$")
CLOSING = " 。！？!?.；;：:”’\"'」』）)】]》>…"
SENTENCE = re.compile(r"[。！？]”?\s*$")
PARAGRAPH_CHARS = 60  # a teaser that is cut off has about as many; a whole paragraph seldom fewer
HEAD_CHARS = 20
TEASERS_TO_PARAGRAPHS = 3
LEAST_TEASERS = 5  # fewer may be an article that quotes
END_CHARS = 40  # of a line, in which it says 详细阅读


def zone_reasons(lines: Sequence[str], words: PageWords) -> list[str | None]:
    """`related` or `comments` for every line of such a zone, and for single lines such as 上一篇：…

    The article goes on at a numbered heading or a summary label, and, in a zone of bare titles
    (no 详细阅读, no excerpts cut off), at a whole paragraph. Comments go on to the end of the page
    or to the next zone.
    """
    reasons: list[str | None] = []
    zone: str | None = None
    longest = max(HEAD_CHARS, words.related_max)
    for index, text in enumerate(lines):
        opened, single = _opening(text, words) if len(text) <= longest else (None, False)
        if opened:
            zone = opened
        elif zone and _goes_on(lines, index, zone, words):
            zone = None
        reasons.append(zone or ("related" if single else None))
    return reasons


@once_a_line
def _opening(text: str, words: PageWords) -> tuple[str | None, bool]:
    """Which zone the line opens; whether it belongs to one by itself."""
    return _opens(text, words), _single(text, words)


def _opens(text: str, words: PageWords) -> str | None:
    if len(text) > HEAD_CHARS:
        return None
    said = COUNT.sub("", letters(text))
    if said in words.comment_heads:
        return "comments"
    return "related" if said in words.related_heads else None


def _goes_on(lines: Sequence[str], index: int, zone: str, words: PageWords) -> bool:
    text = lines[index]
    if GOES_ON.match(text) or letters(text) in words.summary_labels:
        return zone == "related"
    whole = len(text) >= PARAGRAPH_CHARS and bool(SENTENCE.search(text)) and not CUT_OFF.search(text)
    return zone == "related" and whole and not _teased(lines[max(0, index - 3) : index + 3], words)


def _teased(lines: Sequence[str], words: PageWords) -> bool:
    """Excerpts that are cut off, or 详细阅读 behind a title, stand near."""
    return any(_is_teaser(text, words) for text in lines)


def _single(text: str, words: PageWords) -> bool:
    """`上一篇：…`, `标签：…`: the opener, then a mark or a blank."""
    if len(text) > words.related_max:
        return False
    said = text.lstrip(" [【<《「|").lower()
    return said.startswith(words.related_openers) and any(
        said.startswith(word)
        and (said[len(word) :][:1] in (":", "：", "]", "】", "|", "") or said[len(word) :][:1].isspace())
        for word in words.related_openers
    )


def teaser_share(lines: Sequence[str], words: PageWords) -> float:
    """Share of the longer lines that are cut off or end in 详细阅读: above a half the page lists articles.

    0 where whole paragraphs stand between them: an article, and what the site recommends.
    """
    long = [text for text in lines if len(text) >= HEAD_CHARS]
    if len(long) < LEAST_TEASERS:
        return 0.0
    teasers = [text for text in long if _is_teaser(text[-END_CHARS:], words)]
    if len(teasers) < LEAST_TEASERS:
        return 0.0
    whole = [text for text in long if len(text) >= PARAGRAPH_CHARS and SENTENCE.search(text)]
    return 0.0 if len(teasers) < TEASERS_TO_PARAGRAPHS * len(whole) else len(teasers) / len(long)


def _is_teaser(text: str, words: PageWords) -> bool:
    if ("…" in text or ".." in text or "。。" in text) and CUT_OFF.search(text):
        return True
    last = text.rstrip(CLOSING)[-1:].lower()
    if last.isalnum() and last not in words.teaser_ends:  # nearly every line
        return False
    return letters(text).endswith(words.related_teasers)
