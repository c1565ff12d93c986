"""What a page says of itself beside its text, each with where it was found; None rather than a guess.

Sources, in the order in which they are believed: `json-ld`, `meta`, `time-element` (and other microdata),
`label` (发布时间：…, 作者：…), `line` (a byline without labels), `crumb`, `greeting`, and where nothing
better is said `editor-label` and `update-label`. An address is no source of a date: `/2024/05/` may be when
a file was moved, and `/20240512/` a number.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

from pipeline.extract.dates import has_clock, published_at
from pipeline.extract.model import Extracted


@dataclass(frozen=True, slots=True)
class Said:
    """Words of the page and where they were found."""

    text: str
    source: str


@dataclass(frozen=True, slots=True)
class Metadata:
    """None where the page says nothing readable. `published` is a text that `published_at` reads."""

    published: Said | None = None
    author: Said | None = None
    category: Said | None = None
    channel: Said | None = None
    site_name: Said | None = None
    headline: Said | None = None  # JSON-LD
    og_title: Said | None = None
    page_title: Said | None = None  # of the title element
    trail: Said | None = None  # breadcrumbs that the markup calls so, as one line: 首页 > 逾期 > 正文


FIELDS = tuple(field.name for field in fields(Metadata))


def with_metadata(found: Extracted, said: Metadata) -> Extracted:
    return replace(
        found,
        published=_words(said.published),
        published_source=_source(said.published),
        author=_words(said.author),
        author_source=_source(said.author),
        category=_words(said.category),
        category_source=_source(said.category),
        channel=_words(said.channel),
        channel_source=_source(said.channel),
    )


def _words(said: Said | None) -> str | None:
    return said.text if said else None


def _source(said: Said | None) -> str | None:
    return said.source if said else None


def merged(*ranked: Metadata) -> Metadata:
    """Field by field what is said first; of a day without a clock the later word with one."""
    found: dict[str, Said | None] = {
        name: next((said for one in ranked if (said := getattr(one, name))), None) for name in FIELDS
    }
    published = found["published"]
    others = (one.published for one in ranked if published and one.published is not published)
    finer = (one for one in others if one and published and _is_finer(one, published))
    return Metadata(**{**found, "published": next(finer, published)})


def _is_finer(one: Said, other: Said) -> bool:
    """`2022年02月13日07:48` of a byline, where the meta element says `2022-02-13`."""
    if one.source == "update-label" or has_clock(other.text) or not has_clock(one.text):
        return False
    moment, day = published_at(one.text), published_at(other.text)
    return bool(moment and day) and 0 <= (moment - day).total_seconds() < 24 * 3600  # type: ignore[operator]
