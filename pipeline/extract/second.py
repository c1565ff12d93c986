"""Second opinions on what the article is: jusText without a stop list, readability and trafilatura."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Sequence
from functools import partial
from itertools import groupby

import justext.core
import lxml.etree
import trafilatura
from readability import Document
from readability.readability import Unparseable

from pipeline.extract.blocks import Tree
from pipeline.extract.scan.names import BLOCKS

# Language-free: link density and length alone decide, so that no stop list of words is needed.
LENGTH_LOW = 20
LENGTH_HIGH = 60
LINK_DENSITY = 0.2
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
LINE_ENDS = (*sorted(BLOCKS), "br")

logging.getLogger("readability.readability").setLevel(logging.CRITICAL)  # it prints what it then raises

Voter = tuple[str, Callable[[], str]]


def voters(html: str, tree: Tree) -> Sequence[Voter]:
    """Names and calls, the cheapest first; none for a page that is built to exhaust them."""
    if len(html) > MOST_CHARS or not is_bearable(tree):
        return ()
    folded = WHITE.sub(_folded, html)
    readable = html.count("<") <= READABLE_TAGS and tree.depth <= READABLE_DEPTH
    return (
        ("justext", partial(by_justext, folded)),
        *([("readability", partial(by_readability, folded))] if readable else []),
        ("trafilatura", partial(by_trafilatura, folded)),
    )


def by_justext(html: str) -> str:
    """The paragraphs that jusText keeps, one a line; empty where it finds nothing or cannot read the page."""
    try:
        found = justext.core.justext(
            html,
            frozenset(),
            length_low=LENGTH_LOW,
            length_high=LENGTH_HIGH,
            stopwords_low=0,
            stopwords_high=0,
            max_link_density=LINK_DENSITY,
        )
    except (lxml.etree.LxmlError, ValueError, AssertionError):  # what lxml and its cleaner raise on odd trees
        return ""
    return "\n".join(paragraph.text for paragraph in found if not paragraph.is_boilerplate)


def by_readability(html: str) -> str:
    """The lines of the element that readability chooses, and of those beside it that it joins to it.

    Empty where it finds nothing or cannot read the page.
    """
    try:
        return str(_Lines(html).summary(html_partial=True))
    except (lxml.etree.LxmlError, Unparseable):
        return ""


class _Lines(Document):  # type: ignore[misc]  # the package has no types
    """Gives lines for markup, and all of them.

    Its own cleaning asks for every empty element about all beside it (15,000 of them: minutes); without it,
    and without the lines that are links, F1 on 121 marked pages is .896 instead of .889.
    """

    def sanitize(self, node: lxml.etree._Element, *_: object) -> str:
        for element in node.iter(*LINE_ENDS):
            element.text = f"\n{element.text or ''}"
            element.tail = f"\n{element.tail or ''}"
        return str(node.text_content())


def by_trafilatura(html: str) -> str:
    """Its default text. `deduplicate` would remove real text on a second reading; comments are no article."""
    found: str | None = trafilatura.extract(
        html, include_comments=False, deduplicate=False, with_metadata=False
    )
    return found or ""


def is_bearable(tree: Tree) -> bool:
    """Whether the other extractors can read the page in time."""
    short = (len(block.text) < SHORT_LINE for block in tree.blocks)
    runs = sum(len(list(held)) ** 2 for is_short, held in groupby(short) if is_short)
    few = tree.size <= MOST_ELEMENTS and runs <= MOST_SHORT_RUNS
    return few and tree.depth <= MOST_DEPTH


def _folded(white: re.Match[str]) -> str:
    return "\n" if "\n" in white.group() else " "
