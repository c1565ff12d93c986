"""CSS selectors by which a layout would find title and text of a site's pages, checked against several."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser, LexborNode

LEAST_PAGES = 3  # of fewer a selector may fit by chance
HOLDS = 0.9  # of the article's characters must stand in the element
ROOM = 1.6  # times the article's characters: more is the page around it
HOLDERS = "article, section, main, div, td"
TITLES = ("h1", "h2")
MAX_ELEMENTS = 2_000  # of one page
NAME = re.compile(r"[A-Za-z_][\w-]*")  # a class or id that needs no escape; none with digits that count pages
NUMBERED = re.compile(r"\d{2,}")
BLANK = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Read:
    """A page and what general extraction took for its article, in the page's own words."""

    html: str
    title: str
    text: str


def learn_layout(pages: Sequence[Read]) -> tuple[str, str] | None:
    """(title, body) that find on every page the article that was extracted; None where no selector does."""
    if len(pages) < LEAST_PAGES:
        return None
    trees = [LexborHTMLParser(page.html) for page in pages]
    named: Counter[str] = Counter()
    for tree, page in zip(trees, pages, strict=True):
        named.update(dict.fromkeys(_candidates(tree, page.text), 1))
    bodies = [selector for selector, n in named.items() if n == len(pages)]
    bodies = [body for body in bodies if all(map(lambda t, p: _fits(t, body, p.text), trees, pages))]
    titles = [title for title in TITLES if all(map(lambda t, p: _says(t, title, p.title), trees, pages))]
    if not bodies or not titles:
        return None
    return titles[0], min(bodies, key=lambda body: (sum(len(_text(tree, body)) for tree in trees), len(body)))


def _candidates(tree: LexborHTMLParser, text: str) -> Iterator[str]:
    wanted = len(BLANK.sub("", text))
    for node in tree.css(HOLDERS)[:MAX_ELEMENTS]:
        size = len(BLANK.sub("", node.text()))
        if wanted * HOLDS <= size <= wanted * ROOM:
            yield from _selectors(node)


def _selectors(node: LexborNode) -> Iterator[str]:
    identity = node.attributes.get("id") or ""
    if _is_steady(identity):
        yield f"{node.tag}#{identity}"
    yield from (
        f"{node.tag}.{name}" for name in (node.attributes.get("class") or "").split() if _is_steady(name)
    )
    if node.tag in ("article", "main"):
        yield node.tag


def _is_steady(name: str) -> bool:
    return NAME.fullmatch(name) is not None and not NUMBERED.search(name)


def _fits(tree: LexborHTMLParser, selector: str, text: str) -> bool:
    """The first element of this name holds the article, and little else."""
    held, lines = _text(tree, selector), [BLANK.sub("", line) for line in text.split("\n")]
    there = sum(len(line) for line in lines if line in held)
    whole = sum(map(len, lines))
    return there >= HOLDS * whole and len(held) <= ROOM * max(whole, 1)


def _text(tree: LexborHTMLParser, selector: str) -> str:
    node = tree.css_first(selector)
    return BLANK.sub("", node.text()) if node is not None else ""


def _says(tree: LexborHTMLParser, selector: str, title: str) -> bool:
    return _text(tree, selector) == BLANK.sub("", title) != ""
