"""Second opinions on what the article is: jusText without a stop list, readability and trafilatura.

Loaded where one is asked for: the three take longer to import than all else that reads a page but numba.
"""

from __future__ import annotations

import logging

import justext.core
import lxml.etree
import trafilatura
from readability import Document
from readability.readability import Unparseable

from pipeline.extract.scan.names import BLOCKS

# Language-free: link density and length alone decide, so that no stop list of words is needed.
LENGTH_LOW = 20
LENGTH_HIGH = 60
LINK_DENSITY = 0.2
LINE_ENDS = (*sorted(BLOCKS), "br")

logging.getLogger("readability.readability").setLevel(logging.CRITICAL)  # it prints what it then raises


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
