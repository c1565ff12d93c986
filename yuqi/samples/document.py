"""A document that knows its truth: what was written, what the page shows instead, and what is said where.

A line is a row of cells. A cell pairs the true words with the page's own; a clean cell's two sides have the
same length (script conversion and width are 1:1), a damaged one says what happened to it. Joining one side
gives the truth, joining the other the page, so damages compose and can always be undone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal, NamedTuple

LineKind = Literal["title", "heading", "paragraph", "list-item"]
SpanKind = Literal["platform", "practice", "tip"]


class Cell(NamedTuple):
    true: str
    own: str
    damage: str | None = None
    expected: bool = False  # the gap can be filled from what the page shows


class Span(NamedTuple):
    """What a stretch of the true text says; offsets within the line."""

    start: int
    end: int
    kind: SpanKind
    id: str
    assertion: str = ""
    is_own: bool = False


class Line(NamedTuple):
    kind: LineKind
    level: int  # heading level: 1 for 一、, 2 for 1.1, 0 for no heading
    cells: tuple[Cell, ...]
    spans: tuple[Span, ...] = ()

    @property
    def text(self) -> str:
        return "".join(cell.true for cell in self.cells)

    @property
    def own_words(self) -> str:
        return "".join(cell.own for cell in self.cells)

    @property
    def is_own(self) -> bool:
        """Somebody's own passage: copies keep it."""
        return any(span.is_own for span in self.spans)


@dataclass(frozen=True, slots=True)
class Document:
    """The first line is the title; `sections` are told apart by headings of level 1."""

    lines: tuple[Line, ...]

    @property
    def title(self) -> Line:
        return self.lines[0]

    @property
    def body(self) -> tuple[Line, ...]:
        return self.lines[1:]

    @property
    def text(self) -> str:
        return "\n".join(line.text for line in self.body)

    def map(self, change: Callable[[Line], Line]) -> Document:
        return Document(tuple(change(line) for line in self.lines))


def clean(text: str) -> tuple[Cell, ...]:
    return (Cell(text, text),) if text else ()


def line(kind: LineKind, text: str, level: int = 0, spans: tuple[Span, ...] = ()) -> Line:
    return Line(kind, level, clean(text), spans)


def rewritten(old: Line, start: int, end: int, words: str) -> Line:
    """Other words in the true text of an undamaged line; spans behind them move along."""
    if any(cell.damage or cell.true != cell.own for cell in old.cells):
        raise ValueError("words are changed before damage is done, not after")
    text = old.text[:start] + words + old.text[end:]
    shift = len(words) - (end - start)
    spans = tuple(_moved(span, end, shift) for span in old.spans)
    return old._replace(cells=clean(text), spans=spans)


def _moved(span: Span, behind: int, shift: int) -> Span:
    start = span.start + shift if span.start >= behind else span.start
    end = span.end + shift if span.end >= behind else span.end
    return span._replace(start=start, end=end)


def packed(cells: Iterable[Cell]) -> tuple[Cell, ...]:
    """Neighbouring clean cells as one; empty ones gone."""
    kept: list[Cell] = []
    true, own = "", ""
    for cell in cells:
        if cell.damage is None:
            true, own = true + cell.true, own + cell.own
            continue
        kept += [Cell(true, own), cell]
        true, own = "", ""
    kept.append(Cell(true, own))
    return tuple(cell for cell in kept if cell.true or cell.own)
