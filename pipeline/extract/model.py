"""What extraction gives: the candidate lines of a page in its own script, or why there are none."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RawLine:
    """One line of the page; invisible and control characters are gone, a blank between Han stays."""

    kind: str  # heading | paragraph | list-item | table-row | caption
    level: int  # h1 … h6 of the markup, 0 where there is none
    text: str


@dataclass(frozen=True, slots=True)
class Extracted:
    """The article of one page before repair, and the page's furniture for contacts and registrations.

    `lines[:head]` stand above the title (plain text, or inside the article's container).
    """

    title: str
    lines: tuple[RawLine, ...]
    furniture: tuple[str, ...]
    published: str | None
    published_source: str | None  # json-ld | meta | line
    author: str | None
    category: str | None
    site_name: str | None
    extractor: str
    confidence: float
    head: int = 0


@dataclass(frozen=True, slots=True)
class Lost:
    """The page yields no article; `reason` is a documented drop reason."""

    reason: str
