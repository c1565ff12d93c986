"""What may stand around a name: pairs of patterns that touch it on both sides."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.findings.definitions import Place, any_of, guarded

NAME = "{}"  # stands for a platform's name in a context
Pattern = re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Context:
    """What stands before and after a name, both touching it."""

    before: Pattern
    after: Pattern


@dataclass(frozen=True, slots=True)
class Contexts:
    """Several, of which one is enough; those that ask only for what follows are one pattern."""

    follows: Pattern
    around: tuple[Context, ...]

    def holds(self, text: str, start: int, end: int, reach: int) -> bool:
        """Of text[start:end], looking `reach` characters to either side."""
        last = end + reach
        if self.follows.match(text, end, last):
            return True
        first = max(0, start - reach)
        return any(
            one.after.match(text, end, last) and one.before.search(text, first, start) for one in self.around
        )


def contexts(place: Place, patterns: Iterable[str]) -> Contexts:
    """Each pattern with `{}` once, for the name."""
    halves = [_halves(place, pattern) for pattern in patterns]
    return Contexts(
        any_of(place, [after for before, after in halves if not before]),
        tuple(
            Context(re.compile(f"(?:{guarded(place, before)})\\Z"), re.compile(guarded(place, after)))
            for before, after in halves
            if before
        ),
    )


def frames(place: Place, patterns: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """Of each the pattern before the name and the one behind it, neither of which may be empty."""
    halves = tuple(_halves(place, pattern) for pattern in patterns)
    for before, after in halves:
        if not (before and after) or any(re.compile(guarded(place, one)).groups for one in (before, after)):
            raise place.error(f"`{before}{NAME}{after}` must say what stands on both sides, without a group")
    return halves


def _halves(place: Place, pattern: str) -> tuple[str, str]:
    before, name, after = pattern.partition(NAME)
    if not name or NAME in after:
        raise place.error(f"`{pattern}` must hold {NAME} once, for the name")
    return before, after
