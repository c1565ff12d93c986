"""Words of an article that stand where names begin and end, with what stands around them, counted."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field

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
        begins, ends = ("" in held or len(held) > 1 for held in (self.before, self.follow))
        return self.hits >= LEAST_HITS and begins and ends


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch with which a name may begin; the characters around it, "" where they belong to no word."""

    field: Field
    start: int
    said: str
    before: str
    behind: str
    cues: Mapping[int, int]  # of its field, by the place where they stand
    listed: bool = False

    def add(self, words: dict[str, Places], *, once: bool) -> None:
        """All words that it may begin with; what begins like no other only as a whole, in a list."""
        for length in range(len(self.said) if once else SHORTEST, len(self.said) + 1):
            word, end = self.said[:length], self.start + length
            places = words.setdefault(word, Places((self.field, self.start, end)))
            places.hits += 1
            places.before.add(self.before)
            cue = self.cues.get(end)
            places.follow.add("" if cue is not None else self.said[length : length + 1] or self.behind)
            if cue is not None:
                places.cues.add(cue)
            places.listed |= self.listed and length == len(self.said)


def repeated(scene: Scene, before: Words) -> dict[str, Places]:
    """Words by themselves, of runs that begin alike. `before`: what a name may stand behind.

    Only words that the title holds, unless the document is surely of the topic: that is fast in news.
    """
    title = scene.met[0].text
    heads = None if scene.document.is_sure else {title[at : at + SHORTEST] for at in range(len(title) - 1)}
    runs = [run for one in scene.met for run in _runs(one, scene, before, heads)][:MAX_RUNS]
    often = Counter(run.said[:SHORTEST] for run in runs)
    words: dict[str, Places] = {}
    for run in runs:
        once = often[run.said[:SHORTEST]] < LEAST_HITS
        if run.listed or not once:
            run.add(words, once=once)
    return words


def _runs(met: Met, scene: Scene, before: Words, heads: set[str] | None) -> Iterator[Run]:
    text, taken = met.text[: READ if heads is None else READ_IN_DOUBT], scene.taken(met.field)
    cues = {start: index for index, start, _ in met.after_names}
    for start in _starts(text, before) if heads is None else _starts_of(heads, text, before):
        end = _run_end(text, start, taken)
        if end - start >= SHORTEST and (met.field == "title" or scene.layout.counts(start)):
            left, right = text[start - 1 : start], text[end : end + 1]
            joined = end in taken or (right.isalnum() and right not in INSIDE)
            around = (left if left.isalnum() else "", right if joined else "")
            yield Run(met.field, start, text[start:end], *around, cues, _is_listed(left, right))


def _is_listed(left: str, right: str) -> bool:
    """鹭岛贷 of 花呗、鹭岛贷，: between such marks, of which one joins names."""
    return LIST_MARK in (left, right) and not (left.isalnum() or right.isalnum())


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


def _run_end(text: str, start: int, taken: Set[int]) -> int:
    end, last = start, min(len(text), start + LONGEST)
    while end < last and text[end].isalnum() and text[end] not in INSIDE and end not in taken:
        end += 1
    return end
