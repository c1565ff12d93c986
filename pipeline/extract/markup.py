"""A page of HTML: its article's lines, title and metadata."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial
from itertools import groupby

from selectolax.lexbor import LexborHTMLParser

from crawler.sites import Site
from pipeline.extract.blocks import Block, TooLargeError, Tree, read_tree
from pipeline.extract.choose import Choice, choose, covered
from pipeline.extract.clean import fold
from pipeline.extract.density import article_lines, is_link
from pipeline.extract.guard import is_bomb
from pipeline.extract.layouts import by_layout
from pipeline.extract.metadata import Metadata, crumb_category, of_lines, of_markup
from pipeline.extract.model import Extracted, Lost, RawLine
from pipeline.extract.second import by_justext, by_trafilatura
from pipeline.extract.titles import choose_title, first_clause
from pipeline.extract.words import PageWords, letters

# Where another extractor is not asked: lxml gives up on deep trees, and jusText looks for the neighbours of
# each short line along all short lines about it (2,000 in a row: 2 s). Real pages: 15,000, 60, 90.
SECOND_NODES = 15_000
SECOND_DEPTH = 200
SECOND_SHORT_RUNS = 1_000_000  # sum of the squares of their lengths
SHORT_LINE = 20
LEAST_WAYS, LIST_SHARE = 3, 0.3  # lines that are links: an article's text has few
LINK_TITLE_CHARS, MOST_LINKED = 8, 0.5
NEAR_TITLE = 8  # blocks about the title that may hold the byline
TITLE_LINES = 12  # the title stands among the first lines of the article, or above them
MAX_FURNITURE = 3_000


def extract_markup(html: str, site: Site, words: PageWords) -> Extracted | Lost:
    """Layouts first where the site has any, then the general extractors, as its definition says."""
    if is_bomb(html):
        return Lost("too-large")
    try:
        parsed = LexborHTMLParser(html)
        root = parsed.body or parsed.root
        tree = read_tree(root) if root else Tree()
    except TooLargeError:
        return Lost("too-large")
    markup = of_markup(parsed)
    if site.extractor != "trafilatura" and (found := by_layout(html, site.layout)):
        layout, title, blocks = found
        choice = Choice((), f"layout:{layout.name}" if layout.name else "layout", 1.0)
        return _extracted(tree, blocks, title, (choice, markup), words)
    if site.extractor == "layout":
        return Lost("no-article")
    return _by_structure(html, (parsed, tree, markup), site, words)


def _by_structure(
    html: str, read: tuple[LexborHTMLParser, Tree, Metadata], site: Site, words: PageWords
) -> Extracted | Lost:
    """What the general extractors find."""
    parsed, tree, markup = read
    title = _title(parsed, tree, markup)
    choice = _general(html, tree, site, title)
    chosen = [tree.blocks[index] for index in choice.indices]
    if _lists(chosen):
        return Lost("list-page")
    opening = next((first_clause(block.text) for block in chosen), "")
    return _extracted(tree, chosen, title or opening, (choice, markup), words)


def _general(html: str, tree: Tree, site: Site, title: str) -> Choice:
    if site.extractor == "trafilatura":
        indices = covered(tree.blocks, by_trafilatura(html)) if _is_bearable(tree) else ()
        return Choice(indices, "trafilatura", 1.0)
    asked = (("justext", by_justext), ("trafilatura", by_trafilatura))
    seconds = [(name, partial(_asked, ask, html, tree)) for name, ask in asked]
    return choose(tree.blocks, article_lines(tree, title), seconds)


def _asked(ask: Callable[[str], str], html: str, tree: Tree) -> str:
    return ask(html) if _is_bearable(tree) else ""


def _lists(chosen: Sequence[Block]) -> bool:
    """Title after title of other pages, with or without teasers below them."""
    ways = [b for b in chosen if len(b.text) >= LINK_TITLE_CHARS and is_link(b)]
    many = len(ways) >= LEAST_WAYS and len(ways) >= LIST_SHARE * len(chosen)
    return many or sum(b.linked for b in ways) > MOST_LINKED * sum(len(b.text) for b in chosen)


def _is_bearable(tree: Tree) -> bool:
    short = (len(block.text) < SHORT_LINE for block in tree.blocks)
    runs = sum(len(list(held)) ** 2 for is_short, held in groupby(short) if is_short)
    few = len(tree.parents) <= SECOND_NODES and runs <= SECOND_SHORT_RUNS
    return few and _depth(tree) <= SECOND_DEPTH


def _depth(tree: Tree) -> int:
    depths = [0] * len(tree.parents)
    for place, parent in enumerate(tree.parents):
        depths[place] = depths[parent] + 1 if parent >= 0 else 0
    return max(depths, default=0)


def _title(parsed: LexborHTMLParser, tree: Tree, markup: Metadata) -> str:
    element = parsed.css_first("head title") or parsed.css_first("title")
    said = [title for title in (markup.og_title, markup.headline) if title]
    first = [block.text for block in tree.blocks if block.level == 1]
    second = [block.text for block in tree.blocks if block.level == 2]
    shown = [block.text for block in tree.blocks]
    return choose_title(fold(element.text()) if element else "", said, [*first, *second], shown)


def _extracted(
    tree: Tree,
    chosen: Sequence[Block],
    title: str,
    how: tuple[Choice, Metadata],
    words: PageWords,
) -> Extracted:
    choice, markup = how
    place = _title_place(chosen, title)
    lines = [RawLine(b.kind, b.level, b.text) for index, b in enumerate(chosen) if index != place]
    outside = Counter(block.text for block in tree.blocks) - Counter(block.text for block in chosen)
    furniture = [text for block in tree.blocks if outside[text := block.text] > 0]
    said = of_lines(_about_title(tree, chosen, title), words)
    return Extracted(
        title=title,
        lines=tuple(lines),
        furniture=tuple(furniture[:MAX_FURNITURE]),
        published=markup.published or said.published,
        published_source=markup.published_source or said.published_source,
        author=markup.author or said.author,
        category=markup.category
        or said.category
        or crumb_category([block.text for block in tree.blocks], title, words),
        site_name=markup.site_name,
        extractor=choice.extractor,
        confidence=round(choice.confidence, 4),
        head=place or 0,
    )


def _title_place(chosen: Sequence[Block], title: str) -> int | None:
    said = letters(title)
    return next((i for i, block in enumerate(chosen[:TITLE_LINES]) if letters(block.text) == said), None)


def _about_title(tree: Tree, chosen: Sequence[Block], title: str) -> list[str]:
    """Lines below the title, then above it, then the article's last: where bylines stand.

    Of the last none that leads to another page: the date behind its title is that page's.
    """
    said = letters(title)
    texts = [block.text for block in tree.blocks]
    place = next((index for index, text in enumerate(texts) if letters(text) == said), 0)
    near = [*texts[place + 1 : place + 1 + NEAR_TITLE], *reversed(texts[max(0, place - NEAR_TITLE) : place])]
    last = (block.text for block in chosen[-NEAR_TITLE:] if block.linked < LINK_TITLE_CHARS)
    return [*near, *last]
