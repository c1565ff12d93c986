"""The kinds that are looked for: practices, laws and hotlines, advice; what `taxonomy.toml` says."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, get_args

from pipeline.findings.alternatives import AnyOf
from pipeline.findings.definitions import NEVER, Place, topic_table
from pipeline.findings.law_cues import Citing, LawCue, read_citing, read_law
from pipeline.findings.sieve import Cued, Mask
from pipeline.records import Assertion, Attribution
from pipeline.tables.topic import PracticeKind, Tip
from pipeline.topic import Topic

_LABELS = ("id", "zh", "en")
_SAID = ("definition", "example", "counter_example")
ALWAYS = re.compile("")
NAMED = "\ue000"  # a private character
_CLASS = re.compile(r"<([a-z][a-z-]*)>")  # no group of a regular expression is written so


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
    `topical`: so many of its cues, the last ones, are everyday life where nobody lends: 给父母打了电话.
    `unless`: a clause that says this has nothing of it; NAMED is a platform there: 把云朵贷告上了法庭.
    `told`: without a cue only sentences with one of these tell of it.
    """

    kind: PracticeKind
    cue: AnyOf
    said: Said
    of_lender: bool = False
    stands: bool = False
    topical: int = 0
    unless: re.Pattern[str] = NEVER
    told: re.Pattern[str] = ALWAYS


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


def topical(cued: Cued[PracticeCue]) -> Mask:
    """The bits of those cues that count only where somebody lends."""
    mask, bit = 0, cued.first
    for kind in cued.kinds:
        bit += len(kind.cue.patterns)
        mask |= (1 << bit) - (1 << bit - kind.topical)
    return mask


def read_taxonomy(topic: Topic) -> Taxonomy:
    place, table = topic_table(topic, "taxonomy")
    place.keys(table, ("practice",), ("assertion", "attribution", "citing", "group", "law", "tip", "words"))
    _states(place, table, "assertion", get_args(Assertion))
    _states(place, table, "attribution", get_args(Attribution))
    groups = {place.string(row, "id") for row in place.tables(table, "group")}
    words = place.table(table, "words")
    place.at("[words]").keys(words, (), ("practice", "tip"))
    of_practices, of_tips = (_classes(place.at("[words]"), words, kind) for kind in ("practice", "tip"))
    return Taxonomy(
        tuple(_practice(here, row, groups, of_practices) for here, row in _entries(place, table, "practice")),
        tuple(read_law(here, row) for here, row in _entries(place, table, "law")),
        read_citing(place, table),
        tuple(_tip(here, row, of_tips) for here, row in _entries(place, table, "tip")),
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


def _classes(words: Place, tables: Mapping[str, Any], kind: str) -> dict[str, str]:
    """What `<kin>` and the like stand for in cues: one alternation each; a class may hold those before it."""
    place, table = words.at(f"[words.{kind}]"), words.table(tables, kind)
    classes: dict[str, str] = {}
    for name in table:
        classes[name] = f"(?:{'|'.join(_spelled(place, place.strings(table, name), classes))})"
    return classes


def _spelled(here: Place, patterns: Iterable[str], classes: Mapping[str, str]) -> list[str]:
    """Patterns with the words of their classes."""

    def words(match: re.Match[str]) -> str:
        if match[1] not in classes:
            raise here.error(f"no class `{match[1]}` in [words]: `{match.string}`")
        return classes[match[1]]

    return [_CLASS.sub(words, pattern) for pattern in patterns]


def _with_names(patterns: Iterable[str]) -> list[str]:
    """`{}` stands for a platform's name, whichever."""
    return [pattern.replace("{}", NAMED) for pattern in patterns]


def _practice(
    here: Place, row: Mapping[str, Any], groups: set[str], classes: Mapping[str, str]
) -> PracticeCue:
    said = ("severity", "cfpb", "regulation", "of_lender", "stands", "topical", "unless", "told")
    here.keys(row, (*_LABELS, "group", "cues", *_SAID), said)
    practice_id, zh, en, group = (here.string(row, key) for key in (*_LABELS, "group"))
    if group not in groups:
        raise here.error(f"no group `{group}`")
    of_lender, stands = (here.flag(row, flag) for flag in ("of_lender", "stands"))
    kind = PracticeKind(practice_id, group, zh, en)
    topical = here.strings(row, "topical")
    cues = _spelled(here, (*here.strings(row, "cues"), *topical), classes)
    return PracticeCue(
        kind,
        here.cues({"cues": cues}, "cues"),
        _said(here, row),
        of_lender,
        stands,
        len(topical),
        here.pattern({"unless": _with_names(_spelled(here, here.strings(row, "unless"), classes))}, "unless"),
        here.pattern({"told": _spelled(here, here.strings(row, "told"), classes)}, "told")
        if "told" in row
        else ALWAYS,
    )


def _tip(here: Place, row: Mapping[str, Any], classes: Mapping[str, str]) -> TipCue:
    here.keys(row, (*_LABELS, "cues", *_SAID), ("promotional",))
    promotional = here.flag(row, "promotional")
    tip_id, zh, en = (here.string(row, key) for key in _LABELS)
    cues = _spelled(here, here.strings(row, "cues"), classes)
    return TipCue(Tip(tip_id, zh, en, promotional), here.cues({"cues": cues}, "cues"), _said(here, row))


def _said(here: Place, row: Mapping[str, Any]) -> Said:
    return Said(*(here.string(row, key) for key in _SAID))
