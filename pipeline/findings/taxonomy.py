"""The kinds that are looked for: practices, laws and hotlines, advice; what `taxonomy.toml` says."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, get_args

from pipeline.findings.alternatives import AnyOf
from pipeline.findings.definitions import NEVER, Place, topic_table
from pipeline.records import Assertion, Attribution
from pipeline.tables.topic import LawKind, PracticeKind, Tip
from pipeline.topic import Topic

Pattern = re.Pattern[str]

_LABELS = ("id", "zh", "en")
_OF_LAW = ("en", "since", "until", "articles", "damaged", "flag", "flag_with", "note")
_DAY = re.compile(r"[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])")
_SAID = ("definition", "example", "counter_example")


@dataclass(frozen=True, slots=True)
class Said:
    """What a kind means, with a sentence that is one and a sentence that is none."""

    definition: str
    example: str
    counter_example: str


@dataclass(frozen=True, slots=True)
class PracticeCue:
    """`of_lender`: only who lent can do it, so that nobody else need be named: 账单会被打包转给合作的机构."""

    kind: PracticeKind
    cue: AnyOf
    said: Said
    of_lender: bool = False


@dataclass(frozen=True, slots=True)
class LawCue:
    """`flag`: what is said of every citation; where `flag_with` is given, only in sentences that match it.

    `anchors`: plain words of which every citation holds one.
    """

    kind: LawKind
    anchors: tuple[str, ...]
    last_article: int | None
    pattern: Pattern
    damaged: Pattern
    flag: str | None
    flag_with: Pattern | None


@dataclass(frozen=True, slots=True, eq=False)  # by identity: where its cue stands is remembered
class TipCue:
    kind: Tip
    cue: AnyOf
    said: Said


@dataclass(frozen=True, slots=True)
class Taxonomy:
    practices: tuple[PracticeCue, ...]
    laws: tuple[LawCue, ...]
    tips: tuple[TipCue, ...]


def read_taxonomy(topic: Topic) -> Taxonomy:
    place, table = topic_table(topic, "taxonomy")
    place.keys(table, ("practice",), ("assertion", "attribution", "group", "law", "tip"))
    _states(place, table, "assertion", get_args(Assertion))
    _states(place, table, "attribution", get_args(Attribution))
    groups = {place.string(row, "id") for row in place.tables(table, "group")}
    return Taxonomy(
        tuple(_practice(here, row, groups) for here, row in _entries(place, table, "practice")),
        tuple(_law(here, row) for here, row in _entries(place, table, "law")),
        tuple(_tip(here, row) for here, row in _entries(place, table, "tip")),
    )


def _entries(place: Place, table: Mapping[str, Any], key: str) -> list[tuple[Place, Mapping[str, Any]]]:
    rows = place.tables(table, key)
    ids = [row.get("id") for row in rows]
    for row_id in ids:
        if ids.count(row_id) > 1:
            raise place.error(f"{key} `{row_id}` stands twice")
    return [(place.at(f"{key} `{row.get('id', '?')}`"), row) for row in rows]


def _states(place: Place, table: Mapping[str, Any], key: str, known: tuple[str, ...]) -> None:
    """States are fixed by the records; the file explains them."""
    for here, row in _entries(place, table, key):
        here.keys(row, (*_LABELS, *_SAID))
        if row["id"] not in known:
            raise here.error(f"no such state; known: {', '.join(known)}")


def _practice(here: Place, row: Mapping[str, Any], groups: set[str]) -> PracticeCue:
    here.keys(row, (*_LABELS, "group", "cues", *_SAID), ("severity", "cfpb", "regulation", "of_lender"))
    practice_id, zh, en, group = (here.string(row, key) for key in (*_LABELS, "group"))
    if group not in groups:
        raise here.error(f"no group `{group}`")
    of_lender = here.flag(row, "of_lender")
    return PracticeCue(
        PracticeKind(practice_id, group, zh, en), here.cues(row, "cues"), _said(here, row), of_lender
    )


def _law(here: Place, row: Mapping[str, Any]) -> LawCue:
    here.keys(row, ("id", "kind", "zh", "anchors", "patterns"), _OF_LAW)
    kind = LawKind(
        here.string(row, "id"),
        here.string(row, "zh"),
        here.optional(row, "en"),
        here.optional(row, "note"),
        here.string(row, "kind"),
        _day(here, row, "since"),
        _day(here, row, "until"),
    )
    last = here.number(row, "articles") if "articles" in row else None
    flag_with = here.pattern({"flag_with": [row["flag_with"]]}, "flag_with") if "flag_with" in row else None
    damaged = here.pattern(row, "damaged") if "damaged" in row else NEVER
    return LawCue(
        kind,
        here.strings(row, "anchors"),
        last,
        here.pattern(row, "patterns"),
        damaged,
        here.optional(row, "flag"),
        flag_with,
    )


def _day(here: Place, row: Mapping[str, Any], key: str) -> str | None:
    said = here.optional(row, key)
    if said is not None and not _DAY.fullmatch(said):
        raise here.error(f"`{key}` must be a day such as 2021-01-01")
    return said


def _tip(here: Place, row: Mapping[str, Any]) -> TipCue:
    here.keys(row, (*_LABELS, "cues", *_SAID), ("promotional",))
    promotional = here.flag(row, "promotional")
    tip_id, zh, en = (here.string(row, key) for key in _LABELS)
    return TipCue(Tip(tip_id, zh, en, promotional), here.cues(row, "cues"), _said(here, row))


def _said(here: Place, row: Mapping[str, Any]) -> Said:
    return Said(*(here.string(row, key) for key in _SAID))
