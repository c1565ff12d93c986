"""A page read with what its site's other pages have taught."""

from __future__ import annotations

from dataclasses import dataclass, replace

from pipeline.extract.blocks import Tree
from pipeline.extract.choose import Choice, learnt
from pipeline.extract.containers import named, placed
from pipeline.extract.density import Weighed, article_lines, lines_within, weigh
from pipeline.extract.passages import without
from pipeline.extract.posts import before_feed, before_next
from pipeline.extract.words import letters

LEAST_OWN = 20  # characters before the first teaser: where the site has its articles, one may be a sentence


@dataclass(frozen=True, slots=True)
class Known:
    """The name of the element in which the site's pages have their article, else what stands aside of it.

    `firsts` and `laters` name elements that other pages leave out: the first of the name, and all others.
    """

    container: str = ""
    aside: tuple[str, ...] = ()
    firsts: tuple[str, ...] = ()
    laters: tuple[str, ...] = ()


def remembered(tree: Tree, weighed: Weighed, title: str, known: Known) -> Choice | None:
    """None where what is known leads to no text: then the page's own reading holds."""
    if known.container:
        place = named(tree, known.container, weighed.out)
        return None if place is None else learnt(tree.blocks, _text_in(tree, weighed, title, (place, known)))
    bare = without(tree, known.aside)
    return learnt(tree.blocks, article_lines(bare, weigh(bare), title).indices)


def _text_in(tree: Tree, weighed: Weighed, title: str, where: tuple[int, Known]) -> list[int]:
    """The element's lines without what other pages leave out, and up to the next text."""
    place, known = where
    others = frozenset(placed(tree, (known.firsts, known.laters), weighed.out)) - {place}
    out = [gone or at in others for at, gone in enumerate(weighed.out)]
    lines = lines_within(tree, replace(weighed, out=out), place)
    return before_next(tree, before_feed(tree, lines, LEAST_OWN), letters(title))
