"""One walk over a page's tree: its lines in page order, each with the element that holds it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import islice

from selectolax.lexbor import LexborNode

from pipeline.extract.clean import fold, squeeze

HEADINGS = {f"h{level}": level for level in range(1, 7)}
_SKIPPED = """
    script style noscript template svg math iframe object embed applet canvas audio video map head
    select option optgroup datalist button input textarea nav dialog menu link meta
"""
SKIPPED = frozenset(_SKIPPED.split())
_BLOCKS = """
    address article aside blockquote body center dd details dir div dl dt fieldset figcaption figure
    footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main ol p pre section summary table
    tbody td tfoot th thead title tr ul caption
"""
BLOCKS = frozenset(_BLOCKS.split())
KINDS = {"li": "list-item", "dd": "list-item", "dt": "list-item", "figcaption": "caption"}
BOLD = frozenset(["b", "strong"])
# Not `visibility: hidden`: some systems show the article by script once it is loaded.
HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
BULLET = re.compile(r"^[-–—*•●·▪■◆►▶○][ \u3000]+(?=\S)")
MAX_NODES = 200_000  # the largest of 121 real pages has under 20,000
MAX_DEPTH = 400  # browsers stop at 512; real pages stay under 60
NO_ID = 0  # of no element
LEFT_OUT = "-left-out"  # no tag: stands for an element whose text is not read
CELLS = frozenset(["td", "th"])
NOT_IN_CELLS = BLOCKS | SKIPPED | {"br"}
MAX_CELLS = 30
MAX_CELL_NODES = 30  # a cell with more in it lays out the page
CELL_BREAK = " | "  # a mere blank between Han would look like a deleted word
Attributes = Mapping[str, str | None]


@dataclass(slots=True)
class Block:
    """A line, and `place`, the index of the element that holds it."""

    kind: str
    level: int
    text: str
    linked: int  # characters inside links
    place: int
    bold: bool = False  # all of it


@dataclass(slots=True)
class Tree:
    """Lines in page order; element i has its parent in `parents[i]` (-1 at the root), tag and class + id."""

    blocks: list[Block] = field(default_factory=list)
    parents: list[int] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    marks: list[str] = field(default_factory=list)


class TooLargeError(ValueError):
    """More elements, or deeper, than any page that people read."""


def read_tree(root: LexborNode) -> Tree:
    """Raises TooLargeError on a page built to exhaust its reader.

    A step of `traverse` and a look at the parent take a fifth of the time of steps to `first_child` and
    `next`. Text, half of all nodes, is gathered in the loop: a call for each would cost as much again.
    """
    reader = _Reader()
    ids, tags, parts, linked = reader.ids, reader.tags, reader.parts, reader.linked
    for visited, node in enumerate(root.traverse(include_text=True)):
        if visited and (held_by := node.parent.mem_id) != ids[-1]:  # type: ignore[union-attr]
            reader.close_to(held_by)
        tag = node.tag or ""
        if tag == "-text":
            text = node.text_content or ""
            if tags[-1] is not LEFT_OUT and (parts or not text.isspace()):
                parts.append(text)
                if not reader.bold and not text.isspace():
                    reader.plain = True
                if reader.links:
                    linked.append(text)
        elif tag != "-comment":
            reader.open(node, tag)
        if visited >= MAX_NODES:
            raise TooLargeError(f"more than {MAX_NODES} nodes")
    reader.close_to(NO_ID)
    return reader.tree


class _Reader:
    """The tree as far as it is read, and the elements that hold the node at hand."""

    def __init__(self) -> None:
        self.tree = Tree()
        self.ids = [NO_ID]  # of open elements, outermost first
        self.tags = [""]  # theirs; LEFT_OUT where no text below is read
        self.links = 0  # how many of them are links
        self.bold = 0  # … are <b> or <strong>
        self.plain = False  # whether anything of the line at hand stands outside of these
        self.parts: list[str] = []  # of the line being gathered
        self.linked: list[str] = []  # those inside links
        self._place = -1

    def open(self, node: LexborNode, tag: str) -> None:
        self.ids.append(node.mem_id)
        if self.tags[-1] is LEFT_OUT or tag in SKIPPED:
            self.tags.append(LEFT_OUT)
        elif tag == "br":
            self._end_line()
            self.tags.append(tag)
        elif tag == "tr" and (row := _data_row(node)):
            self._add_row(node, row)
            self.tags.append(LEFT_OUT)
        else:
            self.tags.append(self._opened(tag, node.attributes))

    def _add_row(self, node: LexborNode, row: tuple[str, int]) -> None:
        self._end_line()
        outside = self._place
        self._place = self._enter(node.tag or "", node.attributes)
        self.tree.blocks.append(Block("table-row", 0, row[0], row[1], self._place))
        self._place = outside

    def _opened(self, tag: str, attributes: Attributes) -> str:
        """Its tag, or LEFT_OUT."""
        if attributes and _is_hidden(attributes):
            return LEFT_OUT
        if tag in BLOCKS:
            self._end_line()
            self._place = self._enter(tag, attributes)
        elif tag == "a":
            self.links += 1
        elif tag in BOLD:
            self.bold += 1
        return tag

    def close_to(self, held_by: int) -> None:
        """Closes all that is open inside the element of this id."""
        while self.ids[-1] != held_by:
            self.ids.pop()
            tag = self.tags.pop()
            if tag in BLOCKS:
                self._end_line()
                self._place = self.tree.parents[self._place]
            elif tag == "a":
                self.links -= 1
            elif tag in BOLD:
                self.bold -= 1

    def _enter(self, tag: str, attributes: Attributes) -> int:
        tree = self.tree
        tree.parents.append(self._place)
        tree.tags.append(tag)
        tree.marks.append(_marks(attributes) if attributes else " ")
        return len(tree.tags) - 1

    def _end_line(self) -> None:
        if self.parts:
            if text := fold("".join(self.parts)):
                self.tree.blocks.append(self._block(text, len(squeeze("".join(self.linked)))))
            self.parts.clear()
            self.linked.clear()
            self.plain = False

    def _block(self, text: str, linked: int) -> Block:
        tag = self.tree.tags[self._place] if self._place >= 0 else ""
        kind = "heading" if tag in HEADINGS else KINDS.get(tag, "paragraph")
        if bullet := BULLET.match(text):
            kind, text = "list-item", text[bullet.end() :]
        return Block(kind, HEADINGS.get(tag, 0), text, linked, max(self._place, 0), not self.plain)


def _marks(attributes: Attributes) -> str:
    return f"{attributes.get('class') or ''} {attributes.get('id') or ''}".lower()


def _is_hidden(attributes: Attributes) -> bool:
    return "hidden" in attributes or (
        "style" in attributes and bool(HIDDEN.search(attributes["style"] or ""))
    )


def _data_row(row: LexborNode) -> tuple[str, int] | None:
    """(text, linked characters) of a row of data; None for a row that lays out the page."""
    cells = list(islice((cell for cell in row.iter() if cell.tag in CELLS), MAX_CELLS + 1))
    if not 2 <= len(cells) <= MAX_CELLS:
        return None
    held = []
    for cell in cells:
        said = _data_cell(cell)
        if said is None:
            return None
        held.append(said)
    return CELL_BREAK.join(text for text, _ in held if text), sum(linked for _, linked in held)


def _data_cell(cell: LexborNode) -> tuple[str, int] | None:
    """(text, linked characters) of a cell of words only; None where anything else stands in it."""
    nodes = list(islice(cell.traverse(include_text=True), MAX_CELL_NODES + 1))[1:]
    if len(nodes) >= MAX_CELL_NODES or any(node.tag in NOT_IN_CELLS for node in nodes):
        return None
    text = fold("".join(node.text_content or "" for node in nodes if node.tag == "-text"))
    return text, len(text) if any(node.tag == "a" for node in nodes) else 0
