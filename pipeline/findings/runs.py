"""Words of an article that stand where names begin and end, with what stands around them, counted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from pipeline.codes import code_points
from pipeline.findings.admission import Document
from pipeline.findings.alike import (
    LEAST_HITS,
    LONGEST,
    OF_WORDS,
    SHORTEST,
    Begun,
    Ground,
    Kinds,
    kinds_of,
    words_alike,
)
from pipeline.findings.layout import Layout
from pipeline.findings.matching import Words, places
from pipeline.findings.met import Met
from pipeline.records import Field, Mention

MAX_STARTS = 5_000  # of one article; a farm page has some 300
READ, READ_IN_DOUBT = 10_000, 4_000  # characters of a text; the gold pages have 1,200 to 1,700
BREAK = "\n"  # between title and text: of no word


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
    """Where a word stands: its first place, how often, and before which cues."""

    place: tuple[Field, int, int]
    hits: int = 0
    bounded: bool = False  # known to begin and to end there: 钱花 stands behind 有 only, 云朵 only before 借
    cues: set[int] = field(default_factory=set)
    listed: bool = False  # alone between marks of a list, once at least

    @property
    def is_whole(self) -> bool:
        return self.hits >= LEAST_HITS and self.bounded


def repeated(scene: Scene, before: Words) -> dict[str, Places]:
    """Words by themselves with which stretches begin alike, or alone in a list, by their first place.

    `before`: what a name may stand behind. Only words that the title holds, unless the document is surely of
    the topic: that is fast in news.
    """
    heads = None if scene.document.is_sure else _heads(scene.met[0].text)
    fields = [one.text[: READ if heads is None else READ_IN_DOUBT] for one in scene.met]
    text, text_at = BREAK.join(fields), len(fields[0]) + len(BREAK)
    ground = _ground(scene, fields)
    if heads is None:
        parts = ground.kinds[: len(fields[0])], ground.kinds[text_at:]
        titled, told = (_starts(kinds, said, before) for kinds, said in zip(parts, fields, strict=True))
    else:
        titled, told = (_starts_of(heads, said, before) for said in fields)
    left = max(0, MAX_STARTS - len(titled))
    starts = [*titled[:MAX_STARTS], *(text_at + start for start in told[:left] if scene.layout.counts(start))]
    alike = sorted(words_alike(ground, np.array(starts, np.int64)))
    return {text[one.start : one.end]: _places(one, text_at) for one in alike}


def _heads(title: str) -> set[str]:
    """With what a word that the title holds may begin."""
    return {title[at : at + SHORTEST] for at in range(len(title) - 1)}


def _ground(scene: Scene, fields: Sequence[str]) -> Ground:
    """Of title and text, one behind the other."""
    points = code_points(BREAK.join(fields))
    taken, cues, offset = np.zeros(points.size, np.uint8), np.zeros(points.size, np.int64), 0
    for one, said in zip(scene.met, fields, strict=True):
        taken[[offset + at for at in scene.taken[one.field] if at < len(said)]] = 1
        for number, start, _ in one.after_names:
            if start < len(said):
                cues[offset + start] = number + 1
        offset += len(said) + len(BREAK)
    return Ground(points, kinds_of(points), taken, cues)


def _places(begun: Begun, text_at: int) -> Places:
    """`text_at`: where the text begins behind the title."""
    name: Field = "text" if begun.start >= text_at else "title"
    first = text_at if name == "text" else 0
    place = name, begun.start - first, begun.end - first
    return Places(place, begun.hits, begun.bounded, begun.cues, begun.listed)


def _starts(kinds: Kinds, text: str, before: Words) -> list[int]:
    """Where a clause begins, or behind one of the words that names stand behind."""
    of_words = kinds & OF_WORDS
    opens = np.flatnonzero(of_words & ~np.concatenate([of_words[:1] * 0, of_words[:-1]]))
    return sorted({*opens.tolist(), *(end for _, _, end in before.found(text))})


def _starts_of(heads: set[str], text: str, before: Words) -> list[int]:
    """Those of them at which one of the heads stands."""
    return sorted(
        start
        for head in heads
        for start in places(head, text)
        if not text[start - 1 : start].isalnum()
        or text.endswith(before.words, max(0, start - LONGEST), start)
    )
