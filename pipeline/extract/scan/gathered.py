"""The lines of a page as they are gathered, with the elements that hold them."""

from __future__ import annotations

from typing import NamedTuple, cast

import numpy as np
from numpy.typing import NDArray

from pipeline.compiled import ZERO, bare, inner
from pipeline.extract.scan.names import PLACE_BITS, key
from pipeline.extract.scan.tags import BLANK, LESS, Bytes, attribute_at, key_of, name_at

# Of a line, of a cell in a row of data; in the page's own text they have become blanks.
END, CELL_END = np.uint8(11), np.uint8(12)
CLASS, ID = np.uint64(key(b"class")), np.uint64(key(b"id"))
AND, NO_BREAK = np.uint8(38), np.uint64(key(b"&nbsp;"))  # as the parser writes a no-break space

# Rows of `Lines.buffers`: texts of lines, what of them stands inside links, `class id` of elements; and
# the texts again, as people see them (folded.py).
TEXT, LINKED, MARKS, FOLDED = (cast(int, np.int64(row)) for row in range(4))  # of one type: see tags.LESS
# Rows of `Lines.columns`. Of lines: element, whether it is a row of data, whether any of it is not bold.
# Of elements with lines: parent, name (its place in names.NAMES). Of open elements: where the tag stands,
# and the number of the element in the tree once it holds a line. Of lines that say anything, once all are
# gathered (measured.py): place in names.KINDS, level, characters in links, bold, LINK, FOOTER, score.
PLACE, IS_ROW, PLAIN, PARENT, NAME, TAG, ELEMENT, KIND, LEVEL, LINKED_CHARS, BOLD, LINK, FOOTER, SCORE = (
    range(14)
)
# Places in `Lines.counts`: behind the lengths of the buffers (TEXT, LINKED, MARKS, FOLDED) those of the
# columns, what the tree measures, and the state of the line at hand.
LINES, ELEMENTS, SIZE, DEPTH, OPEN, ENTERED, VISIBLE, IS_PLAIN, LINKS, BOLDS, AT_ROW = range(4, 15)
COUNTS = 15


class Lines(NamedTuple):
    """Each text of a buffer goes up to END."""

    buffers: NDArray[np.uint8]
    columns: NDArray[np.int64]
    counts: NDArray[np.int64]


@inner
def empty(data: Bytes) -> Lines:
    most = 1
    for byte in data:
        most += byte == LESS
    return Lines(
        np.empty((4, data.size + most), np.uint8), np.empty((14, most), np.int64), np.zeros(COUNTS, np.int64)
    )


@bare
def write(page: Lines, buffer: int, data: Bytes, at: int, end: int) -> None:
    row, start = page.buffers[buffer], page.counts[buffer]
    said = data[at:end]
    to = row[start : start + said.size]
    for place in range(said.size):
        to[place] = said[place]
    page.counts[buffer] = start + said.size


@bare
def put(page: Lines, buffer: int, byte: np.uint8) -> None:
    page.buffers[buffer, page.counts[buffer]] = byte
    page.counts[buffer] += 1


@bare
def _blank_at(data: Bytes, at: int) -> int:
    """How many bytes the white or invisible character takes that stands here; 0 for a visible one."""
    byte = data[at]
    if byte <= 32:
        return 1
    if byte == 0xC2:  # no-break space, next line
        return 2 if data[at + 1] == 0xA0 or data[at + 1] == 0x85 else 0
    if byte == 0xE3:  # ideographic space
        return 3 if data[at + 1] == 0x80 and data[at + 2] == 0x80 else 0
    if byte == 0xE2 and data[at + 1] == 0x80:  # spaces of other widths, marks without any
        return 3 if data[at + 2] <= 0x8F or 0xA8 <= data[at + 2] <= 0xAF else 0
    if byte == 0xEF:  # byte order mark
        return 3 if data[at + 1] == 0xBB and data[at + 2] == 0xBF else 0
    return 6 if byte == AND and at + 6 <= data.size and key_of(data, at, at + 6) == NO_BREAK else 0


@bare
def gather(page: Lines, data: Bytes, at: int, end: int) -> None:
    """Takes a text into the line at hand."""
    counts = page.counts
    visible = False
    here = at
    while here < end and not visible:
        blank = _blank_at(data, here)
        visible = blank == 0
        here += blank
    if visible or counts[VISIBLE]:
        counts[VISIBLE] = 1
        counts[IS_PLAIN] |= visible and counts[BOLDS] <= 0
        write(page, TEXT, data, at, end)
        if counts[LINKS] > 0:
            write(page, LINKED, data, at, end)


@bare
def _mark(page: Lines, data: Bytes, at: int) -> None:
    """Writes down the element's class and id."""
    class_ = class_end = id_ = id_end = ZERO
    while True:
        name, name_end, value, value_end, at = attribute_at(data, at)
        if name == name_end:
            break
        if name_end - name == 5 and key_of(data, name, name_end) == CLASS:
            class_, class_end = value, value_end
        elif name_end - name == 2 and key_of(data, name, name_end) == ID:
            id_, id_end = value, value_end
    write(page, MARKS, data, class_, class_end)
    put(page, MARKS, BLANK)
    write(page, MARKS, data, id_, id_end)
    put(page, MARKS, END)


@bare
def _place(page: Lines, data: Bytes) -> int:
    """Of the innermost open element, once all that hold it have entered the tree."""
    counts = page.counts
    for depth in range(counts[ENTERED], counts[OPEN]):
        element = counts[ELEMENTS]
        page.columns[PARENT, element] = page.columns[ELEMENT, depth - 1] if depth else -1
        flags, name_end = name_at(data, page.columns[TAG, depth])
        page.columns[NAME, element] = flags >> PLACE_BITS
        _mark(page, data, name_end)
        page.columns[ELEMENT, depth] = element
        counts[ELEMENTS] += 1
    counts[ENTERED] = counts[OPEN]
    return page.columns[ELEMENT, counts[OPEN] - 1] if counts[OPEN] else -1


@bare
def end_line(page: Lines, data: Bytes) -> None:
    """The line enters with all open elements."""
    counts = page.counts
    if counts[AT_ROW] or counts[VISIBLE]:
        put(page, TEXT, END)
        put(page, LINKED, END)
        line = counts[LINES]
        page.columns[IS_ROW, line], page.columns[PLAIN, line] = counts[AT_ROW], counts[IS_PLAIN]
        page.columns[PLACE, line] = _place(page, data)
        counts[LINES] += 1
    counts[VISIBLE] = counts[IS_PLAIN] = counts[AT_ROW] = 0
