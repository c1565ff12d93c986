"""A page saved as plain text: every line of it, furniture and all, and which of them is the title."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import takewhile

from pipeline.extract.byline_rows import About, Row
from pipeline.extract.bylines import of_lines
from pipeline.extract.clean import fold
from pipeline.extract.comparable import PINYIN, comparable, simplified
from pipeline.extract.crumbs import greeted_channel
from pipeline.extract.dates import MOMENT
from pipeline.extract.metadata import Metadata, Said, merged, with_metadata
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
MOST_LINES = 400  # behind the title, among which a byline or a signature may stand
TEXT_CHARS = 40  # longer lines are running text: questions as titles are shorter
PART_OF_TITLE = 0.6
MAX_LINES = 50_000
NAMING = ("greeting", "registration")  # lines that say the site's name
CATEGORY_CHARS = 24  # annotations and all


def extract_plain(text: str, words: PageWords) -> Extracted | None:
    """All lines of the page in its own script, or None where there is not a single one."""
    lines = [_line(row) for row in LINE_ENDS.split(text)[:MAX_LINES]]
    lines = [line for line in lines if line.text]
    if not lines:
        return None
    top = [simplified(line.text) for line in lines[: 2 * TOP_LINES]]
    place = find_title(top, words, _site_names(lines, words))
    title = lines[place].text if place is not None else first_clause(lines[0].text)
    found = Extracted(
        title=title,
        title_source="line" if place is not None else "text",
        lines=tuple(line for index, line in enumerate(lines) if index != place),
        furniture=(),
        extractor="plain-text",
        confidence=1.0,
        head=place or 0,
    )
    return with_metadata(found, _metadata(lines, place, words))


def find_title(lines: Sequence[str], words: PageWords, names: str = "") -> int | None:
    """Index of the title among the first lines of a page, given simplified; None where there is none.

    It stands above the first running text and is neither greeting, contact, byline nor button. Best is
    what the page says again further down (a picture's caption repeats the title, whole or in part) and
    what stands right above the byline. A short line that is repeated at the top is a menu entry; one that a
    greeting or the copyright line says, too (`names`), is the site's name.
    """
    top = _top(lines)
    around = Around(words, edge=True, by_contact=False)
    usable = [
        index
        for index in range(top)
        if MIN_TITLE <= len(letters(lines[index])) <= MAX_TITLE
        and reason_of(Line(lines[index], "paragraph"), around) is None
        and letters(lines[index]) not in names
    ]
    return max(usable, key=lambda index: (_title_score(lines, index), -index), default=None)


def _site_names(lines: Sequence[RawLine], words: PageWords) -> str:
    """What greets in the first lines, and what registers the site in the last."""
    around = Around(words, edge=True, by_contact=False)
    said = [simplified(line.text) for line in (*lines[:TOP_LINES], *lines[-TOP_LINES:])]
    named = (text for text in said if reason_of(Line(text, "paragraph"), around) in NAMING)
    return "\n".join(map(letters, named))


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
    bylines = [bool(MOMENT.search(line)) and len(line) < TEXT_CHARS for line in lines[index + 1 : index + 3]]
    byline = 2.0 if bylines[:1] == [True] else float(any(bylines))
    return 3.0 * repeated + 2.0 * in_part + byline + 2.0 * (len(said) >= 6) - index / TOP_LINES


def _metadata(lines: Sequence[RawLine], place: int | None, words: PageWords) -> Metadata:
    """From the lines about the title; the last plain line above it is the category."""
    texts = [line.text for line in lines]
    start = place or 0
    short = takewhile(lambda text: len(text) <= TEXT_CHARS, texts[start + 1 : start + 1 + TOP_LINES])
    inside = list(_until_list(texts[start + 1 : start + 1 + MOST_LINES], words))
    said = of_lines(
        About(
            title=texts[start],
            below=tuple(map(Row, short)),
            above=tuple(map(Row, reversed(texts[:start]))),
            inside=tuple(map(Row, inside)),
        ),
        words,
    )
    place_in_site = Metadata(
        category=_category(texts[:start], words), channel=greeted_channel(texts[:start], words)
    )
    return merged(said, place_in_site)


def _until_list(texts: Sequence[str], words: PageWords) -> Iterable[str]:
    return takewhile(lambda text: len(text) > TEXT_CHARS or comparable(text) not in words.list_heads, texts)


def _category(above: Sequence[str], words: PageWords) -> Said | None:
    around = Around(words, edge=True, by_contact=False)
    plain = [text for text in above if reason_of(Line(simplified(text), "paragraph"), around) is None]
    return Said(PINYIN.sub("", plain[-1]), "line") if plain and len(plain[-1]) <= CATEGORY_CHARS else None


def _line(row: str) -> RawLine:
    text = fold(row)
    item = BULLET.match(text)
    return RawLine("list-item" if item else "paragraph", 0, text[item.end() :] if item else text)
