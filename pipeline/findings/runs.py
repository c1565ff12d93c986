"""Words of an article that stand where names begin and end, with what stands around them, counted."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from typing import NamedTuple

from pipeline.findings.admission import Document
from pipeline.findings.layout import Layout
from pipeline.findings.matching import Words
from pipeline.findings.met import Met
from pipeline.records import Field, Mention

SHORTEST, LONGEST = 2, 10  # of 684 surfaces of the first topic 5 are longer
LEAST_HITS = 2  # once may be a slip of the pen
MAX_RUNS = 5_000  # of one article; a farm page has some 300
READ, READ_IN_DOUBT = 10_000, 4_000  # characters of a text; the gold pages have 1,200 to 1,700
LIST_MARK = "、"
_OPENS = re.compile(r"(?<![^\W_])[^\W_]")
INSIDE = frozenset("的了是被们这那吗呢么着")  # names do not hold these
_RUN = re.compile(rf"[^\W_{''.join(sorted(INSIDE))}]{{{SHORTEST},{LONGEST}}}")


@dataclass(frozen=True, slots=True)
class Scene:
    """What is known of an article when names on no list are sought in it."""

    met: tuple[Met, ...]
    document: Document
    layout: Layout
    mentions: Sequence[Mention]

    def taken(self, name: Field) -> set[int]:
        """Characters of mentions."""
        spans = (range(m.char_start, m.char_end) for m in self.mentions if m.field == name)
        return {place for span in spans for place in span}


@dataclass(slots=True)
class Places:
    """Where a word stands: its first place, how often, and between which characters."""

    place: tuple[Field, int, int]
    hits: int = 0
    before: set[str] = field(default_factory=set)  # "" where a clause begins
    follow: set[str] = field(default_factory=set)  # "" where one ends or a cue stands
    cues: set[int] = field(default_factory=set)
    listed: bool = False  # alone between marks of a list, once at least

    @property
    def is_whole(self) -> bool:
        """Whether it is known to begin and to end here: 钱花 stands behind 有 only, 云朵 only before 借."""
        return self.hits >= LEAST_HITS and _varies(self.before) and _varies(self.follow)


class Run(NamedTuple):  # made for each place where a name may begin
    """A stretch with which a name may begin; the characters around it, "" where they belong to no word."""

    field: Field
    start: int
    said: str
    before: str
    behind: str
    cues: Mapping[int, int]  # of its field, by the place where they stand
    listed: bool


class Reading:
    """One field, as far as it is read."""

    def __init__(self, met: Met, scene: Scene, before: Words, heads: set[str] | None) -> None:
        self.field, self.taken = met.field, scene.taken(met.field)
        self.text = text = met.text[: READ if heads is None else READ_IN_DOUBT]
        self.free = _without(text, self.taken)
        self.cues = {start: index for index, start, _ in met.after_names}
        self.starts = _starts(text, before) if heads is None else _starts_of(heads, text, before)
        self.counts = None if met.field == "title" else scene.layout.counts

    def run(self, start: int) -> Run | None:
        """What begins there, if it is long enough for a name and counts."""
        said = _RUN.match(self.free, start)
        if said is None or (self.counts and not self.counts(start)):
            return None
        left, right = self.text[start - 1 : start], self.text[said.end() : said.end() + 1]
        joined = said.end() in self.taken or (right.isalnum() and right not in INSIDE)
        around = (left if left.isalnum() else "", right if joined else "")
        return Run(self.field, start, said.group(), *around, self.cues, _is_listed(left, right))

    def may_be_listed(self, start: int) -> bool:
        return LIST_MARK in self.text[max(0, start - 1) : start + LONGEST + 1]


def repeated(scene: Scene, before: Words) -> dict[str, Places]:
    """Words by themselves of runs that begin alike, and what stands alone in a list, by their first place.

    `before`: what a name may stand behind. Only words that the title holds, unless the document is surely of
    the topic: that is fast in news.
    """
    title = scene.met[0].text
    heads = None if scene.document.is_sure else {title[at : at + SHORTEST] for at in range(len(title) - 1)}
    readings = [Reading(one, scene, before, heads) for one in scene.met]
    begun = [(one, start) for one in readings for start in one.starts][:MAX_RUNS]
    alike: dict[str, list[tuple[Reading, int]]] = defaultdict(list)
    for one, start in begun:
        alike[one.text[start : start + SHORTEST]].append((one, start))
    words: list[tuple[str, Places]] = []
    for held in alike.values():  # most begin like no other and need not be looked at
        if len(held) >= LEAST_HITS or held[0][0].may_be_listed(held[0][1]):
            words += _words([run for one, start in held if (run := one.run(start))], SHORTEST)
    return dict(sorted(words, key=lambda pair: (pair[1].place[0] != "title", *pair[1].place[1:])))


def _words(runs: Sequence[Run], length: int) -> Iterator[tuple[str, Places]]:
    """What is whole, or alone in a list, of all with which runs begin that are alike so far.

    What stands behind one character only begins nowhere, and so does all that is longer.
    """
    if len(runs) < LEAST_HITS:
        yield from ((run.said, _places(runs, len(run.said))) for run in runs if run.listed)
        return
    if not _varies({run.before for run in runs}):
        return
    if _varies({_behind(run, length) for run in runs}) or any(map(_is_alone(length), runs)):
        yield runs[0].said[:length], _places(runs, length)
    longer: dict[str, list[Run]] = defaultdict(list)
    for run in runs:
        if len(run.said) > length:
            longer[run.said[length]].append(run)
    for held in longer.values():
        yield from _words(held, length + 1)


def _places(runs: Sequence[Run], length: int) -> Places:
    """Where the word of so many characters stands with which they all begin."""
    first, ends = runs[0], [(run.cues, run.start + length) for run in runs]
    return Places(
        (first.field, first.start, first.start + length),
        len(runs),
        {run.before for run in runs},
        {_behind(run, length) for run in runs},
        {cues[end] for cues, end in ends if end in cues},
        any(map(_is_alone(length), runs)),
    )


def _varies(beside: Set[str]) -> bool:
    """Whether a word is known to begin, or to end, between such characters."""
    return len(beside) > 1 or "" in beside


def _behind(run: Run, length: int) -> str:
    """The character behind what it begins with; "" where a word ends or a cue stands."""
    return "" if run.start + length in run.cues else run.said[length : length + 1] or run.behind


def _is_alone(length: int) -> Callable[[Run], bool]:
    """Whether a run of just so many characters stands alone in a list."""
    return lambda run: run.listed and len(run.said) == length


def _is_listed(left: str, right: str) -> bool:
    """鹭岛贷 of 花呗、鹭岛贷，: between such marks, of which one joins names."""
    return LIST_MARK in (left, right) and not (left.isalnum() or right.isalnum())


def _without(text: str, taken: Set[int]) -> str:
    """The text with nothing a name may hold where others stand."""
    return "".join(" " if at in taken else one for at, one in enumerate(text)) if taken else text


def _starts(text: str, before: Words) -> list[int]:
    """Where a clause begins, or behind one of the words that names stand behind."""
    opening = {match.start() for match in _OPENS.finditer(text)}
    return sorted(opening | {end for _, _, end in before.found(text)})


def _starts_of(heads: set[str], text: str, before: Words) -> list[int]:
    """Those of them at which one of the heads stands."""
    return sorted(
        start
        for head in heads
        for start in places(head, text)
        if not text[start - 1 : start].isalnum()
        or text.endswith(before.words, max(0, start - LONGEST), start)
    )


def places(word: str, text: str) -> Iterator[int]:
    """Where a word begins."""
    at = text.find(word)
    while at >= 0:
        yield at
        at = text.find(word, at + 1)
