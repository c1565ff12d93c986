"""Bars as numbers a template draws: no library, no script, no style attribute."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from explorer.desk import Row

WIDTH, HEIGHT = 720, 200
LEFT, RIGHT, TOP, BOTTOM = 44, 8, 18, 40
MAX_BARS = 180  # fifteen years of months
LABELS = 12  # of months under the bars
NICE = (1, 2, 5, 10)


@dataclass(frozen=True)
class Bar:
    x: float
    y: float
    width: float
    height: float
    label: str
    value: int
    marks: str  # what happened in this month: new sites, failing ones
    shows_label: bool
    middle: float


@dataclass(frozen=True)
class Chart:
    bars: tuple[Bar, ...]
    ticks: tuple[tuple[float, int], ...]  # height on the page, value
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    bottom: int = HEIGHT - BOTTOM


def bars(rows: Sequence[Row], value: str) -> Chart | None:
    """One bar a month; None where there is nothing to compare."""
    rows = rows[-MAX_BARS:]
    if len(rows) < 2:
        return None
    top = _ceiling(max(row[value] for row in rows))
    room, tall = (WIDTH - LEFT - RIGHT) / len(rows), HEIGHT - TOP - BOTTOM
    every = -(-len(rows) // LABELS)
    made = []
    for place, row in enumerate(rows):
        high, x = tall * row[value] / top, LEFT + place * room
        wide = min(room * 0.78, 44)
        made.append(
            Bar(
                x=round(x + (room - wide) / 2, 2),
                y=round(HEIGHT - BOTTOM - high, 2),
                width=round(wide, 2),
                height=round(high, 2),
                label=row["month"].strftime("%Y-%m"),
                value=row[value],
                marks=_marks(row),
                shows_label=place % every == 0,
                middle=round(x + room / 2, 2),
            )
        )
    steps = 2 if top % 2 == 0 else 1
    ticks = tuple((round(HEIGHT - BOTTOM - tall * n / steps, 2), top * n // steps) for n in range(steps + 1))
    return Chart(tuple(made), ticks)


def _marks(row: Row) -> str:
    return ("▲" if row.get("new_sites") else "") + ("×" if row.get("failing_sites") else "")


def _ceiling(value: int) -> int:
    """
    >>> [_ceiling(n) for n in (0, 1, 3, 7, 12, 130)]
    [1, 1, 5, 10, 20, 200]
    """
    step = 1
    while step * 10 < value:
        step *= 10
    return next(step * nice for nice in NICE if step * nice >= max(value, 1))
