"""The forms in which pages write a date, each with its reader; `FORMS` lists those that need no label."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone

SHANGHAI = timezone(timedelta(hours=8))  # no summer time since 1991; a time without a zone is meant so
MINGUO = 1911  # 民國113年 is 2024
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

DATE = (
    # What must not stand before it is asked behind its first digits: so the search goes from 1 to 2.
    r"(?P<year>(?:19|20)(?<![\d.]\d\d)(?<!\d/\d\d)\d\d)\s*(?:年|(?P<mark>[-/.]))\s*(?P<month>[01]?\d)\s*"
    r"(?(mark)(?P=mark)|月)\s*"
    r"(?P<day>[0-3]?\d)(?!\d)\s*日?"
)
WEEKDAY = r"(?:\s*[,，]?\s*[(（\[]?(?:星期|周|週|礼拜)[一二三四五六日天][)）\]]?(?=[\s,，\d]))?"
TIME = (
    r"(?:[\s,，]*T?\s*(?:(?P<early>上午|早上|凌晨)|(?P<late>下午|晚上)|中午)?\s*(?P<hour>[0-2]?\d)\s*[:：时時点]\s*"
    r"(?P<minute>[0-5]\d)(?:\s*[:：分]\s*(?P<second>[0-5]\d)(?!\d)秒?)?(?:[.,]\d{1,9})?分?"
    r"(?:\s*(?P<half>[AaPp])\.?[Mm]\b\.?)?"
    r"(?:\s*(?P<zone>Z\b|(?:GMT|UTC)?\s?[+-][01]?\d(?::?[0-5]\d)?(?![\d-])|GMT\b|UTC\b|CST\b))?)?"
)
MOMENT = re.compile(DATE + WEEKDAY + TIME, re.ASCII)
MONTH_NAME = r"(?P<name>Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]{0,6}\.?"
YEAR = r"(?P<year>(?:19|20)\d\d)(?!\d)"
DAY_FIRST = re.compile(
    rf"(?<!\d)(?P<day>[0-3]?\d)(?:st|nd|rd|th)?[\s-]+{MONTH_NAME}[\s,-]+{YEAR}{TIME}", re.ASCII
)
MONTH_FIRST = re.compile(
    rf"\b{MONTH_NAME}\s+(?P<day>[0-3]?\d)(?:st|nd|rd|th)?,?\s+{YEAR}(?:\s+at)?{TIME}", re.ASCII
)
JAVA = re.compile(
    rf"\b{MONTH_NAME}\s+(?P<day>[0-3]?\d)\s+(?P<hour>[0-2]\d):(?P<minute>[0-5]\d):(?P<second>[0-5]\d)\s+"
    rf"(?P<zone>CST|GMT|UTC|GMT[+-]\d\d:\d\d)\s+{YEAR}",
    re.ASCII,
)
SLASHED = re.compile(
    rf"(?<![\d/])(?P<first>[0-3]?\d)/(?P<then>[0-3]?\d)/{YEAR}{TIME}", re.ASCII
)  # month or day first: see _slashed
NUMERAL = re.compile(
    r"(?P<year>(?:二[〇○零ＯO]|一九)[〇○零ＯO一二三四五六七八九]{2})年(?P<month>[一二三四五六七八九十]{1,2})月"
    r"(?P<day>[一二三四五六七八九十廿卅]{1,3})日"
)
REPUBLIC = re.compile(
    r"民[国國]\s*(?P<year>\d{2,3})\s*(?:年|[-/.])\s*(?P<month>[01]?\d)\s*(?:月|[-/.])\s*(?P<day>[0-3]?\d)(?!\d)\s*日?"
    + TIME,
    re.ASCII,
)
SHORT = re.compile(
    r"(?<![\d./-])(?P<year>\d\d)(?:年|(?P<mark>[-/.]))\s?(?P<month>[01]?\d)(?(mark)(?P=mark)|月)\s?"
    r"(?P<day>[0-3]?\d)(?![\d.])\s*日?" + TIME,
    re.ASCII,
)
COMPACT = re.compile(
    r"(?P<year>(?:19|20)\d\d)(?P<month>[01]\d)(?P<day>[0-3]\d)"
    r"(?:[ T]?(?P<hour>[0-2]\d)(?P<minute>[0-5]\d)(?P<second>[0-5]\d)?)?",
    re.ASCII,
)
EPOCH = re.compile(r"(?P<seconds>1\d{9})(?:\d{3})?", re.ASCII)  # 2001 to 2033, with or without milliseconds
DIGITS = {digit: value for value, said in enumerate(("〇○零ＯO", *"一二三四五六七八九")) for digit in said}

Parts = dict[str, str | None]


def moment_of(parts: Parts) -> datetime:
    year, month, day, minute, second = (
        int(parts.get(key) or 0) for key in ("year", "month", "day", "minute", "second")
    )
    zone = _zone(parts.get("zone"))
    return datetime(year, month, day, _hour(parts), minute, second, tzinfo=zone)


def _hour(parts: Parts) -> int:
    """下午6 and 6 PM are 18; 凌晨12 and 12 AM are 0."""
    hour = int(parts.get("hour") or 0)
    half = (parts.get("half") or "").lower()
    if (parts.get("late") or half == "p") and hour < 12:
        return hour + 12
    return 0 if (parts.get("early") or half == "a") and hour == 12 else hour


def _zone(said: str | None) -> timezone:
    """CST is China's: on these pages nobody means Chicago."""
    if said is None or said == "CST":
        return SHANGHAI
    offset = re.search(r"([+-])(\d{1,2}):?(\d\d)?$", said)
    if offset is None:
        return UTC
    away = timedelta(hours=int(offset[2]), minutes=int(offset[3] or 0))
    return timezone(-away if offset[1] == "-" else away)


