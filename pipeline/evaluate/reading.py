"""One page as it was read beside the same page as it is: which marks are right, missing, extra.

Both sides are a text with marks in it. Where the texts differ, marks of what was found are carried over to
the true text along the characters that both share: one lost word costs one mark and not all behind it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import cached_property

from pipeline.evaluate.tally import Tally

SENTENCE_ENDS = "。？！\n"
MAX_ALIGNED = 20_000  # characters; longer texts that differ are aligned as far as they begin alike


@dataclass(frozen=True, slots=True)
class Mark:
    """`what` is said of [start:end) of title, newline, text."""

    start: int
    end: int
    what: tuple[str, ...] = ()


@dataclass(frozen=True)
class Reading:
    """A page's title and text, and its marks by kind; a kind that is not there is not known."""

    title: str = ""
    text: str = ""
    marks: Mapping[str, tuple[Mark, ...]] = field(default_factory=dict)

    @cached_property
    def full(self) -> str:
        return f"{self.title}\n{self.text}"

    def offset(self, field_name: str) -> int:
        """Where a field begins in `full`."""
        return 0 if field_name == "title" else len(self.title) + 1


Place = Callable[[str, Mark], tuple[int, ...]]


def span(text: str, mark: Mark) -> tuple[int, ...]:  # noqa: ARG001 (a Place)
    return (mark.start, mark.end)


def sentence(text: str, mark: Mark) -> tuple[int, ...]:
    return (max(text.rfind(end, 0, mark.start) for end in SENTENCE_ENDS),)


def line(text: str, mark: Mark) -> tuple[int, ...]:
    return (text.rfind("\n", 0, mark.start),)


def page(text: str, mark: Mark) -> tuple[int, ...]:  # noqa: ARG001 (a Place)
    return ()


@dataclass(frozen=True, slots=True)
class Compared:
    """Marks in the true text's offsets; an `extra` one that stands nowhere in it has a negative start."""

    tally: Tally
    missing: tuple[Mark, ...]
    extra: tuple[Mark, ...]


@dataclass(frozen=True)
class Sides:
    """What was found and what is true of one page, aligned once for all kinds of marks."""

    found: Reading
    true: Reading

    def compared(self, kind: str, place: Place) -> Compared:
        """Marks at one place that say the same are one mark."""
        found = {self._key(mark, place): mark for mark in map(self._carried, self.found.marks.get(kind, ()))}
        true = {(place(self.true.full, mark), mark.what): mark for mark in self.true.marks.get(kind, ())}
        missing = tuple(mark for key, mark in true.items() if key not in found)
        extra = tuple(mark for key, mark in found.items() if key not in true)
        return Compared(Tally(len(true) - len(missing), len(found), len(true)), missing, extra)

    def _key(self, mark: Mark, place: Place) -> tuple[tuple[int, ...], tuple[str, ...]]:
        stands = mark.start >= 0 or place is page
        return (place(self.true.full, mark) if stands else (mark.start,), mark.what)

    def _carried(self, mark: Mark) -> Mark:
        """The mark in the true text; without its end where only a part of it stands there."""
        if self.found.full == self.true.full:
            return mark
        places = self._places
        if mark.start == mark.end:  # nothing stands here now: it belonged to the character before
            at = places.get(mark.start - 1, -2 - mark.start) + 1 if mark.start else 0
            return Mark(at, at, mark.what)
        kept = [places[n] for n in range(mark.start, mark.end) if n in places]
        if not kept:
            return Mark(-1 - mark.start, -1 - mark.start, mark.what)
        whole = len(kept) == mark.end - mark.start and kept[-1] - kept[0] == len(kept) - 1
        return Mark(kept[0], kept[-1] + 1 if whole else kept[0], mark.what)

    @cached_property
    def _places(self) -> dict[int, int]:
        """Characters of what was found that stand in the true text, and where."""
        a, b = self.found.full, self.true.full
        blocks = SequenceMatcher(None, a[:MAX_ALIGNED], b[:MAX_ALIGNED], autojunk=False).get_matching_blocks()
        return {block.a + n: block.b + n for block in blocks for n in range(block.size)} | {len(a): len(b)}


def compare(found: Reading, true: Reading, kind: str, place: Place = span) -> Compared:
    return Sides(found, true).compared(kind, place)
