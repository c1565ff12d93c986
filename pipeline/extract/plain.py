"""A page saved as plain text: every line of it, furniture and all, and which of them is the title."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.extract.clean import fold
from pipeline.extract.comparable import PINYIN, simplified
from pipeline.extract.dates import MOMENT
from pipeline.extract.metadata import Metadata, of_lines
from pipeline.extract.model import Extracted, RawLine
from pipeline.extract.rules import Around, reason_of
from pipeline.extract.shapes import Line
from pipeline.extract.titles import first_clause
from pipeline.extract.words import PageWords, letters

BULLET = re.compile(r"^[-–—*•●·▪■◆►▶○][ \u3000]+(?=\S)")
LINE_ENDS = re.compile(r"\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
TOP_LINES = 20  # a title stands among the first lines of a page
MIN_TITLE = 4
MAX_TITLE = 60
TEXT_CHARS = 40  # longer lines are running text: questions as titles are shorter
PART_OF_TITLE = 0.6
MAX_LINES = 50_000
CHANNEL_CHARS = 24  # annotations and all


def extract_plain(text: str, words: PageWords) -> Extracted | None:
    """All lines of the page in its own script, or None where there is not a single one."""
    lines = [_line(row) for row in LINE_ENDS.split(text)[:MAX_LINES]]
    lines = [line for line in lines if line.text]
    if not lines:
        return None
    top = [simplified(line.text) for line in lines[: 2 * TOP_LINES]]
    place = find_title(top, words)
    said = _metadata(lines, place, words)
    title = lines[place].text if place is not None else first_clause(lines[0].text)
    kept = [line for index, line in enumerate(lines) if index != place]
    return Extracted(
        title=title,
        lines=tuple(kept),
        furniture=(),
        published=said.published,
        published_source=said.published_source,
        author=said.author,
        category=said.category,
        site_name=None,
        extractor="plain-text",
        confidence=1.0,
        head=place or 0,
    )


def find_title(lines: Sequence[str], words: PageWords) -> int | None:
    """Index of the title among the first lines of a page, given simplified; None where there is none.

    It stands above the first running text and is neither greeting, contact, byline nor button. Best is
    what the page says again further down (a picture's caption repeats the title, whole or in part) and
    what stands right above the byline. A short line that is repeated at the top is a menu entry.
    """
    top = _top(lines)
    around = Around("", words, edge=True, by_contact=False)
    usable = [
        index
        for index in range(top)
        if MIN_TITLE <= len(letters(lines[index])) <= MAX_TITLE
        and reason_of(Line(lines[index], "paragraph"), around) is None
    ]
    return max(usable, key=lambda index: (_title_score(lines, index), -index), default=None)


def _top(lines: Sequence[str]) -> int:
    """How many lines stand above the first running text or numbered heading."""
    for index, text in enumerate(lines[:TOP_LINES]):
        line = Line(text, "paragraph")
        running = len(text) >= TEXT_CHARS and line.is_sentence
        if index and (running or line.is_numbered):
            return index
    return min(len(lines), TOP_LINES)


def _title_score(lines: Sequence[str], index: int) -> float:
    said = letters(lines[index])
    others = [letters(line) for line in lines[index + 1 :]]
    repeated = said in others
    in_part = any(
        len(other) >= PART_OF_TITLE * len(said) and said.startswith(other) for other in others if other
    )
    byline = any(MOMENT.search(line) and len(line) < TEXT_CHARS for line in lines[index + 1 : index + 3])
    return 3.0 * repeated + 2.0 * in_part + 2.0 * byline + 2.0 * (len(said) >= 6) - index / TOP_LINES


def _metadata(lines: Sequence[RawLine], place: int | None, words: PageWords) -> Metadata:
    """From the lines about the title; the channel is the last plain line above it."""
    texts = [line.text for line in lines[: 2 * TOP_LINES]]
    start = place or 0
    around = Around("", words, edge=True, by_contact=False)
    near = [*texts[start + 1 : start + 1 + TOP_LINES], *reversed(texts[:start])]
    said = of_lines(near, words)
    channels = [t for t in texts[:start] if reason_of(Line(simplified(t), "paragraph"), around) is None]
    channel = PINYIN.sub("", channels[-1]) if channels and len(channels[-1]) <= CHANNEL_CHARS else None
    return Metadata(said.published, said.published_source, said.author, said.category or channel)


def _line(row: str) -> RawLine:
    text = fold(row)
    item = BULLET.match(text)
    return RawLine("list-item" if item else "paragraph", 0, text[item.end() :] if item else text)
