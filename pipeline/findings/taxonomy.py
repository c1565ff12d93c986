"""The kinds that are looked for: practices, laws and hotlines, advice; what `taxonomy.toml` says."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, get_args

from pipeline.findings.alternatives import AnyOf
from pipeline.findings.definitions import Place, topic_table
from pipeline.findings.law_cues import Citing, LawCue, read_citing, read_law
from pipeline.records import Assertion, Attribution
from pipeline.tables.topic import PracticeKind, Tip
from pipeline.topic import Topic

_CLASS = re.compile(r"(?<!\(\?P)(?<!\(\?)<([a-z]+)>")
_LABELS = ("id", "zh", "en")
_SAID = ("definition", "example", "counter_example")


@dataclass(frozen=True, slots=True)
class Said:
    """What a kind means, with a sentence that is one and a sentence that is none."""

    definition: str
    example: str
    counter_example: str


@dataclass(frozen=True, slots=True)
class PracticeCue:
    """`of_lender`: only who lent can do it, so that nobody else need be named: 账单会被打包转给合作的机构.

    `stands`: it is no part of what another kind's cue says around it: 深夜发送威胁短信 is a threat, too.
    """

    kind: PracticeKind
    cue: AnyOf
    said: Said
    of_lender: bool = False
    stands: bool = False


@dataclass(frozen=True, slots=True, eq=False)  # by identity: where its cue stands is remembered
class TipCue:
    kind: Tip
    cue: AnyOf
    said: Said


@dataclass(frozen=True, slots=True)
class Taxonomy:
    practices: tuple[PracticeCue, ...]
    laws: tuple[LawCue, ...]
    citing: Citing
    tips: tuple[TipCue, ...]


def read_taxonomy(topic: Topic) -> Taxonomy:
    place, table = topic_table(topic, "taxonomy")
    place.keys(table, ("practice",), ("assertion", "attribution", "citing", "group", "law", "tip", "words"))
    _states(place, table, "assertion", get_args(Assertion))
    _states(place, table, "attribution", get_args(Attribution))
    groups = {place.string(row, "id") for row in place.tables(table, "group")}
    return Taxonomy(
        tuple(_practice(here, row, groups) for here, row in _entries(place, table, "practice")),
        tuple(read_law(here, row) for here, row in _entries(place, table, "law")),
        read_citing(place, table),
        tuple(_tip(here, row) for here, row in _entries(place, spelled(place, table), "tip")),
    )


def spelled(place: Place, table: Mapping[str, Any]) -> Mapping[str, Any]:
    """The table, where a class of `[words]` that a tip's cue names stands for any of its words.

    >>> words = {"keep": ["保存", "留好"]}
    >>> table = {"words": words, "tip": [{"cues": ["<keep>.{0,4}短信"]}]}
    >>> spelled(Place("taxonomy.toml"), table)["tip"][0]["cues"]
    ['(?:保存|留好).{0,4}短信']
    """
    words = table.get("words", {})
    if not isinstance(words, dict):
        raise place.error("`words` must be a table")
    classes = {name: f"(?:{'|'.join(place.at('[words]').strings(words, name))})" for name in words}
    rows = [{**row, "cues": _spelled(place, row, classes)} for row in place.tables(table, "tip")]
    return {**table, "tip": rows}


def _spelled(place: Place, row: Mapping[str, Any], classes: Mapping[str, str]) -> list[str]:
    here = place.at(f"tip `{row.get('id', '?')}`")
    cues = here.strings(row, "cues")
    for name in (name for cue in cues for name in _CLASS.findall(cue) if name not in classes):
        raise here.error(f"no class `{name}` in [words]")
    return [_CLASS.sub(lambda named: classes[named[1]], cue) for cue in cues]


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
    here.keys(
        row, (*_LABELS, "group", "cues", *_SAID), ("severity", "cfpb", "regulation", "of_lender", "stands")
    )
    practice_id, zh, en, group = (here.string(row, key) for key in (*_LABELS, "group"))
    if group not in groups:
        raise here.error(f"no group `{group}`")
    flags = (here.flag(row, flag) for flag in ("of_lender", "stands"))
    kind = PracticeKind(practice_id, group, zh, en)
    return PracticeCue(kind, here.cues(row, "cues"), _said(here, row), *flags)


def _tip(here: Place, row: Mapping[str, Any]) -> TipCue:
    here.keys(row, (*_LABELS, "cues", *_SAID), ("promotional",))
    promotional = here.flag(row, "promotional")
    tip_id, zh, en = (here.string(row, key) for key in _LABELS)
    return TipCue(Tip(tip_id, zh, en, promotional), here.cues(row, "cues"), _said(here, row))


def _said(here: Place, row: Mapping[str, Any]) -> Said:
    return Said(*(here.string(row, key) for key in _SAID))
