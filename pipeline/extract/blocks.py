"""One walk over a page's tree: its lines in page order, each with the element that holds it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import islice

from selectolax.lexbor import LexborNode

from pipeline.extract.clean import fold

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
KINDS = {
    "li": "list-item",
    "dd": "list-item",
    "dt": "list-item",
    "figcaption": "caption",
    "caption": "caption",
}
# Not `visibility: hidden`: some systems show the article by script once it is loaded.
HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
BULLET = re.compile(r"^[-–—*•●·▪■◆►▶○][ \u3000]+(?=\S)")
MAX_NODES = 200_000  # the largest of 121 real pages has under 20,000
MAX_DEPTH = 400  # browsers stop at 512; real pages stay under 60
CELLS = frozenset(["td", "th"])
NOT_IN_CELLS = BLOCKS | SKIPPED | {"br"}
MAX_CELLS = 30
MAX_CELL_NODES = 30  # a cell with more in it lays out the page
CELL_BREAK = " | "  # a mere blank between Han would look like a deleted word


@dataclass(slots=True)
class Block:
    """A line, and `place`, the index of the element that holds it."""

    kind: str
    level: int
    text: str
    linked: int  # characters inside links
    place: int


@dataclass(slots=True)
class Tree:
    """Lines in page order; element i has its parent in `parents[i]` (-1 at the root), tag and class + id."""

    blocks: list[Block] = field(default_factory=list)
    parents: list[int] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    marks: list[str] = field(default_factory=list)


class TooLargeError(ValueError):
    """More elements, or deeper, than any page that people read."""


@dataclass(slots=True)
class _Line:
    """The line being gathered."""

    parts: list[str] = field(default_factory=list)
    linked: int = 0


def read_tree(root: LexborNode) -> Tree:
    """Raises TooLargeError on a page built to exhaust its reader."""
    tree, line, links, visited = Tree(), _Line(), 0, 0
    place, node = -1, root
    while True:
        visited += 1
        if visited > MAX_NODES:
            raise TooLargeError(f"more than {MAX_NODES} nodes")
        tag = node.tag or ""
        descend = False
        if tag == "-text":
            text = node.text_content or ""
            line.parts.append(text)
            line.linked += len("".join(text.split())) if links else 0
        elif tag == "br":
            _flush(tree, line, place)
        elif tag == "tr" and (row := _data_row(node)):
            _flush(tree, line, place)
            place = _enter(tree, node, place)
            tree.blocks.append(Block("table-row", 0, row[0], row[1], place))
            place = tree.parents[place]
        elif not tag.startswith("-") and tag not in SKIPPED and not _hidden(node):
            if tag in BLOCKS:
                _flush(tree, line, place)
                place = _enter(tree, node, place)
            links += tag == "a"
            descend = node.first_child is not None
            if not descend:
                place, links = _leave(tree, line, tag, place, links)
        if descend:
            node = node.first_child  # type: ignore[assignment]
            continue
        while node.next is None:
            parent = node.parent
            if parent is None or node.mem_id == root.mem_id:
                return tree
            node = parent
            place, links = _leave(tree, line, node.tag or "", place, links)
            if node.mem_id == root.mem_id:
                _flush(tree, line, 0)
                return tree
        node = node.next


def _enter(tree: Tree, node: LexborNode, place: int) -> int:
    attributes = node.attributes
    tree.parents.append(place)
    tree.tags.append(node.tag or "")
    tree.marks.append(f"{attributes.get('class') or ''} {attributes.get('id') or ''}".lower())
    return len(tree.parents) - 1


def _leave(tree: Tree, line: _Line, tag: str, place: int, links: int) -> tuple[int, int]:
    if tag in BLOCKS:
        _flush(tree, line, place)
        place = tree.parents[place]
    return place, links - (tag == "a")


def _flush(tree: Tree, line: _Line, place: int) -> None:
    if not line.parts:
        return
    text = fold("".join(line.parts))
    if text:
        tag = tree.tags[place] if place >= 0 else ""
        kind = "heading" if tag in HEADINGS else KINDS.get(tag, "paragraph")
        kind, text = ("list-item", BULLET.sub("", text)) if BULLET.match(text) else (kind, text)
        tree.blocks.append(Block(kind, HEADINGS.get(tag, 0), text, line.linked, max(place, 0)))
    line.parts, line.linked = [], 0


def _hidden(node: LexborNode) -> bool:
    attributes = node.attributes
    return "hidden" in attributes or bool(HIDDEN.search(attributes.get("style") or ""))


def _data_row(row: LexborNode) -> tuple[str, int] | None:
    """(text, linked characters) of a row of data; None for a row that lays out the page."""
    cells = list(islice((cell for cell in row.iter() if cell.tag in CELLS), MAX_CELLS + 1))
    if not 2 <= len(cells) <= MAX_CELLS:
        return None
    read = [_data_cell(cell) for cell in cells]
    if any(cell is None for cell in read):
        return None
    held = [cell for cell in read if cell and cell[0]]
    return CELL_BREAK.join(text for text, _ in held), sum(linked for _, linked in held)


def _data_cell(cell: LexborNode) -> tuple[str, int] | None:
    """(text, linked characters) of a cell of words only; None where anything else stands in it."""
    nodes = list(islice(cell.traverse(include_text=True), MAX_CELL_NODES + 1))[1:]
    if len(nodes) >= MAX_CELL_NODES or any(node.tag in NOT_IN_CELLS for node in nodes):
        return None
    text = fold("".join(node.text_content or "" for node in nodes if node.tag == "-text"))
    return text, len(text) if any(node.tag == "a" for node in nodes) else 0
