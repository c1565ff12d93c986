"""Which second opinions on what the article is a page may be asked for."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import partial
from itertools import groupby

from pipeline.extract.blocks import Tree

# Where another extractor is not asked: lxml gives up on deep trees, and jusText looks for the neighbours of
# each short line along all short lines about it (2,000 in a row: 2 s). Real pages: 15,000, 60, 90.
MOST_ELEMENTS = 15_000
MOST_DEPTH = 200
MOST_SHORT_RUNS = 1_000_000  # sum of the squares of their lengths
SHORT_LINE = 20
# readability asks for each part of an article about all that hold it: its time grows with tags times depth.
READABLE_TAGS = 20_000
READABLE_DEPTH = 60
MOST_CHARS = 150_000  # one longer page would cost as much as twenty others; 19 of 121 real pages are longer
WHITE = re.compile(r"\s{3,}")  # lxml keeps it, and its readers fold it with patterns that are slow on it

Voter = tuple[str, Callable[[], str]]


def voters(html: str, tree: Tree) -> Sequence[Voter]:
    """Names and calls, the cheapest first; none for a page that is built to exhaust them."""
    if len(html) > MOST_CHARS or not is_bearable(tree):
        return ()
    from pipeline.extract import opinions  # noqa: PLC0415  a second of CPU; most pages ask nobody

    folded = WHITE.sub(_folded, html)
    readable = html.count("<") <= READABLE_TAGS and tree.depth <= READABLE_DEPTH
    return (
        ("justext", partial(opinions.by_justext, folded)),
        *([("readability", partial(opinions.by_readability, folded))] if readable else []),
        ("trafilatura", partial(opinions.by_trafilatura, folded)),
    )


def is_bearable(tree: Tree) -> bool:
    """Whether the other extractors can read the page in time."""
    short = (len(block.text) < SHORT_LINE for block in tree.blocks)
    runs = sum(len(list(held)) ** 2 for is_short, held in groupby(short) if is_short)
    few = tree.size <= MOST_ELEMENTS and runs <= MOST_SHORT_RUNS
    return few and tree.depth <= MOST_DEPTH


def _folded(white: re.Match[str]) -> str:
    return "\n" if "\n" in white.group() else " "
