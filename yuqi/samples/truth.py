"""What is true of a page: its text, what it says of whom, and which edits give its words back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from yuqi.samples.document import Document, Line, Span
from yuqi.samples.library import table

PageKind = Literal["article", "part", "gone", "list", "tag", "soft-404", "missing", "redirect", "disallowed"]
Field = Literal["title", "text"]
NEAR_MOST = 0.8  # a platform within this share of the most frequent one is a subject too (contract)


@dataclass(frozen=True, slots=True)
class TrueMention:
    platform_id: str
    field: Field
    start: int
    end: int
    surface: str
    role: str  # subject | other


@dataclass(frozen=True, slots=True)
class TruePractice:
    """`platform_id`: whom the sentence names, else whom an alleged or claimed one is said of, else None."""

    practice_id: str
    assertion: str
    platform_id: str | None
    own: bool
    field: Field
    start: int
    end: int
    surface: str


@dataclass(frozen=True, slots=True)
class TrueLaw:
    law_id: str
    field: Field
    start: int
    end: int
    surface: str


@dataclass(frozen=True, slots=True)
class TrueTip:
    """The paragraph that gives the advice."""

    tip_id: str
    field: Field
    start: int
    end: int
    surface: str


@dataclass(frozen=True, slots=True)
class TrueEdit:
    """The slice [start:end] of the field is `replacement`; the page shows `original` (own script) there.

    `expected`: a repair can know it from the page alone. Annotations replace nothing: start == end.
    """

    kind: str
    field: Field
    start: int
    end: int
    original: str
    replacement: str
    expected: bool


@dataclass(frozen=True, slots=True)
class TruePage:
    """One URL of a farm on one day. What is no live article has no text and no findings."""

    site_id: str
    path: str
    kind: PageKind
    operator: str
    index: int | None = None
    version: int = 1
    title: str = ""
    text: str = ""
    script: str = "hans"
    published_at: datetime | None = None
    author: str | None = None
    category: str | None = None
    story: str | None = None
    template: str | None = None
    second_template: str | None = None  # the other parent of a stitched text
    subjects: tuple[str, ...] = ()
    mentions: tuple[TrueMention, ...] = ()
    practices: tuple[TruePractice, ...] = ()
    laws: tuple[TrueLaw, ...] = ()
    tips: tuple[TrueTip, ...] = ()
    edits: tuple[TrueEdit, ...] = ()


@dataclass(frozen=True, slots=True)
class Placed:
    """A line and where it begins in its field."""

    field: Field
    start: int
    line: Line


def placed(document: Document) -> Iterator[Placed]:
    yield Placed("title", 0, document.title)
    at = 0
    for line in document.body:
        yield Placed("text", at, line)
        at += len(line.text) + 1


def subjects(document: Document) -> tuple[str, ...]:
    """The contract's rule: named in the title, or most frequent in the text with two mentions or more."""
    titled = [span.id for span in document.title.spans if span.kind == "platform"]
    counts = Counter(span.id for line in document.body for span in line.spans if span.kind == "platform")
    most = max(counts.values(), default=0)
    frequent = [name for name, n in counts.items() if n >= 2 and n >= NEAR_MOST * most]
    return tuple(sorted({*titled, *frequent}))


def mentions(document: Document) -> tuple[TrueMention, ...]:
    about = subjects(document)
    return tuple(
        TrueMention(span.id, p.field, *_cut(p, span), "subject" if span.id in about else "other")
        for p, span in _spans(document, "platform")
    )


def practices(document: Document) -> tuple[TruePractice, ...]:
    about, named = subjects(document), mentions(document)
    titled, told = ({m.platform_id for m in named if m.field == name} for name in ("title", "text"))
    disputed = bool(titled and told) and titled.isdisjoint(told)  # such a page accuses nobody
    return tuple(
        TruePractice(
            span.id,
            span.assertion,
            None if disputed and span.assertion == "alleged" else _said_of(p.line, span, about),
            span.is_own and not disputed,
            p.field,
            *_cut(p, span),
        )
        for p, span in _spans(document, "practice")
    )


def tips(document: Document) -> tuple[TrueTip, ...]:
    return tuple(TrueTip(span.id, p.field, *_cut(p, span)) for p, span in _spans(document, "tip"))


def laws(document: Document) -> tuple[TrueLaw, ...]:
    return tuple(
        TrueLaw(law_id, p.field, p.start + at, p.start + at + len(surface), surface)
        for p in placed(document)
        for surface, law_id in table("laws")["surfaces"].items()
        if (at := p.line.text.find(surface)) >= 0
    )


def edits(document: Document) -> tuple[TrueEdit, ...]:
    found = []
    for p in placed(document):
        at = p.start
        for cell in p.line.cells:
            end = at + len(cell.true)
            if cell.damage:
                found.append(TrueEdit(cell.damage, p.field, at, end, cell.own, cell.true, cell.expected))
            at = end
    return tuple(found)


def _spans(document: Document, kind: str) -> Iterator[tuple[Placed, Span]]:
    return ((p, span) for p in placed(document) for span in p.line.spans if span.kind == kind)


def _cut(p: Placed, span: Span) -> tuple[int, int, str]:
    return p.start + span.start, p.start + span.end, p.line.text[span.start : span.end]


def _said_of(line: Line, span: Span, about: tuple[str, ...]) -> str | None:
    """Whom a practice is said of: the nearest name before it in its sentence, else a name behind it there."""
    begin = max(line.text.rfind(stop, 0, span.start) for stop in "。？！") + 1
    end = next((n for n in range(span.end, len(line.text)) if line.text[n] in "。？！"), len(line.text))
    named = [s for s in line.spans if s.kind == "platform" and begin <= s.start and s.end <= end]
    before = [s.id for s in named if s.start <= span.start]
    if named:
        return before[-1] if before else named[0].id
    told = span.assertion in ("alleged", "claimed-practice")
    return about[0] if told and len(about) == 1 else None
