"""One walk over a page's tree: its lines in page order, each with the element that holds it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from selectolax.lexbor import LexborNode

from pipeline.extract.scan.characters import TABLE
from pipeline.extract.scan.gathered import (
    BOLD,
    CELL_END,
    DEPTH,
    ELEMENTS,
    END,
    FOLDED,
    FOOTER,
    KIND,
    LEVEL,
    LINES,
    LINK,
    LINKED_CHARS,
    MARKS,
    NAME,
    PARENT,
    PLACE,
    SCORE,
    SIZE,
    Lines,
)
from pipeline.extract.scan.lines import lines
from pipeline.extract.scan.names import KINDS, NAMES
from pipeline.extract.scan.tags import tags_in

NUMBERS = [PLACE, SCORE, LINKED_CHARS]  # of all lines, for compiled code: a row of each
MAX_TAGS = 200_000  # of the tree, as it is written out; the largest of 121 real pages has 20,000


class Block(NamedTuple):  # a page has hundreds: see RawLine
    """A line, and `place`, the index of the element that holds it; what it says is measured."""

    kind: str
    level: int
    text: str
    linked: int  # characters inside links
    place: int
    bold: bool  # all of it
    is_link: bool  # mostly links, or a listing
    is_footer: bool
    score: int  # above 0 for running text, below 0 for links and furniture


@dataclass(slots=True)
class Tree:
    """Lines in page order; element i has its parent in `parents[i]` (-1 at the root), tag and class + id.

    An element without a line in it is none of them.
    """

    blocks: list[Block] = field(default_factory=list)
    parents: list[int] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    marks: list[str] = field(default_factory=list)
    numbers: NDArray[np.int64] = field(default_factory=lambda: np.zeros((3, 0), np.int64))  # see NUMBERS
    size: int = 0  # elements of the page, also those without a line
    depth: int = 0  # the most of them that hold one another


class TooLargeError(ValueError):
    """More elements, or deeper, than any page that people read."""


def read_tree(root: LexborNode) -> Tree:
    """Raises TooLargeError on a page built to exhaust its reader.

    The parser writes the tree out again, and one pass over that finds the lines: to ask each node of the tree
    for its tag, parent and text takes twice as long. An element of an unknown or merely decorative tag is
    passed by: what stands in it stands in what holds it.
    """
    markup = (root.html or "").encode("utf-8", "ignore")
    for end in (END, CELL_END):
        markup = markup.replace(bytes([end]), b" ")
    data = np.frombuffer(markup, np.uint8)
    if tags_in(data) > MAX_TAGS:
        raise TooLargeError(f"more than {MAX_TAGS} tags")
    found = lines(data, TABLE)
    return Tree(
        blocks=_blocks(found),
        parents=_column(found, PARENT),
        tags=[NAMES[name] for name in _column(found, NAME)],
        marks=_marks(found),
        numbers=found.columns[NUMBERS, : found.counts[LINES]],
        size=int(found.counts[SIZE]),
        depth=int(found.counts[DEPTH]),
    )


def _column(found: Lines, column: int) -> list[int]:
    count = found.counts[ELEMENTS if column in (PARENT, NAME) else LINES]
    numbers: list[int] = found.columns[column, :count].tolist()
    return numbers


def _flags(found: Lines, column: int) -> list[bool]:
    flags: list[bool] = (found.columns[column, : found.counts[LINES]] != 0).tolist()
    return flags


def _text(found: Lines, buffer: int) -> str:
    return found.buffers[buffer, : found.counts[buffer]].tobytes().decode("utf-8", "ignore")


def _parts(text: str) -> list[str]:
    return text.split(chr(END))[:-1]


def _marks(found: Lines) -> list[str]:
    """In lower case; the parser writes five characters as entities."""
    text = _text(found, MARKS)
    if "&" in text:
        text = text.replace("&nbsp;", "\xa0").replace("&lt;", "<").replace("&gt;", ">")
        text = text.replace("&quot;", '"').replace("&amp;", "&")
    return _parts(text.lower())


def _blocks(found: Lines) -> list[Block]:
    kinds = map(KINDS.__getitem__, _column(found, KIND))
    numbers = (_column(found, column) for column in (LEVEL, LINKED_CHARS, PLACE, SCORE))
    levels, linked, places, scores = numbers
    flags = (_flags(found, column) for column in (BOLD, LINK, FOOTER))
    return list(map(Block, kinds, levels, _parts(_text(found, FOLDED)), linked, places, *flags, scores))
