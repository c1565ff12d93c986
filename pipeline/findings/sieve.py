"""Which of many regular expressions can match where: one automaton over the anchors of all."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import reduce
from operator import itemgetter, or_
from typing import Generic, TypeVar

import ahocorasick_rs

from pipeline.findings.anchors import anchors
from pipeline.findings.matching import fold, fold_ascii

Mask = int  # a bit for each expression
_start = itemgetter(1)
KindT = TypeVar("KindT")


@dataclass(frozen=True, slots=True)
class Sifted:
    """Where anchors begin in one text, in order, and whose they are."""

    starts: list[int]
    masks: list[Mask]
    always: Mask  # expressions without an anchor can match anywhere

    def within(self, start: int, end: int) -> Mask:
        """The expressions that can match in text[start:end], and perhaps some more."""
        first = bisect_left(self.starts, start)
        return reduce(or_, self.masks[first : bisect_left(self.starts, end, first)], self.always)

    def each(self, spans: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int, Mask]]:
        """Spans that are in order and do not overlap, each with the expressions that can match in it."""
        starts, masks, at = self.starts, self.masks, 0
        for start, end in spans:
            may = self.always
            while at < len(starts) and starts[at] < end:
                if starts[at] >= start:
                    may |= masks[at]
                at += 1
            yield start, end, may

    def places(self, asked: Mask) -> list[int]:
        """Where anchors of these begin, in order."""
        return [start for start, mask in zip(self.starts, self.masks, strict=True) if mask & asked]


@dataclass(frozen=True)
class Sieve:
    """An expression that it leaves out has no match; one that it lets through may have none either."""

    patterns: tuple[re.Pattern[str], ...]
    words: tuple[tuple[str, ...], ...] = ()  # sought whatever their case; their bits follow the patterns'
    automaton: ahocorasick_rs.AhoCorasick = field(init=False, repr=False, compare=False)
    masks: tuple[Mask, ...] = field(init=False, repr=False, compare=False)  # of each word
    always: Mask = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        masks: dict[str, Mask] = {}
        always = 0
        for bit, held in enumerate((*map(anchors, self.patterns), *self.words)):
            always |= (held is None) << bit
            for word in held or ():
                for form in {fold(word), fold_ascii(word)}:
                    masks[form] = masks.get(form, 0) | 1 << bit
        object.__setattr__(self, "automaton", ahocorasick_rs.AhoCorasick(list(masks)))
        object.__setattr__(self, "masks", tuple(masks.values()))
        object.__setattr__(self, "always", always)

    def may(self, text: str) -> Mask:
        """The expressions that can match anywhere in the text."""
        found = self.automaton.find_matches_as_indexes(fold(text), overlapping=True)
        return reduce(or_, {self.masks[word] for word, _, _ in found}, self.always)

    def __call__(self, text: str) -> Sifted:
        found = self.automaton.find_matches_as_indexes(fold(text), overlapping=True)
        found.sort(key=_start)
        masks = self.masks
        return Sifted([start for _, start, _ in found], [masks[word] for word, _, _ in found], self.always)


@dataclass(frozen=True, slots=True)
class Kinds(Generic[KindT]):
    """Kinds whose cues stand side by side in a sieve, the first of them at bit `first`."""

    kinds: tuple[KindT, ...]
    first: int = 0
    mask: Mask = field(init=False)  # their bits

    def __post_init__(self) -> None:
        object.__setattr__(self, "mask", (1 << len(self.kinds)) - 1 << self.first)

    def among(self, may: Mask) -> list[KindT]:
        ours = may & self.mask
        return [self.kinds[bit] for bit in _bits(ours >> self.first)] if ours else []


def _bits(mask: Mask) -> Iterator[int]:
    """The numbers of the bits that are set, ascending."""
    while mask:
        lowest = mask & -mask
        yield lowest.bit_length() - 1
        mask ^= lowest
