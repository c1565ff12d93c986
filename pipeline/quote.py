"""A quote as the page itself has it, and a quote that shows what was restored."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.records import Edit
from pipeline.repair.edited import TextEdit, page_span, undone


class NoOriginalError(ValueError):
    """The text, its edits and its original do not belong together."""


def undo(field_text: str, edits: Sequence[Edit]) -> str:
    """The page's own words, in simplified script: `field_text` with each edit's original in its place."""
    return undone(field_text, _text_edits(edits))


def replay(own_words: str, edits: Sequence[Edit]) -> str:
    """What `undo` took back: the text of the field, made again from the page's own words and the edits.

    `NoOriginalError` where an edit's original does not stand where it should.
    """
    parts, place, length = [], 0, 0
    for edit in sorted(edits, key=lambda edit: edit.ordinal):
        start = place + edit.char_start - length
        end = start + len(edit.original)
        if start < place or own_words[start:end] != edit.original:
            raise NoOriginalError(f"edit {edit.ordinal}: {edit.original!r} does not stand at {start}")
        parts += [own_words[place:start], edit.replacement]
        place, length = end, edit.char_start + len(edit.replacement)
    return "".join((*parts, own_words[place:]))


def original_span(field_text: str, original_text: str, edits: Sequence[Edit], start: int, end: int) -> str:
    """The page's own words, in its own script, for `field_text[start:end]`; `edits` are that field's.

    A restored word that the span cuts into counts whole; an annotation of its last character belongs to it.
    """
    made = _text_edits(edits)
    if len(undone(field_text, made)) != len(original_text):
        raise NoOriginalError(f"{len(original_text)} code points cannot be {field_text[:20]!r}… undone")
    page_start, page_end = page_span(made, start, end)
    return original_text[page_start:page_end]


def marked_quote(text: str, edits: Sequence[Edit], start: int, end: int) -> str:
    """`text[start:end]` with what was restored in it in ［］; what was only taken out leaves no mark."""
    parts, place = [], start
    for edit in _text_edits(edits):
        first, last = max(edit.start, start), min(edit.end, end)
        if first < last:
            parts += [text[place:first], "［", text[first:last], "］"]
            place = last
    return "".join((*parts, text[place:end]))


def _text_edits(edits: Sequence[Edit]) -> tuple[TextEdit, ...]:
    ordered = sorted(edits, key=lambda edit: edit.ordinal)
    return tuple(TextEdit(e.kind, e.char_start, e.char_end, e.original, e.confidence) for e in ordered)
