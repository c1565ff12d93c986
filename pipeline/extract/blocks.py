"""One walk over a page's tree: its lines in page order, each with the element that holds it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
from selectolax.lexbor import LexborNode

from pipeline.extract.clean import fold, fold_visible, squeeze, visible
from pipeline.extract.footers import is_footer
from pipeline.extract.scan.gathered import (
    CELL_END,
    DEPTH,
    ELEMENTS,
    END,
    IS_ROW,
    LINES,
    LINKED,
    MARKS,
    NAME,
    PARENT,
    PLACE,
    PLAIN,
    SIZE,
    TEXT,
    Lines,
)
from pipeline.extract.scan.lines import lines
from pipeline.extract.scan.names import NAMES
from pipeline.extract.scan.tags import tags_in
from pipeline.extract.shapes import once

PARAGRAPH = ("paragraph", 0)  # kind and level of a line
KINDS = {
    **{f"h{level}": ("heading", level) for level in range(1, 7)},
    "li": ("list-item", 0),
    "dd": ("list-item", 0),
    "dt": ("list-item", 0),
    "figcaption": ("caption", 0),
}
BULLETS = "-–—*•●·▪■◆►▶○"
BULLET = re.compile(rf"[{BULLETS}][ \u3000]+(?=\S)")
MAX_TAGS = 200_000  # of the tree, as it is written out; the largest of 121 real pages has 20,000
CELL_BREAK = " | "  # a mere blank between Han would look like a deleted word


@dataclass
class Block:
    """A line, and `place`, the index of the element that holds it."""

    kind: str
    level: int
    text: str
    linked: int  # characters inside links
    place: int
    bold: bool = False  # all of it

    @once
    def is_footer(self) -> bool:
        return is_footer(self.text)


@dataclass(slots=True)
class Tree:
    """Lines in page order; element i has its parent in `parents[i]` (-1 at the root), tag and class + id.

    An element without a line in it is none of them.
    """

    blocks: list[Block] = field(default_factory=list)
    parents: list[int] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    marks: list[str] = field(default_factory=list)
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
    found = lines(data)
    names = [NAMES[name] for name in _column(found, NAME)]
    return Tree(
        blocks=list(_blocks(found, names)),
        parents=_column(found, PARENT),
        tags=names,
        marks=_parts(_text(found, MARKS).lower()),
        size=int(found.counts[SIZE]),
        depth=int(found.counts[DEPTH]),
    )


def _column(found: Lines, column: int) -> list[int]:
    count = found.counts[ELEMENTS if column in (PARENT, NAME) else LINES]
    numbers: list[int] = found.columns[column, :count].tolist()
    return numbers


def _text(found: Lines, buffer: int) -> str:
    """The parser writes five characters as entities."""
    text = found.buffers[buffer, : found.counts[buffer]].tobytes().decode("utf-8", "ignore")
    if "&" in text:
        text = text.replace("&nbsp;", "\xa0").replace("&lt;", "<").replace("&gt;", ">")
        text = text.replace("&quot;", '"').replace("&amp;", "&")
    return text


def _parts(text: str) -> list[str]:
    return text.split(chr(END))[:-1]


def _blocks(found: Lines, names: list[str]) -> Iterator[Block]:
    """What folds to nothing is no line."""
    about = (_column(found, column) for column in (PLACE, IS_ROW, PLAIN))
    texts, links = visible(_text(found, TEXT)), _text(found, LINKED)
    for text, linked, place, is_row, plain in zip(_parts(texts), _parts(links), *about, strict=True):
        if is_row:
            yield Block("table-row", 0, *_row(text, linked), place)
        elif folded := fold_visible(text):
            kind, level = KINDS.get(names[place], PARAGRAPH)
            if folded[0] in BULLETS and (bullet := BULLET.match(folded)):
                kind, folded = "list-item", folded[bullet.end() :]
            yield Block(kind, level, folded, len(squeeze(linked)) if linked else 0, place, not plain)


def _row(text: str, linked: str) -> tuple[str, int]:
    """Its cells as one line, and the characters of those that hold a link."""
    cells, links = ([fold(cell) for cell in said.split(chr(CELL_END))] for said in (text, linked))
    return CELL_BREAK.join(filter(None, cells)), sum(map(len, links))
