"""Lines of a page that stand in an advert: an element named as one, or a box that calls and offers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from pipeline.contacts import MAY_HOLD_CONTACT
from pipeline.extract.blocks import Block, Tree
from pipeline.extract.comparable import simplified
from pipeline.extract.furniture import CACHED, name_parts
from pipeline.extract.rules import calls_to_action
from pipeline.extract.shapes import Line, once
from pipeline.extract.words import PageWords, letters

# Parts of class names and ids. Not `banner`: that is as often the head of a site.
_ADVERT_WORDS = "ad ads adv advert adsense adbox guanggao gg sponsor sponsored tuiguang promo"
ADVERT_WORDS = frozenset(_ADVERT_WORDS.split())
ARTICLE_SHARE = 0.5  # of the article's characters; what holds more is no advert, whatever its name
MOST_LINES, LONGEST_LINE = 8, 60  # of a box; adverts are short


@dataclass(eq=False)
class Adverts:
    """The lines of a page that stand in an advert. Few are asked for, and only these are looked at.

    Damage: `微信：abc` between 专业协商，免费评估 and 点击咨询 reads like the site's own contact.
    Left alone: an element that holds the article as well (a theme named `has-ads`), a line that says whose it
    is (联系我们：…), and 立即咨询 alone, without an offer beside it, which is as often a site's own button. A
    box that can hold no contact is not looked at: who else is named in it, is of no use.
    """

    tree: Tree
    chosen: Sequence[Block]
    words: PageWords

    def __contains__(self, text: str) -> bool:
        places = self._places.get(text, ())
        return any(map(self._is_paid, places)) or (
            any(self._is_offered(self._box_of(place)) for place in places)
            and not self.words.contact_own.search(letters(simplified(text)))
        )

    def _is_paid(self, place: int) -> bool:
        """By the name of an element around it."""
        above = []
        while place not in self._paid:
            above.append(place)
            place = self.tree.parents[place]
        paid = self._paid[place]
        for below in reversed(above):
            named = _is_named_advert(self.tree.marks[below]) and below not in self._holders
            paid = self._paid[below] = paid or named
        return paid

    def _box_of(self, place: int) -> int:
        """An element that lines stand in, or one around it in which each stands in an element of its own."""
        parent = self.tree.parents[place]
        return place if parent < 0 or parent in self._holders else parent

    def _is_offered(self, box: int) -> bool:
        if box not in self._offers:
            held = self._boxes[box]
            may = len(held) <= MOST_LINES and any(map(MAY_HOLD_CONTACT.match, held))
            self._offers[box] = may and _is_offer(held, self.words)
        return self._offers[box]

    @once
    def _holders(self) -> frozenset[int]:
        return _holders(self.tree, self.chosen)

    @once
    def _boxes(self) -> Mapping[int, Sequence[str]]:
        boxes: dict[int, list[str]] = defaultdict(list)
        for block in self.tree.blocks:
            boxes[self._box_of(block.place)].append(block.text)
        return boxes

    @once
    def _places(self) -> Mapping[str, Sequence[int]]:
        places: dict[str, list[int]] = defaultdict(list)
        for block in self.tree.blocks:
            places[block.text].append(block.place)
        return places

    @once
    def _paid(self) -> dict[int, bool]:
        return {-1: False}  # around the page stands nothing

    @once
    def _offers(self) -> dict[int, bool]:
        return {}


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


def _is_offer(box: Iterable[str], words: PageWords) -> bool:
    """A call to act, and what is offered: both in one line, or in two."""
    lines = [Line(simplified(text), "paragraph") for text in box if len(text) <= LONGEST_LINE]
    calls = any(calls_to_action(line, words) for line in lines)
    return calls and any(words.contact_offers.search(line.letters) for line in lines)


@lru_cache(maxsize=CACHED)
def _is_named_advert(marks: str) -> bool:
    return not ADVERT_WORDS.isdisjoint(name_parts(marks))
