"""What a template may fill in, and where: names, dates, amounts, numbers, places, persons."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pipeline.copies.folds import NUMBERING, Folds
from pipeline.records import Mention


@dataclass(frozen=True, slots=True)
class Slot:
    """A span of a text and its type; `platform_id` where a known platform stands in it."""

    type: str  # platform, date, amount, number, place, person; text: found by comparing copies
    start: int
    end: int
    platform_id: str | None = None


def slots_of(text: str, span: tuple[int, int], names: Iterable[Mention], folds: Folds) -> list[Slot]:
    """Slots of one sentence in order, as the normal form masks them; a section's number is none.

    >>> slots_of("1.1 逾期30天", (0, 8), [], Folds())
    [Slot(type='number', start=6, end=8, platform_id=None)]
    """
    start, end = span
    numbered = NUMBERING.match(text, start, end) if start == 0 or text[start - 1] == "\n" else None
    at = numbered.end() if numbered else start
    found: list[Slot] = []
    for name in sorted(names, key=lambda name: (name.char_start, -name.char_end)):
        if at <= name.char_start and name.char_end <= end:
            found += _values(text, at, name.char_start, folds)
            found.append(Slot("platform", name.char_start, name.char_end, name.platform_id))
            at = name.char_end
    return [*found, *_values(text, at, end, folds)]


def _values(text: str, start: int, end: int, folds: Folds) -> Iterator[Slot]:
    for match in folds.slot.finditer(text, start, end):
        yield Slot(match.lastgroup or "", *match.span())
