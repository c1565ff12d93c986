"""Words that a site's filter deletes: 问题 → 问, 电话 → a blank, 与此同时， → 与此."""

from __future__ import annotations

from collections.abc import Iterator

from yuqi.samples.document import Cell, Document, Line, clean
from yuqi.samples.library import Lacuna, lacunae


def delete_words(document: Document) -> Document:
    """Every occurrence goes, as a filter does it; a gap is `expected` where its context gives it away."""
    return document.map(_deleted)


def _deleted(line: Line) -> Line:
    text = line.text
    if line.own_words != text:
        raise ValueError("words are deleted before any other damage")
    cells: list[Cell] = []
    at = 0
    for start, lacuna in sorted(_found(text), key=lambda found: found[0]):
        kept, end = start + len(lacuna.keep), start + len(lacuna.word)
        expected = any(match.start() == start for p in lacuna.expected for match in p.finditer(text))
        cells += [*clean(text[at:kept]), Cell(text[kept:end], lacuna.left, lacuna.kind, expected)]
        at = end
    return Line(line.kind, line.level, (*cells, *clean(text[at:])), line.spans)


def _found(text: str) -> Iterator[tuple[int, Lacuna]]:
    for lacuna in lacunae():
        start = text.find(lacuna.word)
        while start >= 0:
            yield start, lacuna
            start = text.find(lacuna.word, start + len(lacuna.word))
