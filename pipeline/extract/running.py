"""A second opinion on the lines of a page, by length and links alone, without a look at its elements."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Literal

from pipeline.extract.blocks import Block
from pipeline.extract.weights import ends_sentence

Class = Literal["good", "near", "short", "bad"]

# The idea and the numbers are jusText's (findings/extraction: language-free), on lines already read; that
# also a shorter line is text if it ends like a sentence is ours (F1 on 121 marked pages .862, without .815).
SHORT_CHARS, LONG_CHARS = 20, 60
MAX_LINKED = 0.2


def running_lines(blocks: Sequence[Block]) -> tuple[int, ...]:
    """Indices of the lines that are running text, or stand between such lines."""
    classes = [_class(block) for block in blocks]
    classes = [
        _of_short({before, after}) if own == "short" else own
        for own, before, after in _with_neighbours(classes, ("short",))
    ]
    kept = (
        own == "good" or (own == "near" and (before, after) != ("bad", "bad"))
        for own, before, after in _with_neighbours(classes, ("near", "short"))
    )
    return tuple(index for index, keep in enumerate(kept) if keep)


def _class(block: Block) -> Class:
    size = len(block.text)
    if block.linked > MAX_LINKED * size or block.is_footer:
        return "bad"
    if size < SHORT_CHARS:
        return "short"
    return "good" if size > LONG_CHARS or ends_sentence(block.text) else "near"


def _of_short(neighbours: Collection[Class]) -> Class:
    """A short line between running text is a heading of it; beside links it is one of them."""
    if "bad" in neighbours:
        return "bad"
    return "near" if "near" in neighbours else "good"


def _with_neighbours(
    classes: Sequence[Class], passed: Sequence[Class]
) -> Iterable[tuple[Class, Class, Class]]:
    """Each with the nearest before and behind it that is none of `passed`; beyond the page all is bad."""
    before = _last_seen(classes, passed)
    after = _last_seen(classes[::-1], passed)[::-1]
    return zip(classes, before, after, strict=True)


def _last_seen(classes: Sequence[Class], passed: Sequence[Class]) -> list[Class]:
    seen: list[Class] = []
    last: Class = "bad"
    for one in classes:
        seen.append(last)
        last = last if one in passed else one
    return seen
