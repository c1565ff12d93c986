"""Dates as pages write them."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone

SHANGHAI = timezone(timedelta(hours=8))  # no summer time since 1991; a time without a zone is meant so
FIRST_YEAR = 1991  # no older date is when a web page was published
DATE = (
    r"(?<![\d.])(?P<year>(?:19|20)\d\d)\s*(?:[-/.]|年)\s*(?P<month>[01]?\d)\s*(?:[-/.]|月)\s*"
    r"(?P<day>[0-3]?\d)(?!\d)\s*日?"
)
TIME = (
    r"(?:\s*T?\s*(?:上午|(?P<late>下午|晚上))?\s*(?P<hour>[0-2]?\d)\s*[:：时]\s*(?P<minute>[0-5]\d)"
    r"(?:\s*[:：分]\s*(?P<second>[0-5]\d))?(?:[.,]\d{1,9})?\s*(?P<zone>Z|[+-][01]\d:?[0-5]\d)?)?"
)
MOMENT = re.compile(DATE + TIME, re.ASCII)
LONGEST = 200  # characters of a line that may be a date's


def find_date(text: str) -> str | None:
    """The first date in a line, with its time where it has one, as the page writes it.

    >>> find_date("林小编 2024-12-11 18:58:36 浏览 3")
    '2024-12-11 18:58:36'
    """
    found = MOMENT.search(text[:LONGEST])
    return found.group().strip() if found else None


def published_at(text: str | None, fetched_at: datetime | None = None) -> datetime | None:
    """UTC; without a zone Asia/Shanghai; None for no date, an impossible one, or one after `fetched_at`.

    >>> published_at("2024-12-11 18:58:36").isoformat()
    '2024-12-11T10:58:36+00:00'
    >>> published_at("2024-02-30") is None
    True
    """
    found = MOMENT.search((text or "")[:LONGEST])
    if not found:
        return None
    try:
        moment = _moment(found.groupdict()).astimezone(UTC)
    except ValueError:  # 30 February, 24:30
        return None
    # A day of grace: clocks and zones differ.
    future = fetched_at is not None and moment > fetched_at + timedelta(days=1)
    return None if future or moment.year < FIRST_YEAR else moment


def _moment(parts: dict[str, str | None]) -> datetime:
    year, month, day, hour, minute, second = (
        int(parts[key] or 0) for key in ("year", "month", "day", "hour", "minute", "second")
    )
    hour += 12 if parts["late"] and hour < 12 else 0
    return datetime(year, month, day, hour, minute, second, tzinfo=_zone(parts["zone"]))


def _zone(said: str | None) -> timezone:
    if said is None:
        return SHANGHAI
    if said == "Z":
        return UTC
    offset = timedelta(hours=int(said[1:3]), minutes=int(said[-2:]))
    return timezone(-offset if said[0] == "-" else offset)
