"""The elements of a page that may hold its article, under names that other pages of its site know."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from pipeline.extract.blocks import Tree

_HOLDERS = "article section main div td dd li center form blockquote fieldset pre"
HOLDERS = frozenset(_HOLDERS.split())  # body is left out: it would teach nothing
MOST_CONTAINERS = 24  # of a page, the largest; an article has rarely more than ten elements around it
LEAST_CHARS = 60  # as for an article
MOST_CLASSES = 2  # further ones are often the page's own (category-3 tag-12); an id is always the last
NAME_CHARS = 60
MARKS_CHARS = 600  # of an element's classes and id, that many are read
DIGITS = re.compile(r"\d+")
ODD = re.compile(r"[^\w-]+")


@dataclass(frozen=True, slots=True)
class Container:
    """An element with text, and how far its lines and those of the article found are the same (F1)."""

    name: str
    agreement: float


@dataclass(frozen=True, slots=True)
class _Sums:
    """Characters by element: of its lines with those of the parts in it, and of these the article's."""

    chars: Sequence[int]
    shared: Sequence[int]


def containers(tree: Tree, chosen: Collection[int], out: Sequence[bool]) -> tuple[Container, ...]:
    """The first element of each name, the largest first.

    `chosen`: indices of the article's lines. `out`: elements that no article around them takes in, and so
    none that may hold it.
    """
    sums = _sums(tree, frozenset(chosen), out)
    own = sum(len(tree.blocks[index].text) for index in chosen)
    firsts = _first_of_each_name(tree, sums.chars, out)
    largest = sorted(firsts.items(), key=lambda one: (-sums.chars[one[1]], one[1]))[:MOST_CONTAINERS]
    return tuple(
        Container(name, round(2 * sums.shared[place] / (sums.chars[place] + own), 4))
        for name, place in largest
    )


def named(tree: Tree, name: str, out: Sequence[bool]) -> int | None:
    """The first element of this name that holds a text, None where the page has none."""
    return _first_of_each_name(tree, _sums(tree, frozenset(), out).chars, out).get(name)


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


def _first_of_each_name(tree: Tree, chars: Sequence[int], out: Sequence[bool]) -> dict[str, int]:
    """A page's replies have its post's name, and stand behind it."""
    inside = [False] * len(chars)  # an element that is out
    places = []
    for place, (tag, parent) in enumerate(zip(tree.tags, tree.parents, strict=True)):
        inside[place] = out[place] or (parent >= 0 and inside[parent])
        if chars[place] >= LEAST_CHARS and tag in HOLDERS and not inside[place]:
            places.append(place)
    name_of = names(tree, places)
    firsts: dict[str, int] = {}
    for place in places:
        firsts.setdefault(name_of[place], place)
    return firsts


def _sums(tree: Tree, chosen: frozenset[int], out: Sequence[bool]) -> _Sums:
    """Children stand behind their parents, so that one pass from the end adds up every element."""
    chars, shared = [0] * len(tree.parents), [0] * len(tree.parents)
    for index, block in enumerate(tree.blocks):
        size = len(block.text)
        chars[block.place] += size
        if index in chosen:
            shared[block.place] += size
    for place in range(len(chars) - 1, 0, -1):
        if chars[place] and not out[place]:
            chars[tree.parents[place]] += chars[place]
            shared[tree.parents[place]] += shared[place]
    return _Sums(chars, shared)


@lru_cache(maxsize=4_096)  # the pages of a site have the same names
def _own_name(tag: str, marks: str) -> str:
    tokens = [ODD.sub("", DIGITS.sub("0", token[:NAME_CHARS])) for token in marks.split()]
    shown = list(dict.fromkeys(token for token in (*tokens[:MOST_CLASSES], *tokens[-1:]) if token))
    return ".".join([tag, *shown])[:NAME_CHARS] if shown else ""
