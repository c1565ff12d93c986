"""The short lines that may be bylines, with their dates; and the words of a line as the page wrote them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from pipeline.extract.comparable import simplified_lines
from pipeline.extract.dates import find_dates
from pipeline.extract.metadata import Said
from pipeline.extract.shapes import once

MAX_BYLINE = 80  # characters
LINKED_SHARE = 0.5  # a line that leads elsewhere for the most part is another page's title
URL = re.compile(r"https?://\S*|www\.\S+", re.IGNORECASE)
SENTENCE = re.compile(r"[。！？!?；;，]")
HAN = re.compile(r"[\u3400-\u9fff]")
# A digit, 民国 or a year in numerals; that each begins with one of a set lets the search pass all else by.
MAY_DATE = re.compile(r"[\d民〇○零ＯO一二三四五六七八九](?:(?<=\d)|(?<=民)[国國]|(?<!民)年)")


class Row(NamedTuple):
    """A line of the page and how many of its characters lead elsewhere."""

    text: str
    linked: int = 0


@dataclass(frozen=True)
class About:
    """Where bylines stand: from the title down to the text, above the title, in the text and behind it."""

    title: str = ""
    below: tuple[Row, ...] = ()
    above: tuple[Row, ...] = ()
    inside: tuple[Row, ...] = ()
    behind: tuple[Row, ...] = ()


@dataclass  # a page has a hundred, and frozen ones take three times as long to make
class Line:
    """One short line, simplified."""

    row: Row
    said: str

    @once
    def dates(self) -> list[re.Match[str]]:
        return list(find_dates(self.said))

    @once
    def without_dates(self) -> str:
        said = self.said
        for found in reversed(self.dates):
            said = f"{said[: found.start()]} {said[found.end() :]}"
        return URL.sub("", said).strip()

    @property
    def has_colon(self) -> bool:
        """As every label has; few lines do."""
        return ":" in self.said or "：" in self.said

    @property
    def leads_elsewhere(self) -> bool:
        if not self.row.linked:
            return False
        held = "".join(self.without_dates.split())
        return bool(held) and self.row.linked > LINKED_SHARE * len(held)

    def own(self, value: str) -> str:
        """The same words as the page wrote them, where simplification kept every place."""
        start = self.said.find(value)
        whole = start >= 0 and len(self.said) == len(self.row.text)
        return self.row.text[start : start + len(value)] if whole else value


@dataclass(frozen=True)
class Zones:
    """The short lines of each place, in the order in which they are asked."""

    below: list[Line]
    above: list[Line]
    inside: list[Line]
    behind: list[Line]

    @staticmethod
    def of(about: About) -> Zones:
        return Zones(*map(_lines, (about.below, about.above, about.inside, about.behind)))

    @once
    def dated(self) -> Zones:
        """Without the lines that hold no digit: most of them."""
        zones = (self.below, self.above, self.inside, self.behind)
        return Zones(*([line for line in zone if MAY_DATE.search(line.said)] for zone in zones))

    @property
    def by_title(self) -> list[Line]:
        return [*self.below, *self.above]

    @property
    def all(self) -> list[Line]:
        return [*self.below, *self.above, *self.inside, *self.behind]


def _lines(rows: Sequence[Row]) -> list[Line]:
    short = [row for row in rows if 0 < len(row.text) <= MAX_BYLINE]
    said = simplified_lines([row.text for row in short])
    return [Line(row, text) for row, text in zip(short, said, strict=True)]


def first_said(lines: Iterable[Line], read: Callable[[Line], str | None], source: str) -> Said | None:
    return next((Said(said, source) for line in lines if (said := read(line))), None)
