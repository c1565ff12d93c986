"""A text in pieces, each with what is said of it, so that a template can mark spans that overlap."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

BRACKETS = "［］"  # of what was restored in a quote
MAX_SHOWN = 120_000  # code points of one field on one page


@dataclass(frozen=True)
class Span:
    start: int
    end: int
    kind: str  # a class of the style sheet
    label: str = ""


@dataclass(frozen=True)
class Piece:
    text: str
    kinds: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    opens: str | None = None  # the anchor of a span that begins here


def pieces(text: str, spans: Sequence[Span], anchor: Span | None = None) -> list[Piece]:
    """The text cut wherever a span begins or ends; spans outside it are left out.

    >>> [(p.text, p.kinds) for p in pieces("abcd", [Span(1, 3, "x"), Span(2, 4, "y")])]
    [('a', ()), ('b', ('x',)), ('c', ('x', 'y')), ('d', ('y',))]
    """
    shown = text[:MAX_SHOWN]
    held = [
        span for span in [*spans, *([anchor] if anchor else [])] if 0 <= span.start < span.end <= len(shown)
    ]
    begins: dict[int, list[Span]] = {}
    for span in held:
        begins.setdefault(span.start, []).append(span)
    cuts = sorted({0, len(shown), *(place for span in held for place in (span.start, span.end))})
    made, active = [], list[Span]()
    for start, end in pairwise(cuts):
        active = [span for span in active if span.end > start] + begins.get(start, [])
        opens = "at" if anchor is not None and anchor in active and anchor.start == start else None
        kinds = tuple(dict.fromkeys(span.kind for span in active))
        labels = tuple(dict.fromkeys(span.label for span in active if span.label))
        made.append(Piece(shown[start:end], kinds, labels, opens))
    return made


def lines(parts: Iterable[Piece]) -> list[list[Piece]]:
    """The pieces by line of the text."""
    held: list[list[Piece]] = [[]]
    for piece in parts:
        for place, part in enumerate(piece.text.split("\n")):
            if place:
                held.append([])
            if part:
                held[-1].append(Piece(part, piece.kinds, piece.labels, piece.opens if not place else None))
    return [line for line in held if line]


def within(quote: str, start: int, surface: str) -> tuple[int, int] | None:
    """Where the surface stands in a quote, `start` code points of its text on; None where it cannot be told.

    A quote shows what was restored in ［］, which its text does not have.

    >>> within("甲［乙］丙丁", 1, "乙丙")
    (2, 5)
    """
    places = [place for place, char in enumerate(quote) if char not in BRACKETS or char in surface]
    held = places[start : start + len(surface)]
    if not surface or "".join(quote[place] for place in held) != surface:
        return None
    return held[0], held[-1] + 1
