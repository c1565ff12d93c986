"""The one-pass extractor: which element holds the article, and which of its parts are not of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from pipeline.extract.blocks import Tree
from pipeline.extract.furniture import furniture_named
from pipeline.extract.posts import before_feed, before_next, first_post, hold
from pipeline.extract.scan.measured import LONG_LINE
from pipeline.extract.scan.summed import TOOL, weights
from pipeline.extract.weights import is_way_out
from pipeline.extract.words import letters, says

TOOL_SHARE = 0.5  # of the article's text; a larger part is the text itself
MARKED_TITLE = 3  # times as long as its letters a title is at most, with its marks and blanks
NEAR_TITLE = 12  # lines below a title in which its text begins
LEAST_TEXT = 60  # characters
TABLE_PARTS = frozenset(["table", "tbody", "thead", "tfoot", "tr", "td", "th", "center"])


@dataclass(frozen=True, slots=True)
class Weighed:
    """What every line and every element, with all that stands in it, says for being the article."""

    scores: Sequence[int]  # of lines
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
    scores = [block.score for block in tree.blocks]
    named = list(map(furniture_named, tree.tags, tree.marks))
    tables = [tag in TABLE_PARTS for tag in tree.tags]
    found = weights(tree.numbers, *(np.array(said, np.int64) for said in (tree.parents, named, tables)))
    return Weighed(scores, found.sums.tolist(), named, found.out.tolist())


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
    return Found(tuple(kept), held.lines_in(best) if best != most and scope == whole else scope)


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


def _text_below(tree: Tree, scores: Sequence[int], title: int) -> int | None:
    """Element of the first running text within a few lines of the title."""
    below = range(title + 1, min(title + 1 + NEAR_TITLE, len(scores)))
    return next((tree.blocks[index].place for index in below if scores[index] >= LONG_LINE), None)


def _line_up(tree: Tree, place: int) -> Iterator[int]:
    """The element and all that hold it."""
    while place >= 0:
        yield place
        place = tree.parents[place]
