"""Patterns that are tried only where one of their anchors stands: a sentence holds few words of a topic."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property, lru_cache, reduce
from itertools import chain
from operator import or_
from sys import maxsize
from typing import Generic, TypeVar

from pipeline.findings.alternatives import AnyOf
from pipeline.findings.anchors import opens_text
from pipeline.findings.sieve import REMEMBERED, Mask, Sieve

ThingT = TypeVar("ThingT")


class Screen:
    """One automaton for many patterns, and which of them the last texts may hold."""

    def __init__(self) -> None:
        self._patterns: list[re.Pattern[str]] = []
        self.may = lru_cache(maxsize=REMEMBERED)(self._may)

    def __call__(self, asked: AnyOf) -> Screened:
        """Some patterns more; all are there before the first text is asked about."""
        first = len(self._patterns)
        self._patterns += asked.patterns
        return Screened(asked, self, first)

    def _may(self, text: str) -> Mask:
        return self._sieve.may(text)

    @cached_property
    def _sieve(self) -> Sieve:
        return Sieve(tuple(self._patterns))


class Screened:
    """Answers as its patterns do."""

    def __init__(self, asked: AnyOf, screen: Screen, first: int) -> None:
        self.asked, self._screen = asked, screen
        self._bits = tuple((1 << first + number, pattern) for number, pattern in enumerate(asked.patterns))
        self.mask = sum(bit for bit, _ in self._bits)
        self._only = lru_cache(maxsize=REMEMBERED)(self._among)
        self._opens = all(map(opens_text, asked.patterns))  # they match nowhere but at the beginning

    def may(self, text: str) -> bool:
        """Whether one can match in the text or in a part of it, or perhaps not."""
        return self.mask & self._screen.may(text) != 0

    def search(self, text: str, start: int = 0, end: int = maxsize) -> re.Match[str] | None:
        may = self._screen.may(text) & self.mask
        if not may or (self._opens and start):
            return None
        return self._only(may).match(text, end) if self._opens else self._only(may).search(text, start, end)

    def match(self, text: str) -> re.Match[str] | None:
        may = self._screen.may(text) & self.mask
        return self._only(may).match(text) if may else None

    def finditer(self, text: str, start: int = 0, end: int = maxsize) -> Iterator[re.Match[str]]:
        may = self._screen.may(text) & self.mask
        return self._only(may).finditer(text, start, end) if may else iter(())

    def within(self, text: str, start: int, end: int = maxsize) -> re.Match[str] | None:
        """The first match in text[start:end] as a text of its own; its offsets are that text's."""
        may = self._screen.may(text) & self.mask
        if not may:
            return None
        said = text[start:end]
        return self._only(may).match(said) if self._opens else self._only(may).search(said)

    def _among(self, may: Mask) -> AnyOf:
        return AnyOf(tuple(pattern for bit, pattern in self._bits if may & bit))


class AllOf(Generic[ThingT]):
    """Things of which each asks that several patterns match; in most texts none of them can."""

    def __init__(self, screen: Screen, things: Iterable[tuple[ThingT, Sequence[Screened]]]) -> None:
        self._screen = screen
        self._asked = tuple((thing, tuple(one.mask for one in needed)) for thing, needed in things)
        self.things = tuple(thing for thing, _ in self._asked)
        self._mask = reduce(or_, chain.from_iterable(masks for _, masks in self._asked), 0)
        self._of = lru_cache(maxsize=REMEMBERED)(self._among)

    def among(self, text: str) -> tuple[ThingT, ...]:
        """Those all of whose patterns can match in the text, or perhaps not."""
        may = self._screen.may(text) & self._mask
        return self._of(may) if may else ()

    def _among(self, may: Mask) -> tuple[ThingT, ...]:
        return tuple(thing for thing, masks in self._asked if all(may & mask for mask in masks))
