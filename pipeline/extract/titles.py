"""The title of a page, without its site's name."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.extract.words import letters

SUFFIX = re.compile(r"\s*(?:[|｜_–—]|\s-\s|-(?=[\u4e00-\u9fff])|\s·\s|>>|»)\s*")
MAX_TITLE = 150
LONGEST = 400  # characters of a declared title that are looked at
MIN_TITLE = 4
SHORT_TITLE = 60
CLAUSE_END = re.compile(r"[，。！？,.!?]")
SUFFIX_CHARS = 20


def choose_title(element: str, declared: Sequence[str], headings: Sequence[str], lines: Sequence[str]) -> str:
    """The heading that <title> or og:title begins with; else what of them the page shows; else <title>.

    `declared`: og:title, JSON-LD headline; `headings`: h1 of the page, then h2, in page order.
    """
    said = [title[:LONGEST] for title in (element, *declared) if title]
    known = "".join(letters(title) for title in said)
    for heading in headings:
        if len(letters(heading)) >= MIN_TITLE and letters(heading) in known:
            return heading[:MAX_TITLE]
    shown = {letters(line) for line in lines if len(line) <= MAX_TITLE}
    for title in said:
        for part in _cuts(title):
            if len(letters(part)) >= MIN_TITLE and letters(part) in shown:
                return part[:MAX_TITLE]
    if not said:
        return headings[0][:MAX_TITLE] if headings else ""
    return _without_suffix(said[-1] if declared else said[0])[:MAX_TITLE]


def _cuts(title: str) -> list[str]:
    """The title whole, then shorter by one part at its end each time: a_b_c, a_b, a."""
    ends = [match.start() for match in SUFFIX.finditer(title)]
    return [title, *(title[:end] for end in reversed(ends))]


def _without_suffix(title: str) -> str:
    """Cut at the last separator if what follows is as short as a site's name and the rest is longer."""
    cuts = _cuts(title)
    if len(cuts) < 2:
        return title
    rest, name = cuts[1], title[len(cuts[1]) :]
    return rest if len(name) <= SUFFIX_CHARS and len(letters(rest)) > len(letters(name)) else title


def first_clause(text: str) -> str:
    """Stands in for a title where a page has none."""
    return CLAUSE_END.split(text, maxsplit=1)[0][:SHORT_TITLE]
