"""The elements of a page that may hold its article, under names that other pages of its site know."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from pipeline.extract.blocks import Tree
from pipeline.extract.scan.measured import LONG_LINE
from pipeline.extract.scan.summed import sizes
from pipeline.extract.weights import ends_sentence

_HOLDERS = "article section main div td dd li center form blockquote fieldset pre"
HOLDERS = frozenset(_HOLDERS.split())  # body is left out: it would teach nothing
MOST_CONTAINERS = 32  # of a page, the largest; an article has rarely more than ten elements around it
LEAST_CHARS = 60  # as for an article
LEAST_LATER = 15  # of one reply or teaser among several
MOST_CLASSES = 2  # further ones are often the page's own (category-3 tag-12); an id is always the last
NAME_CHARS = 60
MARKS_CHARS = 600  # of an element's classes and id, that many are read
DIGITS = re.compile(r"\d+")
ODD = re.compile(r"[^\w-]+")


class Container(NamedTuple):
    """Elements of one name: characters of their text, of it the article's, and of the whole article.

    The first element that is large enough stands apart from all others of its name (`later`): replies, older
    posts and teasers are named as the post above them, or as one another.
    """

    name: str
    later: bool
    chars: int
    shared: int
    own: int
    opens: bool  # the article's first long line stands here


@dataclass(frozen=True, slots=True)
class Places:
    """The elements of one name, none inside another: the first that holds a text, and all others."""

    first: int | None
    later: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Sums:
    """By element, with the parts in it: characters of its lines, of these the article's, its last element."""

    chars: Sequence[int]
    shared: Sequence[int]
    ends: Sequence[int]


def containers(tree: Tree, chosen: Collection[int], out: Sequence[bool]) -> tuple[Container, ...]:
    """The largest first.

    `chosen`: indices of the article's lines. `out`: elements that no article around them takes in, and so
    none that may hold it.
    """
    sums, opening = _sums(tree, frozenset(chosen), out), _opening(tree, chosen)
    own = sum(len(tree.blocks[index].text) for index in chosen)
    found = []
    for name, places in _by_name(tree, sums, out).items():
        for later, group in enumerate((() if places.first is None else (places.first,), places.later)):
            chars, shared = (sum(said[place] for place in group) for said in (sums.chars, sums.shared))
            opens = any(place <= opening <= sums.ends[place] for place in group)
            found.append(Container(name, bool(later), chars, shared, own, opens))
    found.sort(key=lambda one: (-one.chars, one.name, one.later))
    return tuple(one for one in found if one.chars >= LEAST_CHARS)[:MOST_CONTAINERS]


def named(tree: Tree, name: str, out: Sequence[bool]) -> int | None:
    """The first element of this name that holds a text, None where the page has none."""
    places = _by_name(tree, _sums(tree, frozenset(), out), out).get(name)
    return places.first if places else None


def placed(tree: Tree, named: tuple[Collection[str], Collection[str]], out: Sequence[bool]) -> Iterator[int]:
    """The first elements of these names, and of those all others."""
    firsts, laters = named
    for name, places in _by_name(tree, _sums(tree, frozenset(), out), out).items():
        if name in firsts and places.first is not None:
            yield places.first
        if name in laters:
            yield from places.later


def names(tree: Tree, places: Iterable[int]) -> Mapping[int, str]:
    """Tag, classes and id of each element, digits as 0; one without any is known by what holds it."""
    found: dict[int, str] = {-1: ""}
    for place in places:
        above = []
        while place not in found:
            above.append(place)
            place = tree.parents[place]  # noqa: PLW2901 (on the way up)
        for below in reversed(above):
            own = _own_name(tree.tags[below], tree.marks[below][:MARKS_CHARS])
            found[below] = own or f"{found[tree.parents[below]]}>{tree.tags[below]}"[-NAME_CHARS:]
    return found


def _by_name(tree: Tree, sums: _Sums, out: Sequence[bool]) -> dict[str, Places]:
    """A page's replies have its post's name, and stand behind it. Of nested elements the outer counts."""
    inside = [False] * len(out)  # an element that is out
    places = []
    for place, (tag, parent) in enumerate(zip(tree.tags, tree.parents, strict=True)):
        inside[place] = out[place] or (parent >= 0 and inside[parent])
        if sums.chars[place] >= LEAST_LATER and tag in HOLDERS and not inside[place]:
            places.append(place)
    name_of = names(tree, places)
    groups: dict[str, list[int]] = {}
    for place in places:
        group = groups.setdefault(name_of[place], [])
        if not group or place > sums.ends[group[-1]]:
            group.append(place)
    return {name: _places(group, sums.chars) for name, group in groups.items()}


def _places(group: Sequence[int], chars: Sequence[int]) -> Places:
    first = next((place for place in group if chars[place] >= LEAST_CHARS), None)
    return Places(first, tuple(place for place in group if place != first))


def _opening(tree: Tree, chosen: Collection[int]) -> int:
    """The element with the article's first line that is no title, date or label; -1 where there is none."""
    first = next((i for i in sorted(chosen) if _is_running(tree.blocks[i].text)), None)
    return -1 if first is None else tree.blocks[first].place


def _is_running(text: str) -> bool:
    return len(text) >= LONG_LINE or (len(text) >= LEAST_LATER and ends_sentence(text))


def _sums(tree: Tree, chosen: frozenset[int], out: Sequence[bool]) -> _Sums:
    """Children stand behind their parents, so that one pass from the end adds up every element."""
    lines = np.array([(block.place, len(block.text)) for block in tree.blocks], np.int64).reshape(-1, 2)
    places, chars = lines.T.copy()
    shared = np.zeros_like(chars)
    shared[list(chosen)] = chars[list(chosen)]
    flags = np.array(out, np.bool_)
    found = sizes(places, chars, shared, np.array(tree.parents, np.int64), flags)
    return _Sums(*(column.tolist() for column in found))


@lru_cache(maxsize=4_096)  # the pages of a site have the same names
def _own_name(tag: str, marks: str) -> str:
    tokens = [ODD.sub("", DIGITS.sub("0", token[:NAME_CHARS])) for token in marks.split()]
    shown = list(dict.fromkeys(token for token in (*tokens[:MOST_CLASSES], *tokens[-1:]) if token))
    return ".".join([tag, *shown])[:NAME_CHARS] if shown else ""
