"""Where in its site a page stands: breadcrumbs, and the greeting that names a channel."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from pipeline.extract.comparable import PINYIN, comparable, simplified
from pipeline.extract.metadata import Metadata, Said
from pipeline.extract.titles import Names
from pipeline.extract.words import PageWords, letters

MAX_LINE = 80
MAX_CRUMB, MAX_PARTS = 12, 5
MOST_LINES = 1_000  # of a page, among which its breadcrumbs stand
TOP_LINES = 30  # where a page greets and names its channel
EDGES = " :：!！,，。-—>"


def parted(lines: Sequence[str], words: PageWords) -> list[str]:
    """The lines of a page that begin in parts, as breadcrumbs do."""
    return [line for line in lines[:MOST_LINES] if words.crumbs.search(line, 0, MAX_LINE)]


def of_crumbs(lines: Sequence[str], title: str, words: PageWords) -> Metadata:
    """`首页 > 逾期频道 > 逾期政策 > 正文`: the last part but the page itself is the category.

    The first is the channel where there are two, or where its name says so.
    """
    for line in parted(lines, words):
        inner = _inner(line[:MAX_LINE], title, words)
        if inner is None:
            continue
        category = inner[-1] if inner and len(inner[-1]) <= MAX_CRUMB else None
        named = len(inner) > 1 or (inner and comparable(inner[0]).endswith(words.channel_suffixes))
        channel = inner[0] if named and len(inner[0]) <= MAX_CRUMB else None
        return Metadata(category=_crumb(category), channel=_crumb(channel))
    return Metadata()


def _end(line: str, name: str) -> str:
    """The end of a line that has as many letters as a name."""
    return next(
        line[at:] for at in range(len(line), -1, -1) if len(letters(line[at:])) >= len(name) or not at
    )


def of_place(lines: Sequence[str], title: str, words: PageWords) -> Metadata:
    """Category and channel by the page's breadcrumbs, else the channel by its first lines."""
    found = of_crumbs(lines, title, words)
    place = next((index for index, line in enumerate(lines[:TOP_LINES]) if line == title), TOP_LINES)
    return Metadata(category=found.category, channel=found.channel or greeted_channel(lines[:place], words))


def names_of(markup: Metadata, lines: Sequence[str], words: PageWords) -> Names:
    """What a page calls its site (its meta element, `样例网首页` before its breadcrumbs) and its parts."""
    short = [line for line in parted(lines, words) if len(line) <= MAX_LINE]
    home = next((name for line in short if (name := _home(line, words))), None)
    inner = next((parts for line in short if (parts := _inner(line, "", words))), [])
    site = tuple(name for name in (markup.site_name.text if markup.site_name else None, home) if name)
    return Names(site, tuple(inner))


def _home(line: str, words: PageWords) -> str | None:
    parts = [part.strip(EDGES) for part in words.crumbs.split(line)]
    said = comparable(parts[0]) if 2 <= len(parts) <= MAX_PARTS else ""
    end = next((home for home in words.home if said.endswith(home) and len(said) > len(home)), None)
    name = re.split(r"[:：]", parts[0])[-1].strip(EDGES)
    return name[: -len(end)] if end and len(name) > len(end) else None


def _inner(line: str, title: str, words: PageWords) -> list[str] | None:
    """The parts between the home page and the page itself; None for a line that is no breadcrumb."""
    parts = [part.strip(EDGES) for part in words.crumbs.split(line) if part.strip(EDGES)]
    if not 2 <= len(parts) <= MAX_PARTS or not comparable(parts[0]).endswith(words.home):
        return None
    said = [comparable(part) for part in parts]
    other = words.labels | {comparable(title)}
    return [PINYIN.sub("", part) for part, its in zip(parts[1:], said[1:], strict=True) if its not in other]


def _crumb(text: str | None) -> Said | None:
    return Said(text, "crumb") if text else None


def greeted_channel(lines: Iterable[str], words: PageWords) -> Said | None:
    """`您好！欢迎访问逾期频道！`, and a line above the title that is a channel's name and nothing else."""
    for line in lines:
        if len(line) > MAX_LINE:
            continue
        said = letters(simplified(line))
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
