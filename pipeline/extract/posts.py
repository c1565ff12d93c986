"""Pages with more than one text: older posts of a blog, replies of a forum, a feed's next article."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

import numpy as np

from pipeline.extract.blocks import Block, Tree
from pipeline.extract.dates import MOMENT
from pipeline.extract.scan.measured import LONG_LINE
from pipeline.extract.scan.summed import extents
from pipeline.extract.shapes import once
from pipeline.extract.weights import ends_sentence, is_way_out
from pipeline.extract.words import says

LEAST_TEXT = 60  # characters of a text of its own
LEAST_REPLY = 15  # of one post among many
LEAST_REPLIES = 3  # below a text: fewer dated parts may be the text's own
MOST_RECORDS = 0.7  # of the text of the element that holds them: they are what it is made of
FEED_HEADS = 3
STAMP_CHARS = 80
TITLE_CHARS, TEASER_CHARS = 8, 200  # of another page; what is longer is a section of this one
# A full date needs its clock (a chronicle has dates alone); 3小时前, 昨天 12:33, 08-11 16:06 need none.
CLOCK = re.compile(r"\d{1,2}\s*[:：]\s*\d{2}")
AGO = re.compile(
    r"\d+\s*(?:秒|分钟|小时|天|周|个?月|年)前|(?:今|昨|前)天\s*\d|\d{1,2}-\d{1,2}\s+\d{1,2}:\d{2}"
)
DIGITS = re.compile(r"\d+")

Name = tuple[int, str, str]  # depth, tag, class and id with their digits masked


@dataclass(frozen=True)
class Held:
    """For every element, with all that stands inside it: its running text and its blocks.

    `stamps` and `running` count up along the blocks: those that are stamps, characters of running text.
    Differences of them say what stands between two blocks, at no cost however many are asked; most pages
    have no two elements of one name with text, and ask nothing.
    """

    lines: Sequence[Block]
    scores: Sequence[int]  # of the lines
    texts: list[float]
    starts: list[int]  # the first line
    stops: list[int]  # behind the last line
    ends: list[int]  # the last element inside
    depths: list[int]

    def lines_in(self, place: int) -> range:
        return range(self.starts[place], self.stops[place])

    @once
    def stamps(self) -> list[int]:
        return [0, *accumulate(map(is_stamp, self.lines))]

    @once
    def running(self) -> list[float]:
        return [0.0, *accumulate(score if score >= LONG_LINE else 0.0 for score in self.scores)]


def hold(tree: Tree, scores: Sequence[int]) -> Held:
    found = extents(tree.numbers, np.array(tree.parents, np.int64))
    texts, *places = (column.tolist() for column in found)
    return Held(tree.blocks, scores, texts, *places)


def first_post(tree: Tree, held: Held, best: int) -> tuple[int, range]:
    """(element, blocks) of the first of several dated texts in or beside `best`; else `best` and the page.

    Damage: the front page of a blog or a thread of a forum gives all its posts, or the longest of them.
    Posts are elements of one name and depth, each with text; between every two of them stands when
    somebody wrote (`发表于 2005-06-13 15:00`, `3小时前`). Where a text stands before them in `best`, it is
    the article, and they are its comments. Paragraphs, sections and the dated entries of a chronicle have
    no clock in a line of its own, and stay.
    """
    page = range(len(tree.blocks))
    beside = _named_alike(tree, held, range(len(tree.parents))).get(_name(tree, held, best), [])
    if len(beside) > 1 and best in beside[1:] and _stamped(held, beside):
        return beside[0], held.lines_in(beside[0])
    groups = _named_alike(tree, held, range(best + 1, held.ends[best] + 1))
    for name in sorted(groups):  # the outermost first
        posts = groups[name]
        start = held.starts[posts[0]]
        if len(posts) >= LEAST_REPLIES and _are_teasers(held, best, posts):
            return best, range(start)
        if len(posts) < 2 or not _stamped(held, posts):
            continue
        above = held.running[start] - held.running[held.starts[best]]
        if len(posts) >= LEAST_REPLIES and above >= LEAST_TEXT:
            return best, range(start)
        whole = sum(held.texts[post] for post in posts) >= MOST_RECORDS * held.texts[best]
        if whole and held.texts[posts[0]] >= LEAST_TEXT:
            return posts[0], held.lines_in(posts[0])
    return best, page


def _name(tree: Tree, held: Held, place: int) -> Name:
    return held.depths[place], tree.tags[place], DIGITS.sub("0", tree.marks[place]).strip()


def _named_alike(tree: Tree, held: Held, places: Iterable[int]) -> dict[Name, list[int]]:
    """Elements with text, by name; those without a class or id are no posts."""
    groups: dict[Name, list[int]] = defaultdict(list)
    for place in places:
        if held.texts[place] >= LEAST_REPLY and tree.marks[place].strip():
            groups[_name(tree, held, place)].append(place)
    return groups


def _stamped(held: Held, posts: Sequence[int]) -> bool:
    """Between the beginnings of every two stands when somebody wrote."""
    starts = [held.starts[post] for post in posts]
    return all(held.stamps[start] < held.stamps[end] for start, end in pairwise(starts))


def _are_teasers(held: Held, best: int, posts: Sequence[int]) -> bool:
    """Elements of one name below a text, each a way to another page and a few words of what stands there.

    Damage: portals append `<div class="item"><a>title</a><p>催收人员上门之前…</p></div>` six times over; the
    text above takes them in, or, where it is short, is lost as a list. Left alone: a list without a text
    above it (a page of a tag), and cards with a text behind them.
    """
    running = held.running
    first, last = held.starts[posts[0]], held.stops[posts[-1]]
    above = running[first] - running[held.starts[best]]
    behind = running[held.stops[best]] - running[last]
    if above < LEAST_TEXT or behind >= LEAST_TEXT:
        return False
    return all(_is_teaser(held.lines[held.starts[post] : held.stops[post]]) for post in posts)


def _is_teaser(lines: Sequence[Block]) -> bool:
    title, words = lines[0], sum(len(line.text) for line in lines[1:])
    return is_way_out(title) and len(title.text) >= TITLE_CHARS and 0 < words <= TEASER_CHARS


def is_stamp(block: Block) -> bool:
    """A line of its own that says when somebody wrote, to the minute."""
    text = block.text
    dated = ":" in text or "：" in text or "前" in text or "天" in text  # in every CLOCK and AGO
    if not dated or len(text) > STAMP_CHARS or ends_sentence(text):
        return False
    return bool(AGO.search(text)) or bool(CLOCK.search(text) and MOMENT.search(text))


def _running(block: Block) -> int:
    """Its characters, if it is running text."""
    return len(block.text) if len(block.text) >= LONG_LINE and not block.is_link else 0


def before_feed(tree: Tree, chosen: list[int], least: int = LEAST_TEXT) -> list[int]:
    """Without the list of other articles, each under a heading that is a link, which some portals append.

    A page that begins with such a heading is a list itself, and stays to be dropped as one, and so does one
    with less text than `least` above it.
    """
    heads = [n for n, i in enumerate(chosen) if tree.blocks[i].level and tree.blocks[i].is_link]
    own = chosen[: heads[0]] if len(heads) >= FEED_HEADS else []
    return own if sum(_running(tree.blocks[i]) for i in own) >= least else chosen


def before_next(tree: Tree, chosen: list[int], title: str) -> list[int]:
    """Without the next article of an endless page: from where a heading named like the title's stands again.

    Example: <h1 class="article__title"> twice. Sections of an article bear another class than its title,
    or none, and stay.
    """
    heads = (i for i in chosen if title and tree.blocks[i].level)
    own = next((i for i in heads if says(tree.blocks[i].text, title)), None)
    if own is None or not _look(tree, own)[1].strip():
        return chosen
    look, text = _look(tree, own), 0
    for n, i in enumerate(chosen):
        if i > own and tree.blocks[i].level and text >= LEAST_TEXT and _look(tree, i) == look:
            return chosen[:n]
        text += _running(tree.blocks[i]) if i > own else 0
    return chosen


def _look(tree: Tree, index: int) -> tuple[str, str]:
    place = tree.blocks[index].place
    return tree.tags[place], tree.marks[place]
