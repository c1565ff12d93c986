"""Words of an article that stand where names begin and end, with what stands around them, counted."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import cached_property
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
# From a mark of a list to where its neighbour begins: the one behind it, or one before it of a name's length.
BESIDE_MARK = (1, *range(-LONGEST, 1 - SHORTEST))
_OPENS = re.compile(r"[^\W_]+")
INSIDE = frozenset("的了是被们这那吗呢么着")  # names do not hold these
_RUN = re.compile(rf"[^\W_{''.join(sorted(INSIDE))}]{{{SHORTEST},{LONGEST}}}")


@dataclass(frozen=True)
class Scene:
    """What is known of an article when names on no list are sought in it."""

    met: tuple[Met, ...]
    document: Document
    layout: Layout
    mentions: Sequence[Mention]

    @cached_property
    def taken(self) -> Mapping[Field, Set[int]]:
        """Characters of mentions."""
        places: dict[Field, set[int]] = {one.field: set() for one in self.met}
        for mention in self.mentions:
            places[mention.field].update(range(mention.char_start, mention.char_end))
        return places

    def is_free(self, name: Field, start: int, end: int) -> bool:
        """Whether a name there would count, and no mention stands in it."""
        counts = name == "title" or self.layout.counts(start)
        return counts and self.taken[name].isdisjoint(range(start, end))


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
        self.field, self.taken = met.field, scene.taken[met.field]
        self.text = text = met.text[: READ if heads is None else READ_IN_DOUBT]
        self.free = _without(text, self.taken)
        self.cues = {start: index for index, start, _ in met.after_names}
        self.starts = _starts(text, before) if heads is None else _starts_of(heads, text, before)
        self.counts = None if met.field == "title" else scene.layout.counts

    def runs(self, starts: Iterable[int]) -> Iterator[Run]:
        """What begins there, where it is long enough for a name and counts."""
        text, free, taken, counts = self.text, self.free, self.taken, self.counts
        for start in starts:
            said = _RUN.match(free, start)
            if said and (counts is None or counts(start)):
                end = said.end()
                left, right = text[start - 1 : start], text[end : end + 1]
                opens, closes = not left.isalnum(), not right.isalnum()
                behind = right if end in taken or not (closes or right in INSIDE) else ""
                listed = opens and closes and LIST_MARK in (left, right)
                yield Run(self.field, start, said[0], "" if opens else left, behind, self.cues, listed)

    def beside_marks(self) -> set[int]:
        """Where something may begin that stands alone in a list."""
        return {mark + step for mark in places(LIST_MARK, self.text) for step in BESIDE_MARK}


def repeated(scene: Scene, before: Words) -> dict[str, Places]:
    """Words by themselves of runs that begin alike, and what stands alone in a list, by their first place.

    `before`: what a name may stand behind. Only words that the title holds, unless the document is surely of
    the topic: that is fast in news.
    """
    title = scene.met[0].text
    heads = None if scene.document.is_sure else {title[at : at + SHORTEST] for at in range(len(title) - 1)}
    readings = [Reading(one, scene, before, heads) for one in scene.met]
    words = _words(_alike(readings))
    return dict(sorted(words, key=lambda pair: (pair[1].place[0] != "title", *pair[1].place[1:])))


def _alike(readings: Iterable[Reading]) -> Iterable[list[Run]]:
    """Runs that begin alike, and those that may stand in a list: most are neither and are not looked at."""
    begun = list[tuple[Reading, list[tuple[int, str]]]]()
    left = MAX_RUNS
    for one in readings:
        begun.append((one, [(start, one.free[start : start + SHORTEST]) for start in one.starts[:left]]))
        left -= len(begun[-1][1])
    hits = Counter(head for _, held in begun for _, head in held)
    often = {head for head, n in hits.items() if n >= LEAST_HITS and _RUN.match(head)}
    alike: dict[str, list[Run]] = {}
    for one, held in begun:
        listed = one.beside_marks()
        for run in one.runs(start for start, head in held if head in often or start in listed):
            alike.setdefault(run.said[:SHORTEST], []).append(run)
    return alike.values()


def _words(alike: Iterable[list[Run]]) -> Iterator[tuple[str, Places]]:
    """What is whole, or alone in a list, of all with which runs begin that are alike, in any order.

    What stands behind one character only begins nowhere, and so does all that is longer.
    """
    pending = [(held, SHORTEST) for held in alike]
    while pending:
        runs, length = pending.pop()
        if len(runs) < LEAST_HITS:
            yield from ((run.said, _places(runs, len(run.said))) for run in runs if run.listed)
        elif _varies({run.before for run in runs}):
            follow = {_behind(run, length) for run in runs}
            if _varies(follow) or any(run.listed and len(run.said) == length for run in runs):
                yield runs[0].said[:length], _places(runs, length)
            pending += [(held, length + 1) for held in _longer(runs, length)]


def _longer(runs: Sequence[Run], length: int) -> Iterable[list[Run]]:
    """Those that are alike for one character more."""
    alike: dict[str, list[Run]] = {}
    for run in runs:
        if len(run.said) > length:
            alike.setdefault(run.said[length], []).append(run)
    return alike.values()


def _places(runs: Sequence[Run], length: int) -> Places:
    """Where the word of so many characters stands with which they all begin."""
    first, ends = runs[0], [(run.cues, run.start + length) for run in runs]
    return Places(
        (first.field, first.start, first.start + length),
        len(runs),
        {run.before for run in runs},
        {_behind(run, length) for run in runs},
        {cues[end] for cues, end in ends if end in cues},
        any(run.listed and len(run.said) == length for run in runs),
    )


def _varies(beside: Set[str]) -> bool:
    """Whether a word is known to begin, or to end, between such characters."""
    return len(beside) > 1 or "" in beside


def _behind(run: Run, length: int) -> str:
    """The character behind what it begins with; "" where a word ends or a cue stands."""
    return "" if run.start + length in run.cues else run.said[length : length + 1] or run.behind


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
