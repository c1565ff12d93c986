"""The topic's words and contexts, compiled: what `cues.toml` says."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from pipeline.findings.alternatives import AnyOf
from pipeline.findings.contexts import Contexts, contexts, frames
from pipeline.findings.definitions import Place, topic_table
from pipeline.findings.matching import Frame
from pipeline.findings.screened import AllOf, Screen, Screened
from pipeline.topic import Topic

Pattern = re.Pattern[str]
NEVER = re.compile("(?!)")


@dataclass(frozen=True, slots=True)
class Mentioned:
    """What stands beside a name: of this topic for sure, of some lender, of a means of payment."""

    strong: Contexts
    cues: Contexts
    channel: Contexts
    joins: frozenset[str]  # what may stand between two names of a list
    owns: frozenset[str]  # or between a maker's and its product's
    frame: Frame  # or around one


@dataclass(frozen=True, slots=True)
class Zones:
    """Lines that never count."""

    end: AnyOf
    line: AnyOf
    separators: tuple[str, ...]
    least_names: int


@dataclass(frozen=True, slots=True, eq=False)  # by identity: what headings say is remembered
class Headings:
    """Which lines are headings, and which headings advise."""

    levels: tuple[tuple[int, Pattern], ...]
    number: Pattern
    advice: Pattern
    not_advice: Pattern
    to_lenders: Pattern  # in a title: what the page advises is for those who collect


@dataclass(frozen=True, slots=True, eq=False)  # by identity: who acts in a sentence is remembered
class Actors:
    """Who a sentence speaks of: who owes, who lends or collects or rules, who alone collects."""

    borrower: Screened
    lender: Screened
    collects: Screened
    governs: tuple[str, ...]  # words whose object does not act: 与, 向, 把
    whose: Screened  # what may stand between a platform's name and its borrowers


@dataclass(frozen=True, slots=True)
class Evidence:
    """Sources that count with these verbs."""

    source: Screened
    verb: Screened


@dataclass(frozen=True, slots=True)
class Assertions:
    """Words that tell how a practice is asserted."""

    question: Screened
    denial: Screened
    negation: Screened
    despite: Screened  # between a negation and a cue: it happened all the same
    nothing: Screened  # in the clause of a practice without a cue: it did not happen
    prohibition: Screened
    illegal: Screened
    conditional: Screened
    unreal: Screened
    feared: Screened
    advises: Screened
    imperative: Screened
    avoids: Screened
    definition: Screened
    may: Screened
    acts: Screened
    hearsay: Screened
    hedge: Screened
    hedge_after: Screened
    continues: Screened
    listed: Screened  # one more item of what was announced before
    some: Screened  # 部分平台: of these nothing is reported
    reader: Screened  # who is spoken to
    complained: Screened  # behind the cue: so many complain of it
    parts: Screened  # between two practices: what is told ends here
    negation_reach: int
    avoid_reach: int
    report_reach: int
    people: Pattern  # names that the text introduces as people's
    again: Pattern  # what may be one that opens clauses again and again, with what follows it
    titled: Pattern  # beside a name: who speaks for somebody, studies or judges
    company: Pattern  # right behind one: it is no person's
    evidence: AllOf[Evidence]


@dataclass(frozen=True, slots=True)
class Swindles:
    """Pages that warn of swindlers: who is named there is whom they say that they speak for."""

    title: Pattern
    words: tuple[str, ...]
    least: int  # of them

    def told_of(self, title: str, text: str) -> bool:
        return self.title.search(title) is not None or self.least <= sum(word in text for word in self.words)


@dataclass(frozen=True, slots=True)
class Unknown:
    """What stands around a name that no list has, what it is not, how many names make an ending."""

    cues: tuple[str, ...]
    after: tuple[str, ...]
    before: tuple[str, ...]
    ordinary: tuple[str, ...]
    not_at_end: tuple[str, ...]
    kinds: tuple[str, ...]  # at the end of a name these say what it is, so that it need stand but once
    ends: tuple[str, ...]  # these say so where a cue stands behind the name, or it stands twice
    frames: tuple[tuple[str, str], ...]  # patterns between which hardly anything but a name stands
    others: tuple[str, ...]  # behind a name these say that it is somebody else's: 安信律师事务所
    category: str  # of what is accepted
    shared_ending: int


@dataclass(frozen=True, slots=True)
class TipWords:
    """Words that tell advice from what only looks like it."""

    label: Screened  # of an item: 保留证据：
    number: Pattern  # before it
    speaks: Screened  # a lender that does
    told: Screened  # in passages that advise
    narrates: Screened  # what only tells what happened
    ordinal: Screened  # opens the next piece of advice, in passages that advise
    condition_ends: Screened  # behind it a condition is over
    circumstance: Screened  # a clause that ends like this says when
    predicate: Screened  # behind a cue that opens its clause: it is spoken of, not told: 积极应诉能…
    purpose: Screened  # before a cue in its clause: what for, or what comes of it
    orders: Screened  # opens a clause that speaks to the reader, whoever the one before it speaks of
    channel: Screened  # the label of an item that names a way to complain
    speaker: Screened  # who says what follows
    scene: Screened  # a clause that sets the scene: who stands in it does not act
    objects: Screened  # who stands in it is turned to, and does not act
    announces: Screened  # ends the line before a list of advice
    warns: Screened  # ends the line before a list of causes, risks, mistakes: none of them is advice
    concludes: Screened  # opens what a page says in conclusion
    gathers: Screened  # in a heading: what follows is more than one piece of advice
    offers: Screened
    not_offers: Screened


@dataclass(frozen=True, slots=True, eq=False)  # by identity: what sentences say by them is remembered
class Cues:
    """All of `cues.toml`."""

    gate_words: tuple[str, ...]
    gate_least: int
    gate_sure: int
    mentioned: Mentioned
    unknown: Unknown
    zones: Zones
    headings: Headings
    actors: Actors
    assertions: Assertions
    swindles: Swindles
    tip: TipWords


PARTS = ("gate", "mention", "unknown", "channel", "zones", "sections", "actors", "assertion", "tip")


def read_cues(topic: Topic) -> Cues:
    place, table = topic_table(topic, "cues")
    place.keys(table, PARTS, ("swindles",))
    part = {key: _Part(place.at(f"[{key}]"), table[key]) for key in table}
    screen = Screen()
    return Cues(
        gate_words=part["gate"].only("least", "sure", "words").strings("words"),
        gate_least=part["gate"].number("least"),
        gate_sure=part["gate"].number("sure"),
        mentioned=Mentioned(
            part["mention"]
            .only("strong", "cues", "joins", optional=("owns", "opens", "closes"))
            .contexts("strong"),
            part["mention"].contexts("cues"),
            part["channel"].only("contexts").contexts("contexts"),
            frozenset(part["mention"].strings("joins")),
            frozenset(part["mention"].strings("owns")),
            Frame(part["mention"].strings("opens"), part["mention"].strings("closes")),
        ),
        unknown=_unknown(part["unknown"]),
        zones=_zones(part["zones"]),
        headings=_headings(part["sections"]),
        actors=_actors(part["actors"], screen),
        assertions=_assertions(part["assertion"], screen),
        swindles=_swindles(part["swindles"]) if "swindles" in part else Swindles(NEVER, (), 1),
        tip=_tip(part["tip"], screen),
    )


@dataclass(frozen=True, slots=True)
class _Part:
    """One table of the file with its place, for messages."""

    place: Place
    row: Mapping[str, Any]

    def only(self, *keys: str, optional: tuple[str, ...] = ()) -> _Part:
        if not isinstance(self.row, dict):
            raise self.place.error("must be a table")
        self.place.keys(self.row, keys, optional)
        return self

    def pattern(self, key: str) -> Pattern:
        return self.place.pattern(self.row, key)

    def optional(self, key: str) -> Pattern:
        return self.pattern(key) if key in self.row else NEVER

    def cues(self, key: str) -> AnyOf:
        return self.place.cues(self.row, key)

    def strings(self, key: str) -> tuple[str, ...]:
        return self.place.strings(self.row, key)

    def contexts(self, key: str) -> Contexts:
        return contexts(self.place, self.strings(key))

    def number(self, key: str) -> int:
        return self.place.number(self.row, key)


def _patterns(part: _Part, record: type, screen: Screen) -> dict[str, Any]:
    """Every field of the record that is a pattern, read from the list of the same name."""
    names = [field.name for field in fields(record) if field.type == "Screened"]
    return {name: screen(part.cues(name)) for name in names}


def _unknown(part: _Part) -> Unknown:
    part.only(*(field.name for field in fields(Unknown)))
    return Unknown(
        part.strings("cues"),
        part.strings("after"),
        part.strings("before"),
        part.strings("ordinary"),
        part.strings("not_at_end"),
        part.strings("kinds"),
        part.strings("ends"),
        frames(part.place, part.strings("frames")),
        part.strings("others"),
        part.place.string(part.row, "category"),
        part.number("shared_ending"),
    )


def _zones(part: _Part) -> Zones:
    part.only("end", "line", "separators", "least_names")
    return Zones(part.cues("end"), part.cues("line"), part.strings("separators"), part.number("least_names"))


def _swindles(part: _Part) -> Swindles:
    part.only("title", "words", "least")
    return Swindles(part.pattern("title"), part.strings("words"), part.number("least"))


def _headings(part: _Part) -> Headings:
    part.only("level_1", "level_2", "number", "advice", "not_advice", optional=("to_lenders",))
    levels = ((1, part.pattern("level_1")), (2, part.pattern("level_2")))
    return Headings(
        levels,
        part.pattern("number"),
        part.pattern("advice"),
        part.pattern("not_advice"),
        part.optional("to_lenders"),
    )


def _actors(part: _Part, screen: Screen) -> Actors:
    part.only(*(field.name for field in fields(Actors) if field.name != "whose"), optional=("whose",))
    return Actors(**_patterns(part, Actors, screen), governs=part.strings("governs"))


def _tip(part: _Part, screen: Screen) -> TipWords:
    needed = ("label", "number", "speaks")
    part.only(*needed, optional=tuple({field.name for field in fields(TipWords)} - set(needed)))
    return TipWords(**_patterns(part, TipWords, screen), number=part.pattern("number"))


_OPTIONAL = ("people", "again", "titled", "company", "complained", "parts", "some", "despite", "nothing")


def _assertions(part: _Part, screen: Screen) -> Assertions:
    needed = (field.name for field in fields(Assertions) if field.name not in _OPTIONAL)
    part.only(*needed, optional=_OPTIONAL)
    reaches: dict[str, Any] = {
        key: part.number(key) for key in ("negation_reach", "avoid_reach", "report_reach")
    }
    rows = [
        _Part(part.place.at("[[assertion.evidence]]"), row).only("source", "verb")
        for row in part.place.tables(part.row, "evidence")
    ]
    evidence = [Evidence(**_patterns(row, Evidence, screen)) for row in rows]
    named: dict[str, Any] = {key: part.optional(key) for key in ("people", "again", "titled", "company")}
    return Assertions(
        **_patterns(part, Assertions, screen),
        **reaches,
        **named,
        evidence=AllOf(screen, ((one, (one.source, one.verb)) for one in evidence)),
    )
