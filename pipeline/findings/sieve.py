"""Which of many regular expressions can match where: one automaton over the anchors of all."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from copy import copy
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache
from itertools import groupby
from operator import itemgetter
from typing import Generic, NamedTuple, Protocol, TypeVar

import ahocorasick_rs

from pipeline.findings.alternatives import AnyOf
from pipeline.findings.anchors import Piece, Strings, needed
from pipeline.findings.everyday import CHARACTERS, EVERYDAY
from pipeline.findings.matching import Match, fold, fold_ascii

Mask = int  # a bit for each expression
# Sentences: every pattern and every cue asks of the same one, and a farm repeats its own. What is remembered
# depends on the sentence alone; of 300 characters at most each, they are a few MB.
REMEMBERED = 4096
ORDINARY = 40  # an everyday word is met as often as one that so many expressions ask for
_start = itemgetter(0)
KindT = TypeVar("KindT")


@dataclass(frozen=True, slots=True)
class Sifted:
    """Where anchors begin in one text, in order, and whose they are."""

    starts: list[int]
    masks: list[Mask]
    always: Mask  # expressions without an anchor can match anywhere

    def within(self, start: int, end: int) -> Mask:
        """The expressions that can match in text[start:end], and perhaps some more."""
        starts, may, at = self.starts, self.always, bisect_left(self.starts, start)
        while at < len(starts) and starts[at] < end:
            may |= self.masks[at]
            at += 1
        return may

    def places(self, asked: Mask) -> list[int]:
        """Where anchors of these begin, in order."""
        return [start for start, mask in zip(self.starts, self.masks, strict=True) if mask & asked]


class Need(NamedTuple):
    """An expression that a word may belong to: 借 is of 借新还旧 where 还 stands near enough behind it."""

    bit: Mask
    before: int  # how far before the word's end what else each match holds may begin
    behind: int  # and how far behind the word's start it may end
    other: Callable[[str, int, int], object]  # searches for what else each match holds


@dataclass(frozen=True)
class Sieve:
    """An expression that it leaves out has no match; one that it lets through may have none either."""

    patterns: tuple[re.Pattern[str], ...]
    words: tuple[tuple[str, ...], ...] = ()  # sought whatever their case; their bits follow the patterns'
    sought: tuple[str, ...] = field(init=False, repr=False, compare=False)  # words, as `fold` leaves them
    alone: tuple[Mask, ...] = field(init=False, repr=False, compare=False)  # for whom each word is enough
    needs: tuple[tuple[Need, ...], ...] = field(init=False, repr=False, compare=False)  # and who needs more
    always: Mask = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        pieces = [*map(needed, self.patterns), *([Piece(frozenset(held), (), 0, 0)] for held in self.words)]
        asked = Counter(word for held in pieces for piece in held for word in piece.strings)
        alone: dict[str, Mask] = {}
        needs: dict[str, list[Need]] = {}
        for bit, held in enumerate(pieces):
            chosen = sorted(held, key=lambda piece: _cost(piece.strings, asked))[:2]
            need = _need(1 << bit, *chosen) if len(chosen) > 1 else None
            for word in sorted(_forms(chosen[0].strings if chosen else ())):
                alone[word] = alone.get(word, 0) | (0 if need else 1 << bit)
                if need:
                    needs.setdefault(word, []).append(need)
        always = sum(1 << bit for bit, held in enumerate(pieces) if not held)
        object.__setattr__(self, "sought", tuple(alone))
        object.__setattr__(self, "alone", tuple(alone.values()))
        object.__setattr__(self, "needs", tuple(tuple(needs.get(word, ())) for word in alone))
        object.__setattr__(self, "always", always)

    @cached_property
    def automaton(self) -> ahocorasick_rs.AhoCorasick:
        return ahocorasick_rs.AhoCorasick(self.sought)

    def only(self, asked: Mask) -> Sieve:
        """The same words, sought for these expressions alone: nobody else's are looked at twice."""
        some = copy(self)
        needs = tuple(tuple(need for need in held if need.bit & asked) for held in self.needs)
        object.__setattr__(some, "alone", tuple(mask & asked for mask in self.alone))
        object.__setattr__(some, "needs", needs)
        object.__setattr__(some, "always", self.always & asked)
        return some

    def may(self, text: str) -> Mask:
        """The expressions that can match anywhere in the text."""
        return self.met(*self._found(text))

    def met(self, said: str, found: Iterable[Match]) -> Mask:
        """The same of a text that `fold` has been through, and all of `sought` in it."""
        may, alone, needs = self.always, self.alone, self.needs
        for word, start, end in found:
            may |= alone[word]
            for bit, before, behind, other in needs[word]:
                if not may & bit and other(said, end - before, start + behind):
                    may |= bit
        return may

    def __call__(self, text: str) -> Sifted:
        return self.sifted(*self._found(text))

    def sifted(self, said: str, found: Iterable[Match]) -> Sifted:
        """Of a text that `fold` has been through, and all of `sought` in it."""
        hits = sorted(self._hits(said, found), key=_start)
        return Sifted([start for start, _ in hits], [mask for _, mask in hits], self.always)

    def _found(self, text: str) -> tuple[str, list[Match]]:
        said = fold(text)
        return said, self.automaton.find_matches_as_indexes(said, overlapping=True)

    def _hits(self, said: str, found: Iterable[Match]) -> list[tuple[int, Mask]]:
        """Where an anchor begins, and the expressions for which what else they hold is near."""
        alone, needs, hits = self.alone, self.needs, []
        for word, start, end in found:
            mask = alone[word]
            for bit, before, behind, other in needs[word]:
                if other(said, end - before, start + behind):  # a place before the text is its beginning
                    mask |= bit
            if mask:
                hits.append((start, mask))
        return hits


