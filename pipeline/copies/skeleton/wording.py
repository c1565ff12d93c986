"""How a sentence is worded in most copies, and what each copy says in its slots."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise

from pipeline.copies.skeleton.copies import Column, Copy, Version
from pipeline.copies.skeleton.slots import Slot, slots_of
from pipeline.copies.skeleton.strangers import Context, between, contexts

MOST_SLOTS = 12  # of a sentence; a line with more is a table, or built to take time


@dataclass(frozen=True)
class Occurrence:
    """One slot of the wording of one column, and what stands in it in each copy that could be read."""

    column: int
    slot: Slot  # in the text of the copy that the wording is from
    held: Mapping[int, Slot]  # copy → its own span


def wording(column: Column, copies: Sequence[Copy]) -> Version:
    """The version with the commonest key; of several the one whose pairs of letters most copies have, too.

    A copy about a known platform speaks first: in another a name that no list has would pass for fixed text.
    """
    known = [version for version in column if copies[version.copy].is_known] or column
    keys = Counter(version.sentence.key for version in known)
    common = max(keys.values())
    best = [version for version in known if keys[version.sentence.key] == common]
    if len(best) == 1 or common > 1:
        return min(best, key=lambda version: (version.sentence.key, version.copy))
    pairs = Counter(pair for version in column for pair in _pairs(version))
    return min(best, key=lambda version: (-_typical(version, pairs), version.sentence.key, version.copy))


def occurrences(number: int, column: Column, said: Version, copies: Sequence[Copy]) -> list[Occurrence]:
    """The slots of the wording that differ between copies; what all say alike is fixed text.

    A copy is read where it has as many slots of a type as the wording: the n-th is the n-th. One with fewer
    platforms is read by the words beside them. Others say the sentence in their own way, and are left out
    rather than misread.
    """
    own = slots_in(copies[said.copy], said)
    if not 0 < len(own) <= MOST_SLOTS:
        return []
    held: list[dict[int, Slot]] = [{} for _ in own]
    beside = contexts(copies[said.copy].text, said, own)
    for version in column:
        text = copies[version.copy].text
        theirs = own if version is said else slots_in(copies[version.copy], version)
        for place, slot in chain(_matched(own, theirs), _by_words(own, theirs, beside, (text, version))):
            held[place][version.copy] = slot
    return [
        Occurrence(number, slot, values)
        for slot, values in zip(own, held, strict=True)
        if not _fixed(values, copies)
    ]


def slots_in(copy: Copy, version: Version) -> list[Slot]:
    sentence = version.sentence
    span = sentence.char_start, sentence.char_end
    return slots_of(copy.text, span, copy.names_in(*span), copy.folds)


def value(slot: Slot, text: str) -> str:
    """What tells fillers apart: a known platform by its id, however it is written."""
    return slot.platform_id or text[slot.start : slot.end]


def _matched(own: Sequence[Slot], theirs: Sequence[Slot]) -> Iterator[tuple[int, Slot]]:
    for kind in dict.fromkeys(slot.type for slot in own):
        places = [place for place, slot in enumerate(own) if slot.type == kind]
        same = [slot for slot in theirs if slot.type == kind]
        if len(places) == len(same):
            yield from zip(places, same, strict=True)


def _by_words(
    own: Sequence[Slot],
    theirs: Sequence[Slot],
    beside: Sequence[Context | None],
    other: tuple[str, Version],
) -> Iterator[tuple[int, Slot]]:
    """Platforms, known or not, of a version that has fewer known ones than the wording has slots."""
    known = {(slot.start, slot.end): slot for slot in theirs if slot.type == "platform"}
    places = [place for place, slot in enumerate(own) if slot.type == "platform"]
    if len(known) >= len(places):
        return
    for place in places:
        context = beside[place]
        span = between(*other, context) if context else None
        if span in known:
            yield place, known[span]
        elif span and not any(start < span[1] and span[0] < end for start, end in known):
            yield place, Slot("platform", *span)


def _fixed(held: Mapping[int, Slot], copies: Sequence[Copy]) -> bool:
    """All copies say the same: 第675条, or a means of payment that the template itself names."""
    return len(held) > 1 and len({value(slot, copies[copy].text) for copy, slot in held.items()}) == 1


def _pairs(version: Version) -> set[str]:
    return {one + other for one, other in pairwise(version.sentence.key)}


def _typical(version: Version, pairs: Mapping[str, int]) -> float:
    own = _pairs(version)
    return sum(pairs[pair] for pair in own) / max(1, len(own))
