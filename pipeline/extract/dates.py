"""Dates as pages write them. What leaves the day open is no date: `3小时前`, `12-11 18:58`, `2024年12月`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple

from pipeline.extract.date_forms import (
    COMPACT,
    EPOCH,
    FORMS,
    MOMENT,
    MONTHS,
    SHANGHAI,
    SHORT,
    Parts,
    moment_of,
)

__all__ = ["MOMENT", "SHANGHAI", "find_date", "find_dates", "machine_date", "published_at", "short_date"]

FIRST_YEAR = 1991  # no older date is when a web page was published
LAST_SHORT_YEAR = 50  # of a year in two digits: 49 is 2049, 91 is 1991
WIDE = str.maketrans("０１２３４５６７８９：／－．\u3000", "0123456789:/-. ")
# A year, a digit of full width, 民国 or a year in numerals; begun with a set, as byline_rows.MAY_DATE.
YEAR = re.compile(
    r"[12０-９民〇○零ＯO一二三四五六七八九](?:(?<=1)9\d\d|(?<=2)0\d\d|(?<=[０-９])|(?<=民)[国國]|(?<![12民])年)"
)
LONGEST = 200  # characters of a line that may be a date's


def find_date(text: str) -> str | None:
    """The first date in a line, with its time where it has one, as the page writes it.

    >>> find_date("林小编 2024-12-11 18:58:36 浏览 3")
    '2024-12-11 18:58:36'
    >>> find_date("更新于 3小时前")
    """
    found = next(find_dates(text), None)
    return found.group().strip() if found else None


def find_dates(text: str) -> Iterator[re.Match[str]]:
    """All that say a possible day, in the order of the line; digits of full width count as digits."""
    return (found.match for found in _dates_in(text))


class _Dated(NamedTuple):
    """Where a line says a day, and when that is (UTC)."""

    match: re.Match[str]
    moment: datetime


def _dates_in(text: str) -> tuple[_Dated, ...]:
    return _dates(text[:LONGEST]) if YEAR.search(text, 0, LONGEST) else ()  # none in nearly every line


@lru_cache(maxsize=1_024)  # a page's date is read again by whoever compares it
def _dates(text: str) -> tuple[_Dated, ...]:
    said, kept = text.translate(WIDE), []
    forms = (form for form in FORMS if form.sign.search(said))
    matches = ((match, form.read) for form in forms for match in form.pattern.finditer(said))
    dated = [_Dated(match, moment) for match, read in matches if (moment := _parsed(match, read))]
    end = 0
    for one in sorted(dated, key=lambda one: (one.match.start(), -one.match.end())):
        if one.match.start() >= end:
            end = one.match.end()
            kept.append(one)
    return tuple(kept)


def published_at(text: str | None, fetched_at: datetime | None = None) -> datetime | None:
    """UTC; without a zone Asia/Shanghai; None for no date, an impossible one, or one after `fetched_at`.

    >>> published_at("2024-12-11 18:58:36").isoformat()
    '2024-12-11T10:58:36+00:00'
    >>> published_at("2024-02-30") is None
    True
    """
    dated = _dates_in(text or "")
    if not dated:
        return None
    moment = dated[0].moment
    # A day of grace: clocks and zones differ.
    future = fetched_at is not None and moment > fetched_at + timedelta(days=1)
    return None if future else moment


def short_date(text: str) -> str | None:
    """A year in two digits, behind a label only; in ISO form.

    `24-12-11` and `24年12月11日` name the year first, as Chinese pages do. `12-11-24` may be anything: none.

    >>> short_date("24-12-11 18:58")
    '2024-12-11T18:58:00+08:00'
    >>> short_date("12-11-24")
    """
    found = SHORT.match(text[:LONGEST].translate(WIDE))
    if not found or (found["mark"] and int(found["year"]) <= len(MONTHS)):
        return None
    year = int(found["year"])
    parts = {**found.groupdict(), "year": str(year + (2000 if year < LAST_SHORT_YEAR else 1900))}
    moment = _valid(lambda: moment_of(parts))
    return moment.isoformat() if moment else None


def machine_date(text: str | None) -> str | None:
    """What a meta element or an attribute says: also `20241211185836` and seconds since 1970.

    >>> machine_date("1716193079")
    '2024-05-20T08:17:59+00:00'
    >>> machine_date("20241211")
    '2024-12-11T00:00:00+08:00'
    """
    said = " ".join((text or "")[: 10 * LONGEST].split())[:LONGEST]
    if found := EPOCH.fullmatch(said):
        return datetime.fromtimestamp(int(found["seconds"]), UTC).isoformat()
    if found := COMPACT.fullmatch(said):
        parts = found.groupdict()
        moment = _valid(lambda: moment_of(parts))
        return moment.isoformat() if moment else None
    return find_date(said)


def _parsed(found: re.Match[str], read: Callable[[Parts], datetime | None]) -> datetime | None:
    """UTC; None for what is no day (30 February) or none of the web's."""
    parts = found.groupdict()
    moment = _valid(lambda: read(parts))
    return moment.astimezone(UTC) if moment else None


def _valid(read: Callable[[], datetime | None]) -> datetime | None:
    try:
        moment = read()
    except ValueError:  # 30 February, 24:30
        return None
    return moment if moment is not None and moment.year >= FIRST_YEAR else None


def has_clock(text: str) -> bool:
    """Whether a date says a time of day; midnight is what systems write for none.

    >>> has_clock("2022年02月13日07:48"), has_clock("2022-01-28 00:00:00"), has_clock("2022-01-28")
    (True, False, False)
    """
    found = next(find_dates(text), None)
    parts = found.groupdict() if found else {}
    return any(int(parts.get(key) or 0) for key in ("hour", "minute", "second"))
