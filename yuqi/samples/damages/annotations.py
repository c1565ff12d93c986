"""Pinyin behind characters that conversion changed: 內(nèi)容. All of a kind on a page have it, or none."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache

from pypinyin.constants import PINYIN_DICT

from yuqi.samples.damages.script import is_changed
from yuqi.samples.dice import Key, chance
from yuqi.samples.document import Cell, Document, Line, packed

PAGES_CHARACTERS = 1 << 13  # a page has a few hundred that differ, and asks about each again and again


def annotate(document: Document, share: float, *key: Key) -> Document:
    """Annotates this share of the changed characters, the same ones on the whole page."""

    def annotated(line: Line) -> Line:
        return line._replace(cells=packed(c for cell in line.cells for c in _annotated(cell, share, key)))

    return document.map(annotated)


@lru_cache(maxsize=PAGES_CHARACTERS)
def annotation(true: str, own: str, share: float, key: tuple[Key, ...]) -> str:
    """What this page puts behind a character: nothing, if conversion left it or the page spares it."""
    return (
        f"({reading(own)})"
        if is_changed(true, own) and ord(own) in PINYIN_DICT and chance(share, *key, own)
        else ""
    )


@cache
def reading(character: str) -> str:
    """The first reading in the dictionary, whatever the context."""
    return PINYIN_DICT[ord(character)].split(",")[0]


def _annotated(cell: Cell, share: float, key: tuple[Key, ...]) -> Iterator[Cell]:
    if cell.damage:
        yield cell
        return
    start = 0
    for at, (true, own) in enumerate(zip(cell.true, cell.own, strict=True), start=1):
        if true != own and (said := annotation(true, own, share, key)):
            yield Cell(cell.true[start:at], cell.own[start:at])
            yield Cell("", said, "annotation", True)
            start = at
    yield Cell(cell.true[start:], cell.own[start:])
