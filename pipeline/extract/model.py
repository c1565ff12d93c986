"""What extraction gives: the candidate lines of a page in its own script, or why there are none."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from pipeline.extract.outline import Outline


class RawLine(NamedTuple):  # a page has hundreds: made in a third of a dataclass's time
    """One line of the page; invisible and control characters are gone, a blank between Han stays."""

    kind: str  # heading | paragraph | list-item | table-row | caption
    level: int  # h1 … h6 of the markup, 0 where there is none
    text: str
    place: str = ""  # name of the element that holds it (containers.py); "" for plain text


@dataclass(frozen=True, slots=True)
class Extracted:
    """The article of one page before repair, and the page's furniture for contacts and registrations.

    `lines[:head]` stand above the title (plain text, or inside the article's container).
    """

    title: str
    lines: tuple[RawLine, ...]
    furniture: tuple[str, ...]
    extractor: str
    confidence: float
    head: int = 0
    title_source: str | None = None  # sources: see pipeline.extract.metadata
    published: str | None = None
    published_source: str | None = None
    author: str | None = None
    author_source: str | None = None
    category: str | None = None
    category_source: str | None = None
    channel: str | None = None
    channel_source: str | None = None
    next_url: str | None = None  # pager of a divided article
    first_url: str | None = None
    outline: Outline | None = field(default=None, repr=False, compare=False)  # None for plain text


@dataclass(frozen=True, slots=True)
class Lost:
    """The page yields no article; `reason` is a documented drop reason.

    `outline`: by which the site's memory may know that it has one all the same.
    """

    reason: str
    outline: Outline | None = field(default=None, repr=False, compare=False)
