"""The one-pass extractor: which element holds the article, and which of its parts are not of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.extract.blocks import Tree
from pipeline.extract.furniture import FURNITURE, TOOL, furniture_named
from pipeline.extract.posts import before_feed, before_next, first_post, hold
from pipeline.extract.weights import LINK_COST, LONG_LINE, is_way_out, line_score
from pipeline.extract.words import letters, says

PRUNED_COST = 40  # a part that will be pruned weighs at most this much against what holds it
DECAY = 0.85  # of a part's text, for the element that holds it
MARKED_SHARE = 0.2  # of the text in an element named as furniture
TOOL_SHARE = 0.5  # of the article's text; a larger part is the text itself
MARKED_TITLE = 3  # times as long as its letters a title is at most, with its marks and blanks
NEAR_TITLE = 12  # lines below a title in which its text begins
LEAST_TEXT = 60  # characters
TABLE_PARTS = frozenset(["table", "tbody", "thead", "tfoot", "tr", "td", "th", "center"])


@dataclass(frozen=True, slots=True)
class Weighed:
    """What every line and every element, with all that stands in it, says for being the article."""

    scores: Sequence[float]  # of lines
    sums: Sequence[float]  # of elements
    named: Sequence[int]  # by the names that templates give them: furniture.py
    out: Sequence[bool]  # no article around it takes it in: links, and what is named as furniture


@dataclass(frozen=True, slots=True)
class Found:
    """Indices of the blocks of the article, and the part of the page in which it was looked for.

    `scope` is smaller than the page where several texts stand on it and its structure says which is meant.
    """

    indices: tuple[int, ...]
    scope: range


def weigh(tree: Tree) -> Weighed:
    scores = [line_score(block) for block in tree.blocks]
    named = [furniture_named(tag, marks) for tag, marks in zip(tree.tags, tree.marks, strict=True)]
    tables = _tables(tree)
    sums = _subtree_sums(tree, scores, named, tables)
    out = [
        name == FURNITURE or (total < -LINK_COST and not table)
        for name, total, table in zip(named, sums, tables, strict=True)
    ]
    return Weighed(scores, sums, named, out)


def article_lines(tree: Tree, weighed: Weighed, title: str = "") -> Found:
    """The article in page order; empty where nothing reads like one."""
    sums, whole = weighed.sums, range(len(tree.blocks))
    largest = max(sums, default=0.0)
    if largest <= 0:
        return Found((), whole)
    held, said = hold(tree, weighed.scores), letters(title)
    most = max(place for place, total in enumerate(sums) if total == largest)
    best, scope = first_post(tree, held, _below_title(tree, weighed, said, most))
    chosen = [index for index in lines_within(tree, weighed, best) if index in scope]
    kept = before_next(tree, before_feed(tree, chosen), said)
    if len(kept) < len(chosen):
        scope = range(scope.start, chosen[len(kept)])
    return Found(tuple(kept), held.blocks[best] if best != most and scope == whole else scope)


def lines_within(tree: Tree, weighed: Weighed, place: int) -> list[int]:
    """Indices of the blocks of the article if this element is known to hold it."""
    kept = [False] * len(tree.parents)
    kept[place] = True
    most = TOOL_SHARE * weighed.sums[place]
    for below in range(place + 1, len(kept)):
        parent = tree.parents[below]
        if parent < place:
            break
        tool = weighed.named[below] == TOOL and weighed.sums[below] <= most
        kept[below] = kept[parent] and not (tool or weighed.out[below])
    return [i for i, block in enumerate(tree.blocks) if kept[block.place] and not is_way_out(block)]


def _below_title(tree: Tree, weighed: Weighed, title: str, best: int) -> int:
    """What stands right below the title, where it is text, and not what the page has most of.

    On forums, blogs and portals the replies, the older posts or the teasers are longer than the article.
    """
    sizes = range(max(len(title), 1), MARKED_TITLE * len(title) + 1)
    alike = (i for i, block in enumerate(tree.blocks) if len(block.text) in sizes)
    titles = [i for i in alike if says(tree.blocks[i].text, title)]
    starts = (_text_below(tree, weighed.scores, place) for place in titles)
    start = next((place for place in starts if place is not None), None)
    if start is None:
        return best
    holders, sums = set(_line_up(tree, start)), weighed.sums
    local = max(holders, key=lambda holder: (sums[holder], holder))
    return best if best in holders or sums[local] < LEAST_TEXT else local


def _text_below(tree: Tree, scores: Sequence[float], title: int) -> int | None:
    """Element of the first running text within a few lines of the title."""
    below = range(title + 1, min(title + 1 + NEAR_TITLE, len(scores)))
    return next((tree.blocks[index].place for index in below if scores[index] >= LONG_LINE), None)


def _line_up(tree: Tree, place: int) -> Iterator[int]:
    """The element and all that hold it."""
    while place >= 0:
        yield place
        place = tree.parents[place]


def _subtree_sums(
    tree: Tree, scores: Sequence[float], named: Sequence[int], tables: Sequence[bool]
) -> list[float]:
    """Children stand behind their parents, so that one pass from the end adds up every subtree.

    What is furniture counts little for what holds it; links and menus count against it, but not much.
    """
    sums = [0.0] * len(tree.parents)
    for block, score in zip(tree.blocks, scores, strict=True):
        sums[block.place] += score
    for place in range(len(sums) - 1, 0, -1):
        if named[place] == FURNITURE and sums[place] > 0:
            sums[place] *= MARKED_SHARE
        passed, least = sums[place] * DECAY, 0.0 if tables[place] else -PRUNED_COST
        sums[tree.parents[place]] += passed if passed > least else least
    return sums


def _tables(tree: Tree) -> list[bool]:
    """Elements of tables whose cells lead nowhere: however few words each has, they are the article's."""
    if TABLE_PARTS.isdisjoint(tree.tags):
        return [False] * len(tree.tags)
    linked = [0] * len(tree.parents)
    for block in tree.blocks:
        linked[block.place] += block.linked
    for place in range(len(linked) - 1, 0, -1):
        linked[tree.parents[place]] += linked[place]
    return [not links and tag in TABLE_PARTS for links, tag in zip(linked, tree.tags, strict=True)]
