"""When, by whom and in which category, from the lines about a page's title and text."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.extract.authors import author
from pipeline.extract.byline_rows import HAN, SENTENCE, About, Line, Zones, first_said
from pipeline.extract.comparable import PINYIN
from pipeline.extract.dates import published_at, short_date
from pipeline.extract.metadata import Metadata, Said
from pipeline.extract.words import PageWords, letters

MAX_REST = 30  # Han of a byline beside its date: source, place, buttons
MAX_SIGNED = 4  # letters beside a date that ends a text: （02版）
BUTTON = 12  # letters of a link that is no title
SOURCE = 8  # of one beside a date that names who printed it: hardly a title is as short
LAST = 8  # lines of a text that may sign it
POSTED_BY = re.compile(r"由\S{2,20}[于在]\s*$")


def of_lines(about: About, words: PageWords) -> Metadata:
    """Labels before bare bylines, what stands near the title before the rest."""
    zones = Zones.of(about)
    return Metadata(
        published=_published(zones, about.title, words),
        author=author(zones, about, words),
        category=_category(zones.by_title, words) or _filed_under(zones.behind, words),
    )


def _published(zones: Zones, title: str, words: PageWords) -> Said | None:
    """A label near the title or about the text; a bare date near the title; the date that signs the text."""
    dated, lines = zones.dated, zones.dated.all
    return (
        first_said(dated.by_title if title else (), lambda line: published_by_label(line, words), "label")
        or _earliest(lines, words)
        or _bare_by_title(dated.by_title, title, words)
        or first_said(lines, lambda line: _updated_by_label(line, words), "update-label")
        or _signed(dated.inside, zones.inside[-LAST:], words)
    )


def _bare_by_title(lines: Sequence[Line], title: str, words: PageWords) -> Said | None:
    """The nearest below the title, then above it. Where the page shows no title, only if there is one day."""
    said = [date for line in lines if (date := _bare(line, title, words))]
    days = {moment.date() for date in said if (moment := published_at(date))}
    return Said(said[0], "line") if said and (title or len(days) == 1) else None


def _earliest(lines: Sequence[Line], words: PageWords) -> Said | None:
    """`发表于 2005-09-07 11:57` in or under a text.

    Where several follow, they are comments or answers if they are later; a later one before an earlier one
    is a list of posts, newest first, and no date is this text's.
    """
    labelled = [(line, date) for line in lines if (date := published_by_label(line, words))]
    said = [date for line, date in labelled if not line.leads_elsewhere or _is_button(line)]
    moments = [moment for date in said if (moment := published_at(date))]
    return Said(said[0], "label") if said and moments[0] == min(moments) else None


def _is_button(line: Line) -> bool:
    return len(letters(line.without_dates)) <= BUTTON


def published_by_label(line: Line, words: PageWords) -> str | None:
    """`发布时间：2024-12-11`, `2024-12-11 发布`; a year in two digits only here."""
    for found in line.dates:
        before, behind = line.said[: found.start()], line.said[found.end() :].lstrip()
        labelled = words.published_before.search(before) or words.published_behind.match(behind)
        if labelled or POSTED_BY.search(before):
            return found.group().strip()
    short = words.published_short.search(line.said)
    return short_date(line.said[short.end() :]) if short else None


def _updated_by_label(line: Line, words: PageWords) -> str | None:
    found = next((found for found in line.dates if _is_updated(line, found, words)), None)
    return found.group().strip() if found else None


def _is_updated(line: Line, found: re.Match[str], words: PageWords) -> bool:
    before, behind = line.said[: found.start()], line.said[found.end() :].lstrip()
    return bool(words.updated_before.search(before) or words.updated_behind.match(behind))


def _bare(line: Line, title: str, words: PageWords) -> str | None:
    """The one day of a line that is no sentence, no link to another page and names no event.

    `http://样例.example/ 2005-03-31 03:18 样例日报` is a byline, also where the paper is a link;
    `2022年02月12日 查看旧版`, an archive's range and `时间：2024-05-01 地点：…` are none.
    """
    if not line.dates or words.other_dates.search(line.said.lower()):
        return None
    found, rest = line.dates[0], line.without_dates.replace(title, "") if title else line.without_dates
    weak = words.weak_before.search(line.said[: found.start()])
    if len({published_at(date.group()) for date in line.dates}) > 1 or _is_updated(line, found, words):
        return None
    elsewhere = line.leads_elsewhere and line.row.linked > SOURCE and not weak
    if SENTENCE.search(rest) or len(HAN.findall(rest)) > MAX_REST or elsewhere:
        return None
    return found.group().strip()


def _signed(inside: Sequence[Line], last: Sequence[Line], words: PageWords) -> Said | None:
    """A date that ends a text, alone in its line or nearly so; several are the dates of a list."""
    alone = [line for line in inside if len(letters(line.without_dates)) <= MAX_SIGNED]
    dates = [(line, date) for line in alone if (date := _bare(line, "", words))]
    ends = len(dates) == 1 and any(line is dates[0][0] for line in last)
    return Said(dates[0][1], "line") if ends else None


def _category(lines: Sequence[Line], words: PageWords) -> Said | None:
    for line in lines:
        if found := words.category.search(line.said):
            return _labelled_category(line, found)
        if heat := _heat_category(line.row.text):
            return Said(heat, "line")
    return None


def _filed_under(behind: Sequence[Line], words: PageWords) -> Said | None:
    """`分类：债务 标签：协商`: right behind the text, as blogs put it; the first of several."""
    found = ((line, words.category.match(line.said)) for line in behind)
    return next((_labelled_category(line, match) for line, match in found if match), None)


def _labelled_category(line: Line, match: re.Match[str]) -> Said:
    return Said(PINYIN.sub("", line.own(match.group("value").strip())), "label")


def _heat_category(text: str) -> str | None:
    """`平台逾期 2℃ 0`, as Z-Blog themes print it: category, heat, comments."""
    parts = text.split()
    heat = len(parts) == 3 and parts[1].endswith("℃") and parts[2].isdigit()
    return PINYIN.sub("", parts[0]) if heat else None
