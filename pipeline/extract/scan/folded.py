"""The texts of lines as people see them: entities read, white space folded, what is invisible gone."""

from __future__ import annotations

import numpy as np

from pipeline.compiled import bare
from pipeline.extract.scan.characters import HIDDEN, WHITE, WIDE_ONE, bits_of, code_at, is_han
from pipeline.extract.scan.gathered import AND, CELL_END, FOLDED, LINKED, TEXT, Lines, put, write
from pipeline.extract.scan.names import key
from pipeline.extract.scan.tags import BLANK, Bytes, exact_key_of, find_until

# The parser writes five characters so: length, key, the character.
_ENTITIES = tuple(
    (len(said), np.uint64(key(said)), code)
    for said, code in ((b"&nbsp;", 0xA0), (b"&lt;", 60), (b"&gt;", 62), (b"&quot;", 34), (b"&amp;", 38))
)
_LINE_END, _RETURN, _BAR, _DELETE = 10, 13, np.uint8(124), np.uint8(127)


@bare
def _character(data: Bytes, at: int, end: int) -> tuple[int, int]:
    """(the character that stands here, or is named here, what follows it)."""
    if data[at] == AND:
        for length, said, code in _ENTITIES:
            if at + length <= end and exact_key_of(data, at, at + length) == said:
                return code, at + length
    return code_at(data, at, end)


@bare
def _is_wide(byte: np.uint8) -> int:
    """Of a byte of what _plain_end passes by."""
    return WIDE_ONE if byte >= _DELETE else 0


@bare
def _plain_end(data: Bytes, at: int, end: int) -> tuple[int, int]:
    """(behind what stands here of Han and signs of ASCII, how many characters); none of them folds."""
    chars = 0
    while at < end:
        if is_han(data, at, end):
            at += 3
        elif BLANK < data[at] < _DELETE and data[at] != AND:
            at += 1
        else:
            break
        chars += 1
    return at, chars


@bare
def fold(page: Lines, table: Bytes, buffer: int, at: int, end: int) -> int:
    """Writes what stands in a buffer to FOLDED, as clean.fold; how many characters that are."""
    data, chars, before = page.buffers[buffer], 0, 0
    blank = wrapped = False
    while at < end:
        start = at
        at, more = _plain_end(data, at, end)
        if more:
            code, bits, after = 0, _is_wide(data[start]), _is_wide(data[at - 1])
        else:
            more = 1
            code, at = _character(data, at, end)
            bits = after = bits_of(table, code)
        if bits & WHITE and not bits & HIDDEN:
            blank = True
            wrapped |= code == _LINE_END or code == _RETURN  # noqa: PLR1714  machine code
        elif not bits & HIDDEN:
            if blank and chars and not (wrapped and before & bits & WIDE_ONE):
                put(page, FOLDED, BLANK)
                chars += 1
            if data[start] == AND:
                put(page, FOLDED, np.uint8(code))
            else:
                write(page, FOLDED, data, start, at)
            chars += more
            before, blank, wrapped = after, False, False
    return chars


@bare
def fold_cells(page: Lines, table: Bytes, buffer: int, at: int, end: int) -> int:
    """Writes the cells of a row to FOLDED, with ` | ` between those that say anything; their characters."""
    data, chars = page.buffers[buffer], 0
    while at < end:
        stop = find_until(data, CELL_END, at, end)
        written = page.counts[FOLDED]
        if chars:
            for byte in (BLANK, _BAR, BLANK):
                put(page, FOLDED, byte)
        said = fold(page, table, buffer, at, stop)
        if not said:
            page.counts[FOLDED] = written
        chars += said
        at = stop + 1
    return chars


@bare
def linked_chars(page: Lines, table: Bytes, at: int, end: int, is_row: bool) -> int:
    """How many characters stand inside links: visible ones in rows of data, else all but white space.

    Before the line itself is folded: FOLDED has room for what a row says, not for that and what it links.
    """
    if is_row:
        written = page.counts[FOLDED]
        chars = fold_cells(page, table, LINKED, at, end)
        page.counts[FOLDED] = written
        return chars
    chars, data = 0, page.buffers[LINKED]
    while at < end:
        if is_han(data, at, end):
            chars, at = chars + 1, at + 3
            continue
        code, at = _character(data, at, end)
        chars += not bits_of(table, code) & WHITE
    return chars


@bare
def fold_line(page: Lines, table: Bytes, at: int, end: int, is_row: bool) -> int:
    """How many characters of the text that stands here are seen, cells without what parts them."""
    return fold_cells(page, table, TEXT, at, end) if is_row else fold(page, table, TEXT, at, end)
