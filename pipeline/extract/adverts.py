"""Lines of a page that stand in an advert: an element named as one, or a box that calls and offers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from pipeline.contacts import MAY_HOLD_CONTACT
from pipeline.extract.blocks import Block, Tree
from pipeline.extract.comparable import simplified
from pipeline.extract.furniture import CACHED, name_parts
from pipeline.extract.rules import calls_to_action
from pipeline.extract.shapes import Line
from pipeline.extract.words import PageWords, letters

# Parts of class names and ids. Not `banner`: that is as often the head of a site.
_ADVERT_WORDS = "ad ads adv advert adsense adbox guanggao gg sponsor sponsored tuiguang promo"
ADVERT_WORDS = frozenset(_ADVERT_WORDS.split())
ARTICLE_SHARE = 0.5  # of the article's characters; what holds more is no advert, whatever its name
MOST_LINES, LONGEST_LINE = 8, 60  # of a box; adverts are short


def adverts(tree: Tree, chosen: Sequence[Block], words: PageWords) -> frozenset[str]:
    """Damage: `微信：abc` between 专业协商，免费评估 and 点击咨询 reads like the site's own contact.

    Left alone: an element that holds the article as well (a theme named `has-ads`), a line that says whose it
    is (联系我们：…), and 立即咨询 alone, without an offer beside it, which is as often a site's own button. A
    box that can hold no contact is not looked at: who else is named in it, is of no use.
    """
    holders = _holders(tree, chosen)
    paid = _paid(tree, holders)
    found = {block.text for block in tree.blocks if paid[block.place]}
    for box in _boxes(tree, holders):
        if len(box) <= MOST_LINES and any(map(MAY_HOLD_CONTACT.match, box)) and _is_offer(box, words):
            found.update(text for text in box if not words.contact_own.search(letters(simplified(text))))
    return frozenset(found)


def _holders(tree: Tree, chosen: Sequence[Block]) -> frozenset[int]:
    """The elements around the greater part of the article, the page's own among them."""
    chars: dict[int, int] = defaultdict(int)
    for block in chosen:
        chars[block.place] += len(block.text)
    held = [chars.get(place, 0) for place in range(len(tree.parents))]
    for place in range(len(held) - 1, 0, -1):  # an element stands behind the one that holds it
        if (parent := tree.parents[place]) >= 0:
            held[parent] += held[place]
    most = ARTICLE_SHARE * sum(chars.values())
    return frozenset(place for place, number in enumerate(held) if number > most)


def _paid(tree: Tree, holders: frozenset[int]) -> list[bool]:
    paid: list[bool] = []
    for place, (parent, marks) in enumerate(zip(tree.parents, tree.marks, strict=True)):
        named = place not in holders and _is_named_advert(marks)
        paid.append(named or (parent >= 0 and paid[parent]))
    return paid


def _boxes(tree: Tree, holders: frozenset[int]) -> Iterator[list[str]]:
    """Lines that one element holds, or that stand each in an element of its own inside one."""
    boxes: dict[int, list[str]] = defaultdict(list)
    for block in tree.blocks:
        parent = tree.parents[block.place]
        boxes[block.place if parent < 0 or parent in holders else parent].append(block.text)
    return iter(boxes.values())


def _is_offer(box: Iterable[str], words: PageWords) -> bool:
    """A call to act, and what is offered: both in one line, or in two."""
    lines = [Line(simplified(text), "paragraph") for text in box if len(text) <= LONGEST_LINE]
    calls = any(calls_to_action(line, words) for line in lines)
    return calls and any(words.contact_offers.search(line.letters) for line in lines)


@lru_cache(maxsize=CACHED)
def _is_named_advert(marks: str) -> bool:
    return not ADVERT_WORDS.isdisjoint(name_parts(marks))
