"""Plain strings of which every match of a regular expression holds one: they tell where it cannot match.

Read from the expression itself, so that nobody keeps two lists in step: `(?:主动|及时).{0,4}联系` gives
主动 and 及时.
"""

from __future__ import annotations

import re
import re._parser as parser  # type: ignore[import-not-found]  # how the interpreter itself reads them; 3.11 to 3.13
from collections.abc import Iterable, Iterator, Sequence
from itertools import product
from typing import Any, NamedTuple

MAX_STRINGS = 64  # of one piece; more are a wide choice, of which a neighbour is the better anchor

Strings = frozenset[str]
_EMPTY: Strings = frozenset({""})


class Piece(NamedTuple):
    """What a match holds: one of the strings, where the items from `first` up to `last` stand."""

    strings: Strings
    items: Sequence[Any]  # of the whole expression
    first: int
    last: int

    def reach(self, other: Piece) -> tuple[int, int]:
        """How far back from this one's end the other begins at most, and how far from its start on that ends.

        One of them is 0: a match holds the pieces one behind the other.
        """
        if self.last <= other.first:
            return 0, _widest(self.items[self.first : other.last])
        return _widest(self.items[other.first : self.last]), 0


def anchors(pattern: re.Pattern[str]) -> Strings | None:
    """None where a match need hold no string of a few.

    >>> sorted(anchors(re.compile("(?:主动|及时).{0,3}沟通[。！]?|找客服")))
    ['主动', '及时', '找客服']
    >>> anchors(re.compile("还款|[0-9]{2}天?")) is None
    True
    """
    return next((piece.strings for piece in needed(pattern)), None)


def needed(pattern: re.Pattern[str]) -> list[Piece]:
    """Of the strings of each every match holds one at least; the best anchors first.

    >>> [sorted(held.strings) for held in needed(re.compile("(?:拆|分)成.{0,3}(?:期|个月)"))]
    [['分成', '拆成'], ['个月', '期']]
    """
    return _needed(parser.parse(pattern.pattern, pattern.flags))


def opens_text(pattern: re.Pattern[str]) -> bool:
    """Whether it can match nowhere but at the beginning of a text.

    >>> opens_text(re.compile("^(?:首先|其次)|^先问")), opens_text(re.compile("^先|再"))
    (True, False)
    """
    return not pattern.flags & re.MULTILINE and _opens(parser.parse(pattern.pattern, pattern.flags))


def _opens(items: Sequence[Any]) -> bool:
    if not items:
        return False
    name, said = str(items[0][0]), items[0][1]
    if name == "BRANCH":
        return all(map(_opens, said[1]))
    return _opens(said[-1]) if name == "SUBPATTERN" else name == "AT" and str(said) == "AT_BEGINNING"


def _widest(items: Any) -> int:
    """How many characters they stand for at most."""
    return int(items.getwidth()[1])


def _needed(items: Sequence[Any]) -> list[Piece]:
    """The pieces that a match holds, first the one whose shortest string is longest, then the smaller."""
    pieces = [piece for piece in _pieces(items) if piece.strings and "" not in piece.strings]
    return sorted(pieces, key=lambda piece: (-min(map(len, piece.strings)), len(piece.strings)))


def _best(items: Sequence[Any]) -> Strings | None:
    return next((piece.strings for piece in _needed(items)), None)


def _pieces(items: Sequence[Any]) -> Iterator[Piece]:
    """Each run of neighbours that stand for a few strings, joined; and what else must be there."""
    run, first = _EMPTY, 0
    for at, item in enumerate(items):
        strings = _strings(item)
        if strings is None:
            yield Piece(run, items, first, at)
            yield Piece(_held(item) or frozenset(), items, at, at + 1)
            run, first = _EMPTY, at + 1
        elif len(run) * len(strings) > MAX_STRINGS:
            yield Piece(run, items, first, at)
            run, first = strings, at
        else:
            run = frozenset(left + right for left, right in product(run, strings))
    yield Piece(run, items, first, len(items))


def _held(item: Any) -> Strings | None:
    """What a match of an item that stands for many strings still holds."""
    name, said = str(item[0]), item[1]
    if name == "SUBPATTERN":
        return _best(said[-1])
    if name == "MAX_REPEAT" and said[0] > 0:
        return _best(said[2])
    if name == "BRANCH":
        return _union(map(_best, said[1]))
    return None


def _strings(item: Any) -> Strings | None:
    """All that an item stands for; None where that is much, or unknown. What only looks around is nothing."""
    name, said = str(item[0]), item[1]
    if name == "LITERAL":
        return frozenset({chr(said)})
    if name in ("AT", "ASSERT", "ASSERT_NOT"):
        return _EMPTY
    if name == "MAX_REPEAT" and said[1] == 1:
        once = _joined(said[2])
        return once if once is None or said[0] else once | _EMPTY
    return _union(map(_joined, _choices(name, said)))


def _choices(name: str, said: Any) -> list[Any]:
    """Of which a match takes one; of an item unlike these nothing is known."""
    if name == "IN":
        return [[choice] for choice in said]
    if name == "BRANCH":
        return list(said[1])
    return [said[-1]] if name == "SUBPATTERN" else []


def _joined(items: Iterable[Any]) -> Strings | None:
    joined = _EMPTY
    for item in items:
        strings = _strings(item)
        if strings is None or len(joined) * len(strings) > MAX_STRINGS:
            return None
        joined = frozenset(left + right for left, right in product(joined, strings))
    return joined


def _union(many: Iterable[Strings | None]) -> Strings | None:
    """None as well where there is nothing to unite."""
    united: set[str] = set()
    for strings in many:
        if strings is None:
            return None
        united |= strings
    return frozenset(united) or None
