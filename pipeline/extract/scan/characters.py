"""What compiled code asks of a character: bits in one table, made of the patterns that say it to Python."""

from __future__ import annotations

import re

import numpy as np
from numpy.typing import NDArray

from pipeline.compiled import bare
from pipeline.extract.clean import INVISIBLE, WIDE
from pipeline.extract.scan.tags import Bytes

WHITE, HIDDEN, WIDE_ONE, DIGIT, STOP, MARK, COMMA, END_MARK = (1 << place for place in range(8))
ENDS = "。！？!?；;…”」"  # of sentences
_SAID = (
    (WHITE, r"\s"),
    (HIDDEN, INVISIBLE.pattern),
    (WIDE_ONE, f"[{WIDE}]"),
    (DIGIT, r"\d"),
    (STOP, "[，。；：！？、“”]"),
    (MARK, "[,;:!?.]"),  # punctuation where Han, a blank or nothing follows: 3.14 holds none
    (COMMA, "[，,。；;]"),
    (END_MARK, f"[{ENDS}]"),
)
PLANES = 0x20000  # the two that hold all of these but the Han of the next two and the signs of the last
FIRST_HAN_BYTE, LAST_HAN_BYTE = 0xE5, 0xE9  # U+5000 to U+9FFF
LAST_WIDE, FIRST_TAG, LAST_TAG = 0x3FFFF, 0xE0000, 0xE0FFF


def _table() -> NDArray[np.uint8]:
    every = "".join(map(chr, range(PLANES)))
    bits = np.zeros(PLANES, np.uint8)
    for bit, pattern in _SAID:
        for found in re.finditer(f"(?:{pattern})+", every):
            bits[found.start() : found.end()] |= bit
    return np.frombuffer(bits.tobytes(), np.uint8)  # read only, as what compiled code is handed


TABLE = _table()


@bare
def bits_of(table: Bytes, code: int) -> int:
    if code < PLANES:
        return int(table[code])
    if code <= LAST_WIDE:
        return WIDE_ONE
    return HIDDEN if FIRST_TAG <= code <= LAST_TAG else 0


@bare
def code_at(data: Bytes, at: int, end: int) -> tuple[int, int]:
    """(the character that stands here in UTF-8, what follows it); 0 for what `end` cuts off."""
    first = int(data[at])
    if first < 0x80:
        return first, at + 1
    width = 2 if first < 0xE0 else 3 if first < 0xF0 else 4
    if at + width > end:
        return 0, end
    code = first & (0x7F >> width)
    for place in range(at + 1, at + width):
        code = code << 6 | int(data[place]) & 0x3F
    return code, at + width


@bare
def is_han(data: Bytes, at: int, end: int) -> bool:
    """Whether one of most Han stands here, in three bytes: WIDE_ONE and nothing else. Spares the table."""
    return bool(FIRST_HAN_BYTE <= data[at] <= LAST_HAN_BYTE) and at + 3 <= end
