"""One walk over a page's tree: its lines in page order, each with the element that holds it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import islice

from selectolax.lexbor import LexborNode

from pipeline.extract.clean import fold, squeeze

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
PARAGRAPH = ("paragraph", 0)  # kind and level of a line
KINDS = {
    **{f"h{level}": ("heading", level) for level in range(1, 7)},
    "li": ("list-item", 0),
    "dd": ("list-item", 0),
    "dt": ("list-item", 0),
    "figcaption": ("caption", 0),
}
BOLD = frozenset(["b", "strong"])
MEANT = BLOCKS | SKIPPED | BOLD | {"a", "br"}
# Not `visibility: hidden`: some systems show the article by script once it is loaded.
HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
MAY_HIDE = '[style*="none" i], [hidden]'
BULLETS = "-–—*•●·▪■◆►▶○"
BULLET = re.compile(rf"[{BULLETS}][ \u3000]+(?=\S)")
MAX_NODES = 200_000  # the largest of 121 real pages has under 20,000
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

    A step of `traverse` and a look at the parent take a fifth of the time of steps to `first_child` and
    `next`. Text, half of all nodes, is gathered in the loop: a call for each would cost as much again.
    An element of an unknown or merely decorative tag stands as deep as what holds it.
    """
    reader = _Reader(_hidden(root))
    hidden, opened, parts, linked = reader.hidden, reader.opened, reader.parts, reader.linked
    walk = root.traverse(include_text=True)
    depths = {NO_ID: 0, next(walk).mem_id: reader.open(root, root.tag or "")}
    for node in islice(walk, MAX_NODES):
        depth = depths[node.parent.mem_id]  # type: ignore[union-attr]
        if depth != len(opened):
            reader.close_to(depth)
        tag = node.tag
        if tag == "-text":
            if opened[-1] is not LEFT_OUT:
                text = node.text_content or ""
                blank = text.isspace()
                if parts or not blank:
                    parts.append(text)
                    if not (blank or reader.bold):
                        reader.plain = True
                    if reader.links:
                        linked.append(text)
        elif opened[-1] is LEFT_OUT or (tag not in MEANT and node.mem_id not in hidden):
            depths[node.mem_id] = depth
        else:
            depths[node.mem_id] = reader.open(node, tag or "")
    if next(walk, None):
        raise TooLargeError(f"more than {MAX_NODES} nodes")
    reader.close_to(0)
    return reader.tree


class _Reader:
    """The tree as far as it is read, and the elements that hold the node at hand.

    An element enters the tree with the first line in it: a quarter of all have none.
    """

    def __init__(self, hidden: frozenset[int]) -> None:
        self.tree = Tree()
        self.hidden = hidden  # ids of elements that no reader sees
        self.opened: list[str] = []  # tags of open elements, outermost first; LEFT_OUT: no text below is read
        self.links = 0  # how many of them are links
        self.bold = 0  # … are <b> or <strong>
        self.plain = False  # whether anything of the line at hand stands outside of these
        self.parts: list[str] = []  # of the line being gathered
        self.linked: list[str] = []  # those inside links
        self._holders: list[LexborNode] = []  # open elements that may hold lines
        self._places = [-1]  # of those that have entered the tree, the outermost ones

    def open(self, node: LexborNode, tag: str) -> int:
        """How many elements are open now."""
        if tag in SKIPPED or node.mem_id in self.hidden:
            tag = LEFT_OUT
        elif tag in BLOCKS:
            if self.parts:
                self._end_line()
            if tag == "tr" and (row := _data_row(node)):
                self._add_row(node, row)
                tag = LEFT_OUT
            else:
                self._holders.append(node)
                self.tree.size += 1
                self.tree.depth = max(self.tree.depth, len(self._holders))
        elif tag == "a":
            self.links += 1
        elif tag in BOLD:
            self.bold += 1
        elif self.parts:  # a line break
            self._end_line()
        self.opened.append(tag)
        return len(self.opened)

    def close_to(self, depth: int) -> None:
        """Closes all that is open beyond so many elements."""
        for tag in reversed(self.opened[depth:]):
            if tag in BLOCKS:
                if self.parts:
                    self._end_line()
                self._holders.pop()
                del self._places[len(self._holders) + 1 :]
            elif tag == "a":
                self.links -= 1
            elif tag in BOLD:
                self.bold -= 1
        del self.opened[depth:]

    def _add_row(self, node: LexborNode, row: tuple[str, int]) -> None:
        self._holders.append(node)
        self.tree.blocks.append(Block("table-row", 0, *row, self._place()))
        self._holders.pop()
        self._places.pop()

    def _place(self) -> int:
        """Of the innermost open element, once all that hold it have entered the tree."""
        tree, places = self.tree, self._places
        for node in self._holders[len(places) - 1 :]:
            tree.parents.append(places[-1])
            tree.tags.append(node.tag or "")
            tree.marks.append(_marks(said) if (said := node.attributes) else " ")
            places.append(len(tree.tags) - 1)
        return places[-1]

    def _end_line(self) -> None:
        if text := fold("".join(self.parts)):
            linked = len(squeeze("".join(self.linked))) if self.linked else 0
            self.tree.blocks.append(self._block(text, linked))
        self.parts.clear()
        self.linked.clear()
        self.plain = False

    def _block(self, text: str, linked: int) -> Block:
        place = self._place()
        kind, level = KINDS.get(self.tree.tags[place], PARAGRAPH)
        if text[0] in BULLETS and (bullet := BULLET.match(text)):
            kind, text = "list-item", text[bullet.end() :]
        return Block(kind, level, text, linked, place, not self.plain)


def _marks(attributes: Attributes) -> str:
    return f"{attributes.get('class') or ''} {attributes.get('id') or ''}".lower()


def _hidden(root: LexborNode) -> frozenset[int]:
    """Ids of the elements in `root` that say they are not shown; one search beats a look at each."""
    said = ((node, node.attributes) for node in root.css(MAY_HIDE))
    return frozenset(
        node.mem_id for node, own in said if "hidden" in own or HIDDEN.search(own.get("style") or "")
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
