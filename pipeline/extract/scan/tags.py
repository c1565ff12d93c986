"""Tags in the bytes of a page, read as the HTML Standard has them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from pipeline.compiled import bare
from pipeline.extract.scan.names import FLAGS, KEYS, PRIME, SEED
from pipeline.extract.scan.names import SLOTS as COUNT

Bytes = NDArray[np.uint8]

# As numbers of one type: what is handed a plain 60 and a plain 62 is compiled for each.
LESS, GREATER, SLASH, EQUALS, QUOTE, APOSTROPHE, BANG, DASH, BLANK = (
    np.uint8(byte) for byte in b"<>/=\"'!- "
)
LAST_CONTROL = 13  # of those that are white space: from tab to carriage return
CASE = np.uint8(32)
SLOTS, ONE = np.uint64(COUNT), np.uint64(1)


def tags_in(data: Bytes) -> int:
    """At most so many: each begins with <. A quarter of the time in which bytes count one of their own."""
    return int(np.count_nonzero(data == LESS))


@bare
def is_blank(byte: np.uint8) -> bool:
    return bool(byte == BLANK or 9 <= byte <= LAST_CONTROL)


@bare
def lower(byte: np.uint8) -> np.uint8:
    return byte | CASE if 65 <= byte <= 90 else byte  # A, Z


@bare
def is_letter(byte: np.uint8) -> bool:
    return bool(97 <= (byte | CASE) <= 122)  # a, z


@bare
def find(data: Bytes, byte: np.uint8, at: int) -> int:
    """The next place of a byte; the end of the page where there is none."""
    while at < data.size and data[at] != byte:
        at += 1
    return at


@bare
def find_until(data: Bytes, byte: np.uint8, at: int, end: int) -> int:
    """The next place of a byte before an end, or that end."""
    while at < end and data[at] != byte:
        at += 1
    return at


@bare
def key_of(data: Bytes, at: int, end: int) -> np.uint64:
    """As names.key, in lower case."""
    found = np.uint64(SEED)
    for place in range(at, end):
        found = (found ^ np.uint64(lower(data[place]))) * np.uint64(PRIME)
    return found


@bare
def exact_key_of(data: Bytes, at: int, end: int) -> np.uint64:
    """As names.key."""
    found = np.uint64(SEED)
    for place in range(at, end):
        found = (found ^ np.uint64(data[place])) * np.uint64(PRIME)
    return found


@bare
def name_at(data: Bytes, at: int) -> tuple[int, int]:
    """(flags of the element whose name stands here, end of the name); no flags for an unknown one."""
    end = at
    while end < data.size and not (is_blank(data[end]) or data[end] == SLASH or data[end] == GREATER):
        end += 1
    found = key_of(data, at, end)
    slot = found % SLOTS
    while KEYS[slot] != found and KEYS[slot]:
        slot = (slot + ONE) % SLOTS
    return FLAGS[slot], end  # a free slot has none


@bare
def attribute_at(data: Bytes, at: int) -> tuple[int, int, int, int, int]:
    """(start and end of the next attribute's name, of its value, what follows).

    Without another attribute the name is empty, and what follows is the end of the tag: behind its `>`.
    """
    size = data.size
    while at < size and (is_blank(data[at]) or data[at] == SLASH):
        at += 1
    if at >= size or data[at] == GREATER:
        return at, at, at, at, min(at + 1, size)
    name = at
    at += 1  # a name may begin with =
    while at < size and not (
        is_blank(data[at]) or data[at] == SLASH or data[at] == GREATER or data[at] == EQUALS
    ):
        at += 1
    name_end = at
    while at < size and is_blank(data[at]):
        at += 1
    if at >= size or data[at] != EQUALS:
        return name, name_end, name_end, name_end, at
    at += 1
    while at < size and is_blank(data[at]):
        at += 1
    if at < size and (data[at] == QUOTE or data[at] == APOSTROPHE):
        end = find(data, data[at], at + 1)
        return name, name_end, at + 1, end, min(end + 1, size)
    value = at
    while at < size and not (is_blank(data[at]) or data[at] == GREATER):
        at += 1
    return name, name_end, value, at, at


@bare
def tag_end(data: Bytes, at: int) -> tuple[int, int]:
    """(behind the `>` of the tag whose name ends here, how many attributes it has)."""
    count = 0
    while True:
        name, name_end, _, _, at = attribute_at(data, at)
        if name == name_end:
            return at, count
        count += 1


@bare
def comment_end(data: Bytes, at: int) -> int:
    """Behind the comment that begins here (`<!--`)."""
    at = find(data, GREATER, at + 4)
    while at < data.size and not (data[at - 1] == DASH and data[at - 2] == DASH):
        at = find(data, GREATER, at + 1)
    return min(at + 1, data.size)


@bare
def is_comment(data: Bytes, at: int) -> bool:
    return at + 3 < data.size and data[at + 1] == BANG and data[at + 2] == DASH and data[at + 3] == DASH


@bare
def raw_end(data: Bytes, name: int, name_end: int, at: int) -> int:
    """Where the end tag of an element stands whose text is no markup; the end of the page without one."""
    length = name_end - name
    at = find(data, LESS, at)
    while at < data.size:
        if at + 1 + length < data.size and data[at + 1] == SLASH:
            same = 0
            while same < length and lower(data[at + 2 + same]) == lower(data[name + same]):
                same += 1
            if same == length:
                return at
        at = find(data, LESS, at + 1)
    return at
