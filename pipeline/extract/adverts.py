"""Which lines of a page stand in an element that its template names as an advert."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from pipeline.extract.blocks import Block, Tree
from pipeline.extract.furniture import CACHED, PARTS

# Parts of class names and ids. Not `banner`: that is as often the head of a site.
_ADVERT_WORDS = "ad ads adv advert adsense adbox guanggao gg sponsor sponsored tuiguang promo"
ADVERT_WORDS = frozenset(_ADVERT_WORDS.split())


def adverts(tree: Tree, chosen: Sequence[Block]) -> frozenset[str]:
    """Left alone: an element that holds the article as well, whatever its name."""
    holders = _holders(tree, chosen)
    paid: list[bool] = []
    for place, (parent, marks) in enumerate(zip(tree.parents, tree.marks, strict=True)):
        named = place not in holders and _is_named_advert(marks)
        paid.append(named or (parent >= 0 and paid[parent]))
    return frozenset(block.text for block in tree.blocks if paid[block.place])


def _holders(tree: Tree, chosen: Sequence[Block]) -> set[int]:
    """The elements around the article, the page's own among them."""
    found: set[int] = set()
    for block in chosen:
        place = block.place
        while place >= 0 and place not in found:
            found.add(place)
            place = tree.parents[place]
    return found


@lru_cache(maxsize=CACHED)
def _is_named_advert(marks: str) -> bool:
    return any(not ADVERT_WORDS.isdisjoint((token, *PARTS.split(token))) for token in marks.split())
