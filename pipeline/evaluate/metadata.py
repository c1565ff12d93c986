"""Dates, authors and titles of pages against what people wrote of them, beside another extractor's.

Gold says a day (`2005-4-25 08:24`), that there is none (`UNKNOWN`, or less than a day: `1998-3`), or nothing
that can be compared (empty, a name where a date belongs).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from pipeline.evaluate.figures import Figure, share, wrong
from pipeline.extract.dates import SHANGHAI, find_date, published_at
from pipeline.extract.words import letters

PART = "metadata"
NONE_SAID = re.compile(r"UNK\w*|(?:19|20)\d\d(?:[-/.年]\d{1,2}月?)?", re.ASCII)

Fate = Literal["right", "wrong", "missed", "invented", "none"]


@dataclass(frozen=True, slots=True)
class Described:
    """What is said of one page; None: nothing found, or gold that says nothing."""

    published: datetime | None = None
    author: str | None = None
    title: str | None = None


@dataclass(frozen=True, slots=True)
class MetadataCase:
    """`knows_date`, `knows_author`: gold says it, or says that there is none."""

    name: str
    gold: Described
    ours: Described
    peer: Described
    knows_date: bool
    knows_author: bool


def gold_date(said: object) -> tuple[datetime | None, bool]:
    """The day, and whether gold says anything of it."""
    text = said.strip() if isinstance(said, str) else ""
    moment = published_at(text) if find_date(text) else None
    return moment, bool(moment or NONE_SAID.fullmatch(text))


def gold_name(said: object) -> tuple[str | None, bool]:
    text = said.strip() if isinstance(said, str) else ""
    named = text if text and not NONE_SAID.fullmatch(text) else None
    return named, bool(text)


def date_fate(found: datetime | None, gold: datetime | None) -> Fate:
    """By the day in Shanghai: gold often lacks the clock, or has another of the page's."""
    same = found is not None and gold is not None and _day(found) == _day(gold)
    return _fate(found is not None, gold is not None, same)


def name_fate(found: str | None, gold: str | None) -> Fate:
    return _fate(bool(found), bool(gold), letters(found or "") == letters(gold or ""))


def _fate(found: bool, known: bool, same: bool) -> Fate:
    if not known:
        return "invented" if found else "none"
    if not found:
        return "missed"
    return "right" if same else "wrong"


def _day(moment: datetime) -> tuple[int, int, int]:
    here = moment.astimezone(SHANGHAI)
    return here.year, here.month, here.day


def metadata_figures(cases: Sequence[MetadataCase], peer: str) -> list[Figure]:
    """Ours with floors, then the peer's, which are only told."""
    dated = [case for case in cases if case.knows_date]
    signed = [case for case in cases if case.knows_author]
    titled = [case for case in cases if case.gold.title]
    ours = [
        *_figures("dates", [date_fate(case.ours.published, case.gold.published) for case in dated]),
        *_figures("authors", [name_fate(case.ours.author, case.gold.author) for case in signed]),
        *_figures("titles", [name_fate(case.ours.title, case.gold.title) for case in titled]),
    ]
    theirs = [
        *_figures("dates", [date_fate(case.peer.published, case.gold.published) for case in dated]),
        *_figures("authors", [name_fate(case.peer.author, case.gold.author) for case in signed]),
        *_figures("titles", [name_fate(case.peer.title, case.gold.title) for case in titled]),
    ]
    return [*ours, *(Figure(PART, f"{peer}-{f.measure}", f.value, f.basis, None) for f in theirs)]


def _figures(name: str, fates: Iterable[Fate]) -> list[Figure]:
    """Wrong and missed are counted of what gold has, invented of where it says that there is none."""
    told = Counter(fates)
    if not told:
        return []
    known = told["right"] + told["wrong"] + told["missed"]
    return [
        share(PART, f"{name}-right", told["right"], known),
        wrong(PART, f"{name}-wrong", told["wrong"], known),
        Figure(PART, f"{name}-missed", told["missed"], known, None),
        wrong(PART, f"{name}-invented", told["invented"], told["invented"] + told["none"]),
    ]
