"""Whether text holds anything that printing would have to change: looked at as bytes, before any is changed.

Hardly a cell does, and a look at bytes is some twenty times as quick as a regular expression over characters.
A look may say yes for nothing (then the expression decides), never no for something.
"""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np
import pyarrow as pa

Column: TypeAlias = "pa.ChunkedArray[Any]"
Bytes: TypeAlias = "np.ndarray[Any, np.dtype[np.uint8]]"

FIRST_PRINTABLE = 0x20
BLOCK = 1 << 18  # bytes looked at together, so that they stay in a processor's cache
LONGEST = 3  # bytes of one of the characters looked for: a block sees so much of the next one
PLAIN_BLANKS = b"\t\n\r"
DELETE = 0x7F
# UTF-8 of what terminals and readers act on beyond ASCII: U+0080–9F; U+200E–200F, 2028–202E; U+2066–2069
LEAD_C1 = 0xC2
FIRST_LATIN = 0xA0  # the second byte of U+00A0; those before are control characters
LEAD_MARKS = 0xE2
SECOND_MARKS = {0x80: ((0x8E, 0x8F), (0xA8, 0xAE)), 0x81: ((0xA6, 0xA9),)}
# First bytes of what spreadsheets take for a formula; 0xEF begins ＝＋－＠, and much that is none
FORMULA_FIRST = np.isin(np.arange(256), list(b"=+-@\t\r\xef"))


def may_act(held: Bytes) -> bool:
    """Whether UTF-8 holds a control character (tab and line ends apart) or a mark of direction."""
    ends = range(BLOCK, len(held) + BLOCK, BLOCK)
    return any(_may_act(held[end - BLOCK : end + LONGEST - 1]) for end in ends)


def _may_act(held: Bytes) -> bool:
    low = held < FIRST_PRINTABLE
    if low.any() and not np.isin(held[low], list(PLAIN_BLANKS)).all():
        return True
    if (held == DELETE).any():
        return True
    if (_behind(held, LEAD_C1, 1)[0] < FIRST_LATIN).any():
        return True
    seconds, thirds = _behind(held, LEAD_MARKS, 2)
    return any(
        ((seconds[: len(thirds)] == second) & (thirds >= first) & (thirds <= last)).any()
        for second, spans in SECOND_MARKS.items()
        for first, last in spans
    )


def may_reckon(column: Column) -> bool:
    """Whether a cell of text begins as a formula does."""
    return any(_begins(chunk) for chunk in column.chunks if len(chunk))


def text_bytes(column: Column) -> list[Bytes]:
    """Of a column of strings, one array a chunk, without a copy; what nulls hide may be among it."""
    return [_span(chunk) for chunk in column.chunks if len(chunk)]


def _behind(held: Bytes, lead: int, many: int) -> list[Bytes]:
    """The first, second, … byte behind each of the leading ones, as far as the bytes reach."""
    places = np.flatnonzero(held == lead)
    return [held[places[: np.searchsorted(places, len(held) - n)] + n] for n in range(1, many + 1)]


def _begins(chunk: pa.Array[Any]) -> bool:
    offsets = _offsets(chunk)
    starts = offsets[:-1][offsets[:-1] < offsets[1:]]
    return bool(FORMULA_FIRST[_data(chunk)[starts]].any())


def _span(chunk: pa.Array[Any]) -> Bytes:
    offsets = _offsets(chunk)
    return _data(chunk)[offsets[0] : offsets[-1]]


def _offsets(chunk: pa.Array[Any]) -> np.ndarray[Any, np.dtype[np.int32]]:
    return _buffer(chunk, 1).view(np.int32)[chunk.offset : chunk.offset + len(chunk) + 1]


def _data(chunk: pa.Array[Any]) -> Bytes:
    return _buffer(chunk, 2)


def _buffer(chunk: pa.Array[Any], place: int) -> Bytes:
    """1: where each value begins, 2: the values one behind the other; none where all are null."""
    buffer = chunk.buffers()[place]
    return np.frombuffer(memoryview(buffer if buffer is not None else b""), dtype=np.uint8)
