"""Annotations inserted byte-wise into GBK, and the text cut at ，；？！ found at any byte offset.

`。現實` is A1A3 AC46 …: the site's code finds A3AC, the bytes of ，, inside it, and a reader sees
`?，F(xiàn)實`. The bytes of an annotated character are likewise found inside two others: 詢如 holds
those of 內. What cannot be decoded becomes `?` and swallows the next byte, as in PHP's CP936 decoder.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace

from yuqi.samples.damages.annotations import annotation
from yuqi.samples.dice import Key
from yuqi.samples.document import Cell, Document, Line, packed

CUTS = tuple("，；？！".encode("gbk")[n : n + 2] for n in range(0, 8, 2))


@dataclass(frozen=True, slots=True)
class Byte:
    """A byte of the page, the cell it comes from (None: an annotation), whether it is the cell's first."""

    value: int
    cell: int | None
    is_first: bool = False


@dataclass(frozen=True, slots=True)
class Token:
    """A character as read; `cell` is set where it is exactly the character of that cell."""

    text: str
    cell: int | None
    touched: frozenset[int]


def misalign(document: Document, share: float, *key: Key) -> Document:
    """Annotates as `annotate` does, but byte by byte; lines that GBK cannot hold are left alone."""
    marks = dict(_marks([cell for line in document.lines for cell in line.cells], share, key))
    return document.map(lambda line: _misaligned(line, marks))


def _misaligned(line: Line, marks: dict[bytes, bytes]) -> Line:
    cells = tuple(c for cell in line.cells for c in _single(cell))
    try:
        source = _encoded(cells)
    except UnicodeEncodeError:
        return line
    tokens = [t for part in _cut(list(_inserted(source, marks))) for t in _decoded(part, cells)]
    return replace(line, cells=packed(_aligned(cells, tokens)))


def _single(cell: Cell) -> Iterator[Cell]:
    """A clean cell as cells of one character."""
    if cell.damage:
        yield cell
    else:
        yield from (Cell(true, own) for true, own in zip(cell.true, cell.own, strict=True))


def _marks(cells: list[Cell], share: float, key: tuple[Key, ...]) -> Iterator[tuple[bytes, bytes]]:
    """The bytes of each character that the page annotates, and what is put behind them."""
    for cell in (single for held in cells if not held.damage for single in _single(held)):
        if said := annotation(cell.true, cell.own, share, key):
            with suppress(UnicodeEncodeError):  # ḿ and the like: not in GBK, not annotated
                yield cell.own.encode("gbk"), said.encode("gbk")


def _encoded(cells: tuple[Cell, ...]) -> list[Byte]:
    return [
        Byte(value, n, place == 0)
        for n, cell in enumerate(cells)
        for place, value in enumerate(cell.own.encode("gbk"))
    ]


def _inserted(source: list[Byte], marks: dict[bytes, bytes]) -> Iterator[Byte]:
    at = 0
    while at < len(source):
        pair = bytes(byte.value for byte in source[at : at + 2])
        if pair in marks:
            yield from source[at : at + 2]
            yield from (Byte(value, None) for value in marks[pair])
            at += 2
        else:
            yield source[at]
            at += 1


def _cut(source: list[Byte]) -> Iterator[list[Byte]]:
    """The pieces between the signs, and the signs, wherever their bytes are found."""
    held: list[Byte] = []
    at = 0
    while at < len(source):
        if bytes(byte.value for byte in source[at : at + 2]) in CUTS:
            yield held
            yield source[at : at + 2]
            held, at = [], at + 2
        else:
            held.append(source[at])
            at += 1
    yield held


def _decoded(part: list[Byte], cells: tuple[Cell, ...]) -> Iterator[Token]:
    at = 0
    while at < len(part):
        size = 1 if part[at].value < 0x80 else 2
        used = part[at : at + size]
        at += size
        text = _character(bytes(byte.value for byte in used))
        touched = frozenset(byte.cell for byte in used if byte.cell is not None)
        first = used[0].cell
        exact = first is not None and used[0].is_first and len(touched) == 1 and cells[first].own == text
        yield Token(text, first if exact else None, touched)


def _character(pair: bytes) -> str:
    try:
        return pair.decode("gbk")
    except UnicodeDecodeError:
        return "?"


def _aligned(cells: tuple[Cell, ...], tokens: list[Token]) -> Iterator[Cell]:
    """Characters that came through as they were; between them annotations, and stretches of damage."""
    at = 0  # next cell to account for
    held: list[Token] = []
    for token in tokens:
        if token.cell is None:
            held.append(token)
            continue
        yield from _between(cells[at : token.cell], held)
        yield cells[token.cell]
        at, held = token.cell + 1, []
    yield from _between(cells[at:], held)


def _between(passed: tuple[Cell, ...], held: list[Token]) -> Iterator[Cell]:
    own = "".join(token.text for token in held)
    if any(token.touched for token in held):
        true = "".join(cell.true for cell in passed)
        yield Cell(true, own, "misalignment", _is_knowable(true, own))
        return
    if own:
        yield Cell("", own, "annotation", True)
    yield from passed


def _is_knowable(true: str, own: str) -> bool:
    """Pinyin confirms the reading, and no digit or letter was swallowed: nobody knows which it was."""
    return ")" in own and all(char in own for char in true if char.isascii())
