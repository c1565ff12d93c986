"""A text and the log of what was changed in it: every change can be seen, replayed and undone."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from operator import itemgetter
from typing import NamedTuple

from pipeline.records import Confidence


class Span(NamedTuple):
    """A change to make: `text[start:end]` becomes `replacement`."""

    start: int
    end: int
    replacement: str
    kind: str
    confidence: Confidence = "certain"


_place = itemgetter(0, 1)  # start and end of a span


class TextEdit(NamedTuple):
    """A change that was made: `text[start:end]` stands where the page says `original`."""

    kind: str
    start: int
    end: int
    original: str
    confidence: Confidence = "certain"

    def moved(self, by: int) -> TextEdit:
        return self._replace(start=self.start + by, end=self.end + by)


class NotOneToOneError(ValueError):
    """A conversion that must keep every offset changed the length of a text."""


class EditedText(NamedTuple):
    """A text with its edits, in order and never overlapping.

    >>> page = EditedText("催收问也让人困扰").replace([Span(3, 3, "题", "deleted-ti", "high")])
    >>> page.text, page.undo()
    ('催收问题也让人困扰', '催收问也让人困扰')
    """

    text: str
    edits: tuple[TextEdit, ...] = ()

    def replace(self, spans: Iterable[Span]) -> EditedText:
        """Makes changes that do not overlap each other; an earlier edit that one cuts into goes into it."""
        chosen = sorted(spans, key=_place)
        if any(after.start < before.end for before, after in pairwise(chosen)):
            raise ValueError(f"spans overlap: {chosen}")
        if not chosen:
            return self
        parts: list[str] = []
        edits: list[TextEdit] = []
        place = length = 0
        for (start, end), said, (kind, original, confidence) in self._changes(chosen):
            parts += [self.text[place:start], said]
            length += start - place
            if original != said:
                edits.append(TextEdit(kind, length, length + len(said), original, confidence))
            length += len(said)
            place = end
        return EditedText("".join((*parts, self.text[place:])), tuple(edits))

    def map_chars(self, convert: Callable[[str], str]) -> EditedText:
        """A conversion that keeps the length: of the text, and of what its edits replaced."""
        text = _one_to_one(convert, self.text)
        if not self.edits and text == self.text:
            return self
        edits = tuple(
            e if e.original in ("", said := _one_to_one(convert, e.original)) else e._replace(original=said)
            for e in self.edits
        )
        return EditedText(text, edits)

    def undo(self) -> str:
        """The page's own words."""
        return undone(self.text, self.edits)

    def page_span(self, start: int, end: int) -> tuple[int, int]:
        """Where `text[start:end]` stands in the page's own words."""
        return page_span(self.edits, start, end)

    def _changes(self, chosen: Sequence[Span]) -> Iterator[_Change]:
        """Where the text changes, what stands there then, and how that is logged."""
        if not self.edits:  # most lines of most pages
            for start, end, said, kind, confidence in chosen:
                yield (start, end), said, (kind, self.text[start:end], confidence)
            return
        for group in _groups(chosen, self.edits):
            yield (group.start, group.end), *self._regrouped(group)

    def _regrouped(self, group: _Group) -> tuple[str, _Logged]:
        """What stands there now, and the one edit that says so."""
        here = self.text[group.start : group.end]
        if not group.spans:
            kept = group.edits[0]
            return here, (kept.kind, kept.original, kept.confidence)
        last = group.spans[-1]
        said = "".join(_replayed(self.text, group))
        original = undone(here, [edit.moved(-group.start) for edit in group.edits])
        return said, (last.kind, original, last.confidence)


_Logged = tuple[str, str, Confidence]  # kind, original, confidence
_Change = tuple[tuple[int, int], str, _Logged]


@dataclass(slots=True)
class _Group:
    """New changes and the earlier edits that they cut into: they become one edit."""

    start: int
    end: int
    spans: list[Span]
    edits: list[TextEdit]


def _groups(spans: Sequence[Span], edits: Sequence[TextEdit]) -> Iterator[_Group]:
    """In the order of the text; where nothing overlaps, each stands alone."""
    items: list[TextEdit | Span] = [*edits, *spans]
    items.sort(key=lambda item: (item.start, item.end, isinstance(item, Span)))
    group: _Group | None = None
    for item in items:
        if group is None or item.start >= group.end:
            if group is not None:
                yield group
            group = _Group(item.start, item.end, [], [])
        group.end = max(group.end, item.end)
        if isinstance(item, Span):
            group.spans.append(item)
        else:
            group.edits.append(item)
    if group is not None:
        yield group


def _replayed(text: str, group: _Group) -> Iterator[str]:
    place = group.start
    for span in group.spans:
        yield text[place : span.start]
        yield span.replacement
        place = span.end
    yield text[place : group.end]


def undone(text: str, edits: Sequence[TextEdit]) -> str:
    """The text with each edit's original in its place; `edits` in order."""
    parts, place = [], 0
    for edit in edits:
        parts += [text[place : edit.start], edit.original]
        place = edit.end
    return "".join((*parts, text[place:]))


def page_span(edits: Sequence[TextEdit], start: int, end: int) -> tuple[int, int]:
    """From a span of the text to the span of the page's own words; an edit it cuts into counts whole.

    Something taken out at the span's end (an annotation of its last character) belongs to it.
    """
    return next(page_spans(edits, ((start, end),)))


def page_spans(edits: Sequence[TextEdit], spans: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """`page_span` of many spans: a hostile line has thousands of them, and of edits."""
    ends = [edit.end for edit in edits]
    grown = [0, *accumulate(len(edit.original) - (edit.end - edit.start) for edit in edits)]
    for start, end in spans:
        first, last = bisect_right(ends, start), bisect_right(ends, end)
        page_start, page_end = start + grown[first], end + grown[last]
        if first < len(edits) and edits[first].start < start:
            page_start += edits[first].start - start
        if last < len(edits) and edits[last].start < end:
            page_end = edits[last].end + grown[last + 1]
        yield page_start, page_end


def inverted(text: EditedText) -> tuple[TextEdit, ...]:
    """The edits that would lead back, in the page's own words: `page_span` over them leads to the text."""
    back, shift = [], 0
    for edit in text.edits:
        start = edit.start + shift
        said = text.text[edit.start : edit.end]
        back.append(TextEdit(edit.kind, start, start + len(edit.original), said, edit.confidence))
        shift += len(edit.original) - len(said)
    return tuple(back)


def _one_to_one(convert: Callable[[str], str], text: str) -> str:
    converted = convert(text)
    if len(converted) != len(text):
        raise NotOneToOneError(f"{len(text)} code points became {len(converted)}")
    return converted
