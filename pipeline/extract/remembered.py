"""A page read with what its site's other pages have taught."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.extract.blocks import Tree
from pipeline.extract.choose import Choice, learnt
from pipeline.extract.containers import named
from pipeline.extract.density import Weighed, article_lines, lines_within, weigh
from pipeline.extract.passages import without


@dataclass(frozen=True, slots=True)
class Known:
    """The name of the element in which the site's pages have their article, else what stands aside of it."""

    container: str = ""
    aside: tuple[str, ...] = ()


def remembered(tree: Tree, weighed: Weighed, title: str, known: Known) -> Choice | None:
    """None where what is known leads to no text: then the page's own reading holds."""
    if known.container:
        place = named(tree, known.container, weighed.out)
        return None if place is None else learnt(tree.blocks, lines_within(tree, weighed, place))
    bare = without(tree, known.aside)
    return learnt(tree.blocks, article_lines(bare, weigh(bare), title).indices)
