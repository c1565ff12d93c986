"""Second opinions on what the article is: jusText without a stop list, and trafilatura."""

from __future__ import annotations

import justext.core
import lxml.etree
import trafilatura

# Language-free: link density and length alone decide, so that no stop list of words is needed.
LENGTH_LOW = 20
LENGTH_HIGH = 60
LINK_DENSITY = 0.2


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


def by_trafilatura(html: str) -> str:
    """Its default text. `deduplicate` would remove real text on a second reading; comments are no article."""
    found: str | None = trafilatura.extract(
        html, include_comments=False, deduplicate=False, with_metadata=False
    )
    return found or ""
