"""The one-pass extractor: which element holds the article, and which of its parts are not of it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.extract.blocks import Block, Tree
from pipeline.extract.shapes import COMMA, NUMBERED
from pipeline.extract.words import letters

PUNCTUATION = re.compile(r"[，。；：！？、“”]|[,;:!?.](?=[\u4e00-\u9fff\s]|$)")
MAX_LINK_SHARE = 0.5  # a line that is mostly link is a way to another page
LONG_LINE = 30  # characters: more is a sentence also without punctuation
LINK_COST = 30  # at most this much text is outweighed by one line of links
SHORT_COST = 2  # a short line without punctuation: a heading, or a menu without links
_FURNITURE_WORDS = """
    comment comments pinglun footer foot sidebar side aside related xiangguan recommend recommends
    tuijian hot rank ranking copyright nav navbar menu breadcrumb breadcrumbs crumb crumbs share ad ads
    advert banner login tags pager pages pagination bottom reply replies navbox toc catlinks reference
"""
FURNITURE_WORDS = frozenset(_FURNITURE_WORDS.split())
CONTENT_WORDS = re.compile(r"article|content|body|main|text|post|entry|detail|neirong|zhengwen")
FOOTER = re.compile(
    r"copyright|©|版权所有|版權所有|icp[备備证證]|公网安备|经营许可证|all rights reserved", re.IGNORECASE
)
FOOTER_COST = 60
FOOTER_CHARS = 300  # a longer text that names a licence is none
PRUNED_COST = 40  # a part that will be pruned weighs at most this much against what holds it
DECAY = 0.85
MARKED_SHARE = 0.2
NEAR_TITLE = 12
LEAST_TEXT = 60
FEED_HEADS = 3
LINK_CHARS = 100


def line_score(block: Block) -> float:
    """Above 0 for running text, below 0 for links and furniture."""
    size = len(block.text)
    if size < FOOTER_CHARS and FOOTER.search(block.text):
        return -float(FOOTER_COST)
    if is_link(block):
        return -float(min(size, LINK_COST))
    if size >= LONG_LINE or PUNCTUATION.search(block.text):
        return float(size - min(block.linked, size // 2))
    return 0.0 if block.level else -float(SHORT_COST)


def article_lines(tree: Tree, title: str = "") -> list[int]:
    """Indices of the blocks of the article, in page order; empty where nothing reads like one."""
    scores = [line_score(block) for block in tree.blocks]
    marked = [_is_furniture(tag, marks) for tag, marks in zip(tree.tags, tree.marks, strict=True)]
    sums = _subtree_sums(tree, scores, marked)
    if not sums or max(sums) <= 0:
        return []
    best = max(range(len(sums)), key=lambda place: (sums[place], place))
    best = _below_title(tree, sums, letters(title), best)
    inside = _kept_places(tree, sums, marked, best)
    chosen = [i for i, block in enumerate(tree.blocks) if inside[block.place] and not _is_way_out(block)]
    return _before_feed(tree, chosen)


def is_link(block: Block) -> bool:
    """Mostly links; a long text with commas in it is an article in an unclosed <a>, and no link."""
    if block.linked <= MAX_LINK_SHARE * len(block.text):
        return False
    return len(block.text) <= LINK_CHARS or not COMMA.search(block.text)


def _is_way_out(block: Block) -> bool:
    """A line that is mostly a link, but no heading: 相关报道, 点击查看."""
    return is_link(block) and not block.level and not NUMBERED.match(block.text)


def _before_feed(tree: Tree, chosen: list[int]) -> list[int]:
    """Without the list of other articles, each under a heading that is a link, which some portals append.

    A page that begins with such a heading is a list itself, and stays to be dropped as one.
    """
    heads = [n for n, i in enumerate(chosen) if tree.blocks[i].level and is_link(tree.blocks[i])]
    own = chosen[: heads[0]] if len(heads) >= FEED_HEADS else []
    text = sum(len(tree.blocks[i].text) for i in own if line_score(tree.blocks[i]) >= LONG_LINE)
    return own if text >= LEAST_TEXT else chosen


def _below_title(tree: Tree, sums: list[float], title: str, best: int) -> int:
    """What stands right below the title, where it is text, and not what the page has most of.

    On forums, blogs and portals the replies, the older posts or the teasers are longer than the article.
    """
    titles = [i for i, block in enumerate(tree.blocks) if title and letters(block.text) == title]
    starts = (_text_below(tree, place) for place in titles)
    start = next((place for place in starts if place is not None), None)
    if start is None:
        return best
    holders = set(_line_up(tree, start))
    local = max(holders, key=lambda holder: (sums[holder], holder))
    return best if best in holders or sums[local] < LEAST_TEXT else local


def _text_below(tree: Tree, title: int) -> int | None:
    """Element of the first running text within a few lines of the title."""
    below = tree.blocks[title + 1 : title + 1 + NEAR_TITLE]
    return next((block.place for block in below if line_score(block) >= LONG_LINE), None)


def _line_up(tree: Tree, place: int) -> Iterator[int]:
    """The element and all that hold it."""
    while place >= 0:
        yield place
        place = tree.parents[place]


def _subtree_sums(tree: Tree, scores: list[float], marked: list[bool]) -> list[float]:
    """Children stand behind their parents, so that one pass from the end adds up every subtree."""
    sums = [0.0] * len(tree.parents)
    for block, score in zip(tree.blocks, scores, strict=True):
        sums[block.place] += score
    for place in range(len(sums) - 1, 0, -1):
        if marked[place] and sums[place] > 0:
            sums[place] *= MARKED_SHARE
        sums[tree.parents[place]] += max(sums[place] * DECAY, -PRUNED_COST)
    return sums


def _is_furniture(tag: str, marks: str) -> bool:
    """By the names that templates give their parts; an element named for its content is none."""
    if tag in ("body", "article", "main") or CONTENT_WORDS.search(marks.replace("comment-", "")):
        return False
    return tag in ("aside", "footer") or any(
        token in FURNITURE_WORDS or not FURNITURE_WORDS.isdisjoint(re.split(r"[-_]|\d+", token))
        for token in marks.split()
    )


def _kept_places(tree: Tree, sums: list[float], marked: list[bool], best: int) -> list[bool]:
    """The subtree of `best` without the parts in it that are links or marked as furniture."""
    kept = [False] * len(sums)
    kept[best] = True
    for place in range(best + 1, len(sums)):
        parent = tree.parents[place]
        if parent >= best and kept[parent]:
            kept[place] = not (marked[place] or sums[place] < -LINK_COST)
    return kept
