"""A page of HTML: its article's lines, title and metadata."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import islice
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser

from crawler.sites import Site
from pipeline.extract.about import about
from pipeline.extract.blocks import Block, TooLargeError, Tree, read_tree
from pipeline.extract.breadcrumbs import of_trail
from pipeline.extract.bylines import of_lines
from pipeline.extract.choose import Choice, choose, covered
from pipeline.extract.containers import names
from pipeline.extract.crumbs import Shown, names_of, of_place, site_names
from pipeline.extract.dates import find_date
from pipeline.extract.density import Weighed, article_lines, weigh
from pipeline.extract.described import of_markup
from pipeline.extract.guard import signs_unless_bomb
from pipeline.extract.home import is_home
from pipeline.extract.kinds import kinds
from pipeline.extract.layouts import by_layout
from pipeline.extract.metadata import Metadata, Said, merged, with_metadata
from pipeline.extract.model import Extracted, Lost, RawLine
from pipeline.extract.outline import Outline
from pipeline.extract.remembered import Known, remembered
from pipeline.extract.second import is_bearable, voters
from pipeline.extract.titles import choose_title, first_clause
from pipeline.extract.words import PageWords, letters, says

LEAST_WAYS, LIST_SHARE = 3, 0.3  # lines that are links: an article's text has few
LINK_TITLE_CHARS, MOST_LINKED = 8, 0.5
TEASER_CHARS, DATE_LINE_CHARS = 20, 40
LEAST_HEADED, HEADED_SHARE = 4, 0.8
LEAST_BOXES, BOX_SHARE = 3, 0.5
TITLE_LINES = 12  # the title stands among the first lines of the article, or above them
MAX_FURNITURE = 3_000


class Parsed(NamedTuple):
    """A page as text, as a tree, and the signs of what few pages have: scan/signs.py."""

    html: str
    tree: LexborHTMLParser
    signs: int


class Seen(NamedTuple):
    """A page's tree, what its markup says of it, and its lines."""

    tree: Tree
    markup: Metadata
    shown: Shown


def parse(html: str) -> Parsed | None:
    """None for a page that is built to exhaust its parser."""
    encoded = html.encode("utf-8", "ignore")  # a lone surrogate is no character
    signs = signs_unless_bomb(encoded)
    return None if signs is None else Parsed(html, LexborHTMLParser(encoded), signs)


def extract_markup(
    page: Parsed, site: Site, words: PageWords, known: Known | None = None
) -> Extracted | Lost:
    """Layouts first where the site has any, then the general extractors, as its definition says.

    `known`: what the site's other pages have taught of this one.
    """
    html, parsed, signs = page
    try:
        root = parsed.body or parsed.root
        tree = read_tree(root) if root else Tree()
    except TooLargeError:
        return Lost("too-large")
    markup = merged(of_trail(parsed, signs), of_markup(parsed, signs, words))
    seen = Seen(tree, markup, Shown.of([block.text for block in tree.blocks], words))
    if site.extractor != "trafilatura" and (found := by_layout(html, site.layout)):
        layout, title, blocks = found
        choice = Choice((), f"layout:{layout.name}" if layout.name else "layout", 1.0)
        outline = Outline(tree, None, (), blocks)
        return _extracted(outline, Said(title, "layout"), (choice, seen), words)
    if site.extractor == "layout":
        return Lost("no-article")
    return _by_structure(html, seen, site, words, known)


def _by_structure(
    html: str,
    seen: Seen,
    site: Site,
    words: PageWords,
    known: Known | None,
) -> Extracted | Lost:
    """What the site's memory says, else what the general extractors find."""
    tree, markup, _ = seen
    title = _title(seen, words)
    weighed = weigh(tree)
    taught = remembered(tree, weighed, title.text, known) if known else None
    choice = taught or _general(html, (tree, weighed), site, title.text)
    chosen = [tree.blocks[index] for index in choice.indices]
    outline = Outline(tree, None if site.extractor == "trafilatura" else weighed, choice.indices, chosen)
    boxes = _is_of_boxes(tree.blocks, choice.indices)
    boxes = boxes or is_home(tree.blocks, choice.indices, site_names(markup), words)
    if boxes or _lists(chosen) or _is_headed_by_links(tree.blocks, choice.indices):
        return Lost("list-page", outline)
    opening = next((first_clause(block.text) for block in chosen), "")
    title = title if title.text else Said(opening, "text")
    return _extracted(outline, title, (choice, seen), words)