def _need(bit: Mask, piece: Piece, other: Piece) -> Need:
    return Need(bit, *piece.reach(other), _any_word(frozenset(_forms(other.strings))).search)


@cache
def _any_word(words: Strings) -> re.Pattern[str]:
    """Where one of them stands; 冒充为 need not be sought where 冒充 is."""
    kept: list[str] = []
    for word in sorted(words):
        if not kept or not word.startswith(kept[-1]):
            kept.append(word)
    return re.compile("|".join(map(re.escape, kept)))


def _forms(words: Iterable[str]) -> set[str]:
    return {form for word in words for form in (fold(word), fold_ascii(word))}


def _cost(piece: Strings, asked: Counter[str]) -> tuple[bool, bool, int]:
    """How often a piece is met, as far as it and the expressions themselves tell.

    A single character is met everywhere, an everyday one in every sentence; a word that many expressions
    ask for is what the topic speaks of, and others are what any text does.
    """
    single = min(map(len, piece)) < 2
    met = sum(asked[word] for word in piece) + ORDINARY * len(piece & EVERYDAY)
    return single, not CHARACTERS.isdisjoint(piece), met


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


class HasCue(Protocol):
    @property
    def cue(self) -> AnyOf: ...


CuedT = TypeVar("CuedT", bound=HasCue)


@dataclass(frozen=True, eq=False)
class Cued(Generic[CuedT]):
    """Kinds with several cues each, that stand side by side in a sieve, the first of all at bit `first`."""

    kinds: tuple[CuedT, ...]
    first: int = 0

    @cached_property
    def cues(self) -> Kinds[tuple[int, re.Pattern[str]]]:
        """Each cue with the number of its kind."""
        each = ((n, cue) for n, kind in enumerate(self.kinds) for cue in kind.cue.patterns)
        return Kinds(tuple(each), self.first)

    @cached_property
    def patterns(self) -> tuple[re.Pattern[str], ...]:
        return tuple(cue for _, cue in self.cues.kinds)

    def among(self, may: Mask) -> tuple[tuple[CuedT, AnyOf], ...]:
        """Kinds, each with those of its cues that can match."""
        ours = may & self.cues.mask
        return self._among(ours) if ours else ()

    @cached_property
    def _among(self) -> Callable[[Mask], tuple[tuple[CuedT, AnyOf], ...]]:
        return lru_cache(maxsize=REMEMBERED)(self._grouped)

    def _grouped(self, ours: Mask) -> tuple[tuple[CuedT, AnyOf], ...]:
        groups = groupby(self.cues.among(ours), key=_start)
        return tuple((self.kinds[n], AnyOf(tuple(cue for _, cue in group))) for n, group in groups)


def _bits(mask: Mask) -> Iterator[int]:
    """The numbers of the bits that are set, ascending."""
    while mask:
        lowest = mask & -mask
        yield lowest.bit_length() - 1
        mask ^= lowest
