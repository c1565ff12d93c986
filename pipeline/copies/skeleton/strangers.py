"""What stands between the same words as a known platform: a name that no list has, or a word like 平台."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.copies.skeleton.copies import Version
from pipeline.copies.skeleton.slots import Slot

SHORTEST, LONGEST = 2, 10  # of 686 surfaces in the gazetteer 4 are longer
BESIDE = 4  # letters on each side of a slot that say where it is
LEAST_BESIDE = 4  # of these there must be, on both sides together

Context = tuple[str, str]


def contexts(text: str, said: Version, own: Sequence[Slot]) -> list[Context | None]:
    """Per slot the letters before and after it, no other slot among them; None where they are too few."""
    ends = [said.sentence.char_start, *(slot.end for slot in own)]
    starts = [*(slot.start for slot in own[1:]), said.sentence.char_end]
    found: list[Context | None] = []
    for slot, before, after in zip(own, ends, starts, strict=False):
        left = text[max(before, slot.start - BESIDE) : slot.start]
        right = text[slot.end : min(after, slot.end + BESIDE)]
        found.append((left, right) if right and len(left) + len(right) >= LEAST_BESIDE else None)
    return found


def between(text: str, version: Version, context: Context) -> tuple[int, int] | None:
    """The first word between these letters in another version; without punctuation, and no number.

    `※逾期后会起诉吗` in most copies and 柚岭贷逾期后会起诉吗 in one: 柚岭贷.
    """
    left, right = context
    start, end = version.sentence.char_start, version.sentence.char_end
    at = text.find(left, start, end)
    if at < 0:
        return None
    first = at + len(left)
    last = text.find(right, first + SHORTEST, min(end, first + LONGEST + len(right)))
    word = text[first : max(first, last)]
    return (first, last) if word.isalnum() and not word.isdecimal() else None
