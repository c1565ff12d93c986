"""Slots that always hold the same: twenty places where a template names its lender are one slot."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

from pipeline.copies.skeleton.copies import Copy
from pipeline.copies.skeleton.slots import Slot
from pipeline.copies.skeleton.wording import Occurrence, value

# Of the copies in which both are filled; one of ten may misname a lender, as copied pages do.
AGREEING = 0.9
LEAST_COPIES = 2
MOST_PLACES = (
    400  # in which a template fills something in; the sample sites have 20. Behind them all is fixed text
)


@dataclass(frozen=True)
class Variable:
    """A slot under one name in all its places; `held` has each copy's first place where it is filled."""

    label: str  # type, and a number from the second of a type on
    type: str
    held: Mapping[int, Slot]
    places: tuple[Occurrence, ...]


@dataclass
class _Open:
    values: dict[int, str] = field(default_factory=dict)
    places: list[Occurrence] = field(default_factory=list)


def variables(found: Iterable[Occurrence], copies: Sequence[Copy]) -> list[Variable]:
    """Occurrences in the order of the skeleton, each joined to the first slot of its type that agrees."""
    opened: defaultdict[str, list[_Open]] = defaultdict(list)
    order: list[tuple[str, _Open]] = []
    for occurrence in islice(found, MOST_PLACES):
        kind = occurrence.slot.type
        values = {copy: value(slot, copies[copy].text) for copy, slot in occurrence.held.items()}
        joined = next((one for one in opened[kind] if _agree(one.values, values)), None)
        if joined is None:
            joined = _Open()
            opened[kind].append(joined)
            order.append((kind, joined))
        joined.places.append(occurrence)
        joined.values = values | joined.values
    return list(_labelled(order))


def _labelled(order: Iterable[tuple[str, _Open]]) -> Iterator[Variable]:
    numbers: Counter[str] = Counter()
    for kind, one in order:
        numbers[kind] += 1
        label = kind if numbers[kind] == 1 else f"{kind} {numbers[kind]}"
        held: dict[int, Slot] = {}
        for place in one.places:
            held = {**place.held, **held}
        yield Variable(label, kind, held, tuple(one.places))


def _agree(one: Mapping[int, str], other: Mapping[int, str]) -> bool:
    """Two that hold only one value between them say nothing about each other."""
    both = one.keys() & other.keys()
    if len(both) < LEAST_COPIES or len({one[copy] for copy in both}) < LEAST_COPIES:
        return False
    return sum(one[copy] == other[copy] for copy in both) >= AGREEING * len(both)
