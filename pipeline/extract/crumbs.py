"""Where in its site a page stands: breadcrumbs, and the greeting that names a channel."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from pipeline.extract.comparable import PINYIN, comparable, simplified_lines
from pipeline.extract.metadata import Metadata, Said
from pipeline.extract.titles import LONGEST, SUFFIX, Names
from pipeline.extract.words import PageWords, letters, may_begin

MAX_LINE = 80
MAX_CRUMB, MAX_PARTS = 12, 5
MOST_LINES = 1_000  # of a page, among which its breadcrumbs stand
TOP_LINES = 30  # where a page greets and names its channel
EDGES = " :：!！,，。-—>"
CUT_OFF = ("…", "..", "。。")
LEAST_NAME = 2  # letters of a site's name


@dataclass(frozen=True, slots=True)
class Place:
    """What tells a breadcrumb's parts apart: the page's title, its site's names, the trail in its markup."""

    title: str
    words: PageWords
    sites: frozenset[str] = frozenset()
    trail: Said | None = None


class Shown(NamedTuple):
    """The lines of a page, and those of them that begin in parts, as breadcrumbs do."""

    lines: Sequence[str]
    parted: Sequence[str]

    @classmethod
    def of(cls, lines: Sequence[str], words: PageWords) -> Shown:
        parts = words.crumbs.search
        return cls(lines, [line for line in lines[:MOST_LINES] if parts(line, 0, MAX_LINE)])


def of_crumbs(lines: Iterable[Said], place: Place) -> Metadata:
    """`首页 > 逾期频道 > 逾期政策 > 正文`: the last part but the page itself is the category.

    The first is the channel where there are two, or where its name says so.
    """
    for line in lines:
        inner = _inner(line, place)
        if inner is None:
            continue
        category = inner[-1] if inner and len(inner[-1]) <= MAX_CRUMB else None
        named = len(inner) > 1 or (inner and comparable(inner[0]).endswith(place.words.channel_suffixes))
        channel = inner[0] if named and len(inner[0]) <= MAX_CRUMB else None
        return Metadata(category=_crumb(category, line.source), channel=_crumb(channel, line.source))
    return Metadata()


def _end(line: str, name: str) -> str:
    """The end of a line that has as many letters as a name."""
    return next(
        line[at:] for at in range(len(line), -1, -1) if len(letters(line[at:])) >= len(name) or not at
    )


def of_place(shown: Shown, title: str, words: PageWords, markup: Metadata) -> Metadata:
    """Category and channel by the page's breadcrumbs, else the channel by its first lines."""
    lines = shown.lines
    crumbs = (Said(line[:MAX_LINE], "crumb") for line in shown.parted)
    declared = [markup.trail] if markup.trail else []
    found = of_crumbs((*declared, *crumbs), Place(title, words, site_names(markup), markup.trail))
    top = next((index for index, line in enumerate(lines[:TOP_LINES]) if line == title), TOP_LINES)
    return Metadata(category=found.category, channel=found.channel or greeted_channel(lines[:top], words))


def names_of(markup: Metadata, shown: Shown, words: PageWords) -> Names:
    """What a page calls its site (its meta element, `样例网首页` before its breadcrumbs) and its parts."""
    short = [line for line in shown.parted if len(line) <= MAX_LINE]
    home = next((name for line in short if (name := _home(line, words))), None)
    place = Place("", words, trail=markup.trail)  # a title `样例博客 » 题目` may stand as a line, too
    declared = [markup.trail] if markup.trail else []
    trails = (*declared, *(Said(line, "crumb") for line in short))
    inner = next((parts for line in trails if (parts := _inner(line, place))), [])
    site = tuple(name for name in (markup.site_name.text if markup.site_name else None, home) if name)
    return Names(site, tuple(part for part in inner if len(part) <= MAX_CRUMB))


def site_names(markup: Metadata) -> frozenset[str]:
    """What a site may call itself: by its meta element, and the parts of the page's title."""
    parts = SUFFIX.split(markup.page_title.text[:LONGEST]) if markup.page_title else []
    said = [*parts, markup.site_name.text if markup.site_name else ""]
    return frozenset(name for one in said if len(name := comparable(one)) >= LEAST_NAME)


def _home(line: str, words: PageWords) -> str | None:
    parts = [part.strip(EDGES) for part in words.crumbs.split(line)]
    said = comparable(parts[0]) if 2 <= len(parts) <= MAX_PARTS else ""
    end = next((home for home in words.home if said.endswith(home) and len(said) > len(home)), None)
    name = re.split(r"[:：]", parts[0])[-1].strip(EDGES)
    return name[: -len(end)] if end and len(name) > len(end) else None


def _inner(line: Said, place: Place) -> list[str] | None:
    """The parts between the home page and the page itself; None for a line that is no breadcrumb.

    That it is one shows by its first part (`首页`, the site's name), its label (`您的位置：`) or the markup.
    """
    words = place.words
    parts = [part.strip(EDGES) for part in words.crumbs.split(line.text) if part.strip(EDGES)]
    if not 2 <= len(parts) <= MAX_PARTS:
        return None
    said = [comparable(part) for part in parts]
    label = next((one for one in words.navigation_openers if said[0].startswith(one)), "")
    first = said[0].removeprefix(label)
    known = first.endswith(words.home) or first in place.sites
    if not (known or label or line is place.trail):
        return None
    inner = [at for at in range(1 if known or not first else 0, len(parts)) if not _is_page(parts[at], place)]
    if not known and inner and (len(inner) > 1 or first.endswith(words.not_persons)):
        inner = inner[1:]  # the site, under a name that the page says nowhere else
    parts[0] = _end(parts[0], first)  # without its label
    bare = [PINYIN.sub("", parts[at]) for at in inner]
    return bare[:-1] if len(bare) > 1 and len(bare[-1]) > MAX_CRUMB else bare


def _is_page(part: str, place: Place) -> bool:
    """`正文`, `查看内容`, the page's title, whole or cut off."""
    said, title = comparable(part), comparable(place.title)
    cut = part.endswith(CUT_OFF) and title.startswith(said)
    return said == title or cut or said in place.words.labels or said in place.words.crumb_leaves


def _crumb(text: str | None, source: str) -> Said | None:
    return Said(text, source) if text else None


def greeted_channel(lines: Iterable[str], words: PageWords) -> Said | None:
    """`您好！欢迎访问逾期频道！`, and a line above the title that is a channel's name and nothing else."""
    short = [line for line in lines if len(line) <= MAX_LINE]
    for line, simple in zip(short, simplified_lines(short), strict=True):
        if not any(may_begin(simple, suffix[-1]) for suffix in words.channel_suffixes):
            continue
        said = letters(simple)
        if not said.endswith(words.channel_suffixes):
            continue
        opener = next((one for one in words.greeting_openers if said.startswith(one)), "")
        name = said.removeprefix(opener)
        if (
            name.endswith(words.channel_suffixes)
            and len(name) <= MAX_CRUMB
            and name not in words.navigation_lines
        ):
            bare = PINYIN.sub("", line).strip(EDGES)
            return Said(_end(bare, name), "greeting" if opener else "line")
    return None
