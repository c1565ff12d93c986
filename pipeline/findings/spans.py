"""Many spans, asked for by place: a page with thousands of names or repairs must not cost their product."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from pipeline.records import Field


class _Span(Protocol):
    @property
    def field(self) -> Field: ...
    @property
    def char_start(self) -> int: ...
    @property
    def char_end(self) -> int: ...


SpanT = TypeVar("SpanT", bound=_Span)


@dataclass(frozen=True, slots=True)
class Spans(Generic[SpanT]):
    """Spans of one field that do not overlap, by place."""

    items: tuple[SpanT, ...]
    starts: tuple[int, ...]

    def within(self, start: int, end: int) -> tuple[SpanT, ...]:
        """Those that begin in start:end."""
        return self.items[bisect_left(self.starts, start) : bisect_left(self.starts, end)]

    def touches(self, start: int, end: int) -> bool:
        """Whether any has a character in start:end."""
        before = bisect_left(self.starts, end) - 1
        return before >= 0 and self.items[before].char_end > start


def spans(items: Iterable[SpanT], field: Field) -> Spans[SpanT]:
    held = sorted((item for item in items if item.field == field), key=lambda item: item.char_start)
    return Spans(tuple(held), tuple(item.char_start for item in held))