def _named(parts: Parts) -> datetime:
    name = (parts["name"] or "")[:3].lower()
    return moment_of({**parts, "month": str(MONTHS.index(name) + 1)})


def _slashed(parts: Parts) -> datetime | None:
    """`9/17/2004` and `17/9/2004`: only where one of both can be no month, or both are the same."""
    first, then = int(parts["first"] or 0), int(parts["then"] or 0)
    if first != then and max(first, then) <= len(MONTHS):
        return None
    month, day = (first, then) if first <= len(MONTHS) else (then, first)
    return moment_of({**parts, "month": str(month), "day": str(day)})


def _numerals(parts: Parts) -> datetime:
    """`二〇〇五年七月十八日`."""
    year = "".join(str(DIGITS[digit]) for digit in parts["year"] or "")
    month, day = (str(_number(parts[key] or "")) for key in ("month", "day"))
    return moment_of({"year": year, "month": month, "day": day})


def _number(said: str) -> int:
    tens, ten, ones = said.replace("廿", "二十").replace("卅", "三十").rpartition("十")
    return (DIGITS[tens] if tens else 1 if ten else 0) * 10 + (DIGITS[ones] if ones else 0)


def _republic(parts: Parts) -> datetime:
    return moment_of({**parts, "year": str(int(parts["year"] or 0) + MINGUO)})


@dataclass(frozen=True, slots=True)
class Form:
    """A pattern, what reads its matches, and what every match holds, which most lines do not."""

    pattern: re.Pattern[str]
    read: Callable[[Parts], datetime | None]
    sign: re.Pattern[str]


NAMES = re.compile("Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec")
FORMS = (
    Form(MOMENT, moment_of, re.compile("19|20")),
    Form(DAY_FIRST, _named, NAMES),
    Form(MONTH_FIRST, _named, NAMES),
    Form(JAVA, _named, NAMES),
    Form(SLASHED, _slashed, re.compile("/")),
    Form(NUMERAL, _numerals, re.compile("年")),
    Form(REPUBLIC, _republic, re.compile("民")),
)
