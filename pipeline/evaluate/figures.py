"""A measured figure: what was measured, its value, and how much it rests on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from pipeline.evaluate.intervals import wilson
from pipeline.evaluate.tally import Tally

Worse = Literal["low", "high"]


@dataclass(frozen=True, slots=True)
class Figure:
    """`value` is None where there was nothing to measure; `basis`: how many things it rests on.

    `hits` is given where the value is their share of the basis, so that it has an interval.

    `worse` says on which side the floor lies; None: a figure that is only told.
    """

    part: str  # gold | extraction | samples
    measure: str
    value: float | None
    basis: int
    worse: Worse | None = "low"
    hits: int | None = None

    @property
    def key(self) -> tuple[str, str]:
        return (self.part, self.measure)

    @property
    def interval(self) -> tuple[float | None, float | None]:
        """At 95 %; of what is no share, none."""
        return (None, None) if self.hits is None or not self.basis else wilson(self.hits, self.basis)


def shares(part: str, name: str, tally: Tally) -> list[Figure]:
    """Precision and recall of one kind of finding."""
    return [
        share(part, f"{name}-precision", tally.right, tally.found),
        share(part, f"{name}-recall", tally.right, tally.true),
    ]


def pair_shares(part: str, name: str, tally: Tally) -> list[Figure]:
    """Of pairs of items that stand in one group."""
    return [
        *shares(part, f"{name}-pairs", tally),
        Figure(part, f"{name}-pairs-f1", tally.f1, tally.found + tally.true),
    ]


def wrong(part: str, measure: str, number: int, basis: int) -> Figure:
    """How often something went wrong; none is best."""
    return Figure(part, measure, number, basis, worse="high")


def share(part: str, measure: str, right: int, basis: int, worse: Worse | None = "low") -> Figure:
    return Figure(part, measure, right / basis if basis else None, basis, worse, right)


def kept_shares(part: str, extractors: Iterable[str]) -> list[Figure]:
    """How often each extractor's text was kept; only told, since no share is better than another."""
    held = Counter(extractors)
    return [
        Figure(part, f"kept-{name}", number / held.total(), held.total(), None)
        for name, number in sorted(held.items())
    ]


def mean(part: str, measure: str, values: Iterable[float], worse: Worse | None = "low") -> Figure:
    held = list(values)
    return Figure(part, measure, sum(held) / len(held) if held else None, len(held), worse)
