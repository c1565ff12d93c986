"""A site's own layouts: CSS selectors for title, body and what is to be taken out of it."""

from __future__ import annotations

from collections.abc import Sequence

from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

from crawler.definitions import DefinitionError
from crawler.sites import Layout
from pipeline.extract.blocks import Block, read_tree
from pipeline.extract.clean import fold

MAX_REMOVED = 500  # elements of one page that a layout takes out


def by_layout(html: str, layouts: Sequence[Layout]) -> tuple[Layout, str, list[Block]] | None:
    """The first layout that finds a title and a text, in the order of the definition; else None."""
    for layout in layouts:
        tree = LexborHTMLParser(html)  # afresh: a layout changes it
        title, body = _first(tree, layout.title, layout), _first(tree, layout.body, layout)
        if title is None or body is None:
            continue
        said = fold(title.text())
        for selector in layout.remove:
            _remove(body, selector, layout)
        blocks = read_tree(body).blocks
        if said and blocks:
            return layout, said, blocks
    return None


def _first(tree: LexborHTMLParser | LexborNode, selector: str, layout: Layout) -> LexborNode | None:
    try:
        return tree.css_first(selector)
    except (SelectolaxError, ValueError) as error:
        raise DefinitionError(f"layout `{layout.name}`: {selector!r} is no CSS selector") from error


def _remove(body: LexborNode, selector: str, layout: Layout) -> None:
    """One at a time: a match inside a removed element must not be touched again."""
    for _ in range(MAX_REMOVED):
        node = _first(body, selector, layout)
        if node is None or node.mem_id == body.mem_id:
            return
        node.decompose()
