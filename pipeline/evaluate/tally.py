"""Counts of what was found and what is true, and the shares that follow from them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from math import comb


@dataclass(frozen=True, slots=True)
class Tally:
    """`right` of what was `found` stands among what is `true`. Tallies add up."""

    right: int = 0
    found: int = 0
    true: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.right + other.right, self.found + other.found, self.true + other.true)

    @property
    def precision(self) -> float | None:
        """None where nothing was found: no share can be given of it."""
        return self.right / self.found if self.found else None

    @property
    def recall(self) -> float | None:
        return self.right / self.true if self.true else None

    @property
    def f1(self) -> float | None:
        return 2 * self.right / (self.found + self.true) if self.found + self.true else None


def pair_tally(found: Mapping[str, str | None], true: Mapping[str, str | None]) -> Tally:
    """Pairs of items that stand in one group. An item without a group, or unknown to one side, is alone.

    >>> pair_tally({"p": "x", "q": "x", "r": "x"}, {"p": "a", "q": "a", "r": None})
    Tally(right=1, found=3, true=1)
    """
    both = ((found.get(item), group) for item, group in true.items())
    return Tally(
        right=_pairs(pair for pair in both if None not in pair),
        found=_pairs(group for group in found.values() if group is not None),
        true=_pairs(group for group in true.values() if group is not None),
    )


def _pairs(groups: Iterable[Hashable]) -> int:
    return sum(comb(size, 2) for size in Counter(groups).values())