def _general(html: str, read: tuple[Tree, Weighed], site: Site, title: str) -> Choice:
    tree, weighed = read
    if site.extractor == "trafilatura":
        from pipeline.extract.opinions import by_trafilatura  # noqa: PLC0415  see `voters`

        indices = covered(tree.blocks, by_trafilatura(html)) if is_bearable(tree) else ()
        return Choice(indices, "trafilatura", 1.0)
    return choose(tree.blocks, article_lines(tree, weighed, title), partial(voters, html, tree))


def _lists(chosen: Sequence[Block]) -> bool:
    """Title after title of other pages, with or without teasers below them."""
    ways = [b for b in chosen if len(b.text) >= LINK_TITLE_CHARS and b.is_link]
    many = len(ways) >= LEAST_WAYS and len(ways) >= LIST_SHARE * len(chosen)
    return many or sum(b.linked for b in ways) > MOST_LINKED * sum(len(b.text) for b in chosen)


def _is_of_boxes(blocks: Sequence[Block], chosen: Sequence[int]) -> bool:
    """A home page: heading after heading over links that are no text, a line about the site below."""
    kept = set(chosen)
    heads = [i for i in chosen if blocks[i].level and i + 1 < len(blocks)]
    boxes = sum(i + 1 not in kept and blocks[i + 1].is_link for i in heads)
    return boxes >= LEAST_BOXES and boxes >= BOX_SHARE * len(chosen)


def _is_headed_by_links(blocks: Sequence[Block], chosen: Sequence[int]) -> bool:
    """Nearly every text stands right below a line that leads elsewhere: results of a search, posts of a tag.

    An article in which a link to another one stands here and there between its paragraphs is none.
    """
    texts = [i for i in chosen if len(blocks[i].text) >= TEASER_CHARS and not blocks[i].is_link]
    headed = sum(_is_headed(blocks, i) for i in texts)
    return headed >= LEAST_HEADED and headed >= HEADED_SHARE * len(texts)


def _is_headed(blocks: Sequence[Block], place: int) -> bool:
    """By a line that leads elsewhere; a date may stand between: 题目 / 2024-12-11 林小编 / 正文."""
    above = place - 1
    if above > 0 and not blocks[above].is_link and _is_dated(blocks[above].text):
        above -= 1
    return above >= 0 and blocks[above].is_link


def _is_dated(text: str) -> bool:
    return len(text) <= DATE_LINE_CHARS and find_date(text) is not None


def _title(seen: Seen, words: PageWords) -> Said:
    tree, markup, shown = seen
    headings = [
        block.text
        for level in (1, 2)
        for block in tree.blocks
        if block.level == level and letters(block.text) not in words.navigation_lines
    ]
    declared = [one for one in (markup.page_title, markup.og_title, markup.headline) if one]
    return choose_title(declared, headings, shown.lines, names_of(markup, shown, words))


def _extracted(outline: Outline, said_title: Said, how: tuple[Choice, Seen], words: PageWords) -> Extracted:
    tree, chosen = outline.tree, outline.chosen
    choice, (_, markup, shown) = how
    title = said_title.text
    place = _title_place(chosen, title)
    held_by = names(tree, {block.place for block in chosen}) if choice.indices else {}  # a layout has its own
    marks = tree.marks if choice.indices else ()
    lines_kept = [
        RawLine(kind, level, b.text, held_by.get(b.place, ""))
        for index, (b, (kind, level)) in enumerate(zip(chosen, kinds(chosen, marks), strict=True))
        if index != place
    ]
    lines = of_lines(about(tree.blocks, choice.indices, title, words), words)
    said = merged(markup, lines, of_place(shown, title, words, markup))
    found = Extracted(
        title=title,
        title_source=said_title.source,
        lines=tuple(lines_kept),
        furniture=tuple(islice(_furniture(shown.lines, chosen), MAX_FURNITURE)),
        extractor=choice.extractor,
        confidence=round(choice.confidence, 4),
        head=place or 0,
        outline=outline,
    )
    return with_metadata(found, said)


def _furniture(texts: Sequence[str], chosen: Sequence[Block]) -> Iterator[str]:
    """Lines that stand elsewhere than in the article, or there as well."""
    inside = Counter([block.text for block in chosen])
    outside = {text for text, times in Counter(texts).items() if times > inside[text]}
    return (text for text in texts if text in outside)


def _title_place(chosen: Sequence[Block], title: str) -> int | None:
    said = letters(title)
    return next((i for i, block in enumerate(chosen[:TITLE_LINES]) if says(block.text, said)), None)
