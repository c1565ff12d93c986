"""Patterns that are tried only where one of their anchors stands: a sentence holds few words of a topic."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from sys import maxsize

from pipeline.findings.anchors import opens_text
from pipeline.findings.sieve import Mask, Sieve

# Sentences: every pattern and every cue asks of the same one, and a farm repeats its own. What is remembered
# depends on the sentence alone; of 300 characters at most each, they are a few MB.
REMEMBERED = 4096


class Screen:
    """One automaton for many patterns, and which of them the last texts may hold."""

    def __init__(self) -> None:
        self._patterns: list[re.Pattern[str]] = []
        self.may = lru_cache(maxsize=REMEMBERED)(self._may)

    def __call__(self, pattern: re.Pattern[str]) -> Screened:
        """One pattern more; all are there before the first text is asked about."""
        self._patterns.append(pattern)
        return Screened(pattern, self, 1 << len(self._patterns) - 1, opens_text(pattern))

    def _may(self, text: str) -> Mask:
        return self._sieve.may(text)

    @cached_property
    def _sieve(self) -> Sieve:
        return Sieve(tuple(self._patterns))


@dataclass(frozen=True, slots=True, eq=False)
class Screened:
    """Answers as its pattern does."""

    pattern: re.Pattern[str]
    screen: Screen
    bit: Mask
    opens: bool  # it can match nowhere but at the beginning

    def may(self, text: str) -> bool:
        """Whether it can match in the text or in a part of it, or perhaps not."""
        return bool(self.screen.may(text) & self.bit)

    def search(self, text: str, start: int = 0, end: int = maxsize) -> re.Match[str] | None:
        if not self.screen.may(text) & self.bit or (self.opens and start):
            return None
        return self.pattern.match(text, 0, end) if self.opens else self.pattern.search(text, start, end)

    def match(self, text: str) -> re.Match[str] | None:
        return self.pattern.match(text) if self.screen.may(text) & self.bit else None

    def finditer(self, text: str, start: int = 0, end: int = maxsize) -> Iterator[re.Match[str]]:
        return self.pattern.finditer(text, start, end) if self.screen.may(text) & self.bit else iter(())

    def within(self, text: str, start: int, end: int = maxsize) -> re.Match[str] | None:
        """The first match in text[start:end] as a text of its own; its offsets are that text's."""
        if not self.screen.may(text) & self.bit:
            return None
        return self.pattern.match(text[start:end]) if self.opens else self.pattern.search(text[start:end])
