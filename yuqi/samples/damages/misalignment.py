"""Annotations inserted byte-wise into GBK, and the text cut at ，；？！ found at any byte offset.

`。現實` is A1A3 AC46 …: the site's code finds A3AC, the bytes of ，, inside it, and a reader sees
`?，F(xiàn)實`. The bytes of an annotated character are likewise found inside two others: 詢如 holds
those of 內. What cannot be decoded becomes `?` and swallows the next byte, as in PHP's CP936 decoder.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import cache
from typing import NamedTuple

from yuqi.samples.damages.annotations import annotation
from yuqi.samples.dice import Key
from yuqi.samples.document import Cell, Document, Line, packed

CUT = re.compile(b"|".join(re.escape(sign.encode("gbk")) for sign in "，；？！"))
NOBODY = -1  # whose bytes those of an annotation are


class Stream(NamedTuple):
    """The page's bytes; of each the number of the cell that it comes from, and whether it is its first."""

    values: bytearray
    cells: list[int]
    firsts: list[bool]


class Token(NamedTuple):
    """A character as read; `cell` is set where it is exactly the character of that cell. `touched`: it holds
    a byte of some cell."""

    text: str
    cell: int | None
    touched: bool


def misalign(document: Document, share: float, *key: Key) -> Document:
    """Annotates as `annotate` does, but byte by byte; lines that GBK cannot hold are left alone."""
    marks = dict(_marks([cell for line in document.lines for cell in line.cells], share, key))
    return document.map(lambda line: _misaligned(line, marks))


def _misaligned(line: Line, marks: dict[bytes, bytes]) -> Line:
    cells = tuple(c for cell in line.cells for c in _single(cell))
    try:
        pieces = [cell.own.encode("gbk") for cell in cells]
    except UnicodeEncodeError:
        return line
    stream = _inserted(pieces, marks)
    return line._replace(cells=packed(_aligned(cells, _decoded(stream, cells))))


def _single(cell: Cell) -> Iterator[Cell]:
    """A clean cell as cells of one character."""
    if cell.damage:
        yield cell
    else:
        yield from (Cell(true, own) for true, own in zip(cell.true, cell.own, strict=True))


def _marks(cells: list[Cell], share: float, key: tuple[Key, ...]) -> Iterator[tuple[bytes, bytes]]:
    """The bytes of each character that the page annotates, and what is put behind them."""
    pairs = {pair for cell in cells if not cell.damage for pair in zip(cell.true, cell.own, strict=True)}
    for true, own in pairs:
        if true != own and (said := annotation(true, own, share, key)):
            with suppress(UnicodeEncodeError):  # ḿ and the like: not in GBK, not annotated
                yield own.encode("gbk"), said.encode("gbk")


def _inserted(pieces: list[bytes], marks: dict[bytes, bytes]) -> Stream:
    """Behind every two bytes that are marked stands what they are annotated with."""
    source = b"".join(pieces)
    owners = [n for n, piece in enumerate(pieces) for _ in piece]
    firsts = [not place for piece in pieces for place in range(len(piece))]
    made, at, start = Stream(bytearray(), [], []), 0, 0
    while at < len(source):
        said = marks.get(source[at : at + 2])
        at += 1 if said is None else 2
        if said is not None:
            _put(made, source[start:at], owners[start:at], firsts[start:at])
            _put(made, said, [NOBODY] * len(said), [False] * len(said))
            start = at
    _put(made, source[start:], owners[start:], firsts[start:])
    return made


def _put(made: Stream, values: bytes, cells: list[int], firsts: list[bool]) -> None:
    made.values.extend(values)
    made.cells.extend(cells)
    made.firsts.extend(firsts)


def _decoded(stream: Stream, cells: tuple[Cell, ...]) -> Iterator[Token]:
    """The pieces between the signs, and the signs, wherever their bytes are found, each read by itself."""
    values, owners, firsts = stream
    start = 0
    ends = [place for found in CUT.finditer(values) for place in found.span()]
    for end in (*ends, len(values)):
        at = start
        while at < end:
            stop = min(at + (1 if values[at] < 0x80 else 2), end)
            text, first = _character(bytes(values[at:stop])), owners[at]
            alone = firsts[at] and owners[stop - 1] == first
            exact = alone and cells[first].own == text
            yield Token(text, first if exact else None, max(first, owners[stop - 1]) != NOBODY)
            at = stop
        start = end


@cache
def _character(pair: bytes) -> str:
    try:
        return pair.decode("gbk")
    except UnicodeDecodeError:
        return "?"


def _aligned(cells: tuple[Cell, ...], tokens: Iterable[Token]) -> Iterator[Cell]:
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
