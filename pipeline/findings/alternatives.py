"""Regular expressions of which a text may match any, each tried by itself: only those that can match are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from sys import maxsize


@dataclass(frozen=True, slots=True, eq=False)  # by identity: what it found is remembered
class AnyOf:
    """Answers as `one|other|…` does.

    One expression with a plain beginning is found by a scan; tied to others, each is tried at each place.

    >>> AnyOf.of("上门催?", "催收(?:员|公司)").search("催收员上门").group()
    '催收员'
    """

    patterns: tuple[re.Pattern[str], ...]

    @staticmethod
    def of(*patterns: str) -> AnyOf:
        return AnyOf(tuple(map(re.compile, patterns)))

    def search(self, text: str, start: int = 0, end: int = maxsize) -> re.Match[str] | None:
        """The first in the text; of several at its place that of the expression that stands first."""
        first = None
        for pattern in self.patterns:
            match = pattern.search(text, start, end)
            if match and (first is None or match.start() < first.start()):
                first = match
        return first

    def match(self, text: str, end: int = maxsize) -> re.Match[str] | None:
        found = (pattern.match(text, 0, end) for pattern in self.patterns)
        return next((match for match in found if match), None)

    def finditer(self, text: str, start: int = 0, end: int = maxsize) -> Iterator[re.Match[str]]:
        last = len(text)  # a search from behind it would find what only looks around there once more
        while start <= last and (match := self.search(text, start, end)):
            yield match
            start = max(match.end(), match.start() + 1)
