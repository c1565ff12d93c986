"""The laws, rules and hotlines that are looked for, as `taxonomy.toml` gives them, and how they are cited."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pipeline.findings.definitions import NEVER, Place
from pipeline.tables.topic import LawKind

Pattern = re.Pattern[str]

_OF_LAW = (
    "en", "since", "until", "articles", "titles", "short", "anchors", "patterns", "damaged", "flag",
    "flag_with", "note", "number", "dialled",
)  # fmt: skip
_DAY = re.compile(r"[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])")
_NUMBER = re.compile(r"[0-9]{3,12}|[0-9]{2,11}x{1,9}")
_SHORTEST_TITLE = 2


@dataclass(frozen=True, slots=True)
class Hotline:
    """`number`: its digits, x for any; `dialled`: only a word of telephones tells it from an amount."""

    number: str
    dialled: bool

    @property
    def anchor(self) -> str:
        return self.number.rstrip("x")


@dataclass(frozen=True, slots=True)
class LawCue:
    """`flag`: what is said of every citation; where `flag_with` is given, only in sentences that match it.

    `titles`: cited in 《》, whole or damaged, or bare; `short`: other names, bare only where they are cited.
    `anchors`: plain words of which every citation by `pattern` holds one.
    """

    kind: LawKind
    titles: tuple[str, ...]
    short: tuple[str, ...]
    anchors: tuple[str, ...]
    last_article: int | None
    pattern: Pattern
    damaged: Pattern
    flag: str | None
    flag_with: Pattern | None
    hotline: Hotline | None

    @property
    def sought(self) -> tuple[str, ...]:
        """Plain words of which every citation holds one, but for damaged titles and numbers set apart."""
        numbers = (self.hotline.anchor,) if self.hotline else ()
        return (*self.titles, *self.short, *self.anchors, *numbers)


@dataclass(frozen=True, slots=True)
class Citing:
    """What stands around citations of any law, and around numbers that are dialled."""

    not_after: tuple[str, ...] = ()  # a bare title behind these is another law's: 劳动合同法
    not_before: tuple[str, ...] = ()  # and before these no title: 合同法律关系
    by: tuple[str, ...] = ()  # behind these a short name is a law's without an article: 违反刑法
    drafts: tuple[str, ...] = ()  # in brackets these say that a title is no law yet
    explained: tuple[str, ...] = ()  # behind a title: a text about the law
    called: tuple[str, ...] = ()  # behind a title, in brackets, before what else it is called
    others: tuple[str, ...] = ()  # titles of other texts, that look like one of these with words lost
    call: tuple[str, ...] = ()  # a number is named, be its digits apart: 拨打12 378
    dial: tuple[str, ...] = ()  # a telephone is spoken of
    no_call: tuple[str, ...] = ()  # behind these a number is none: 编号12345
    counted: tuple[str, ...] = ()  # nor before these: 12345元


def read_citing(place: Place, table: Mapping[str, Any]) -> Citing:
    row = table.get("citing", {})
    here = place.at("[citing]")
    if not isinstance(row, dict):
        raise here.error("must be a table")
    here.keys(row, (), tuple(Citing.__dataclass_fields__))
    return Citing(**{key: here.strings(row, key) for key in Citing.__dataclass_fields__})


def read_law(here: Place, row: Mapping[str, Any]) -> LawCue:
    here.keys(row, ("id", "kind", "zh"), _OF_LAW)
    last = here.number(row, "articles") if "articles" in row else None
    flag_with = here.pattern({"flag_with": [row["flag_with"]]}, "flag_with") if "flag_with" in row else None
    law = LawCue(
        _kind(here, row),
        _titles(here, row, "titles"),
        _titles(here, row, "short"),
        here.strings(row, "anchors"),
        last,
        here.pattern(row, "patterns"),
        here.pattern(row, "damaged") if "damaged" in row else NEVER,
        here.optional(row, "flag"),
        flag_with,
        _hotline(here, row),
    )
    if not law.sought:
        raise here.error("needs `titles`, or `patterns` with their `anchors`, or a `number`")
    if "patterns" in row and not law.anchors:
        raise here.error("`patterns` need `anchors`: plain words of which every match holds one")
    return law


def _kind(here: Place, row: Mapping[str, Any]) -> LawKind:
    return LawKind(
        here.string(row, "id"),
        here.string(row, "zh"),
        here.optional(row, "en"),
        here.optional(row, "note"),
        here.string(row, "kind"),
        _day(here, row, "since"),
        _day(here, row, "until"),
    )


def _titles(here: Place, row: Mapping[str, Any], key: str) -> tuple[str, ...]:
    held = here.strings(row, key)
    if any(len(title) < _SHORTEST_TITLE or title != "".join(title.split()) for title in held):
        raise here.error(f"`{key}` must have two characters or more, and no white space")
    return held


def _hotline(here: Place, row: Mapping[str, Any]) -> Hotline | None:
    number = here.optional(row, "number")
    if number is None:
        return None
    if not _NUMBER.fullmatch(number):
        raise here.error("`number` must be digits, with x at its end for any")
    return Hotline(number, here.flag(row, "dialled"))


def _day(here: Place, row: Mapping[str, Any], key: str) -> str | None:
    said = here.optional(row, key)
    if said is not None and not _DAY.fullmatch(said):
        raise here.error(f"`{key}` must be a day such as 2021-01-01")
    return said
