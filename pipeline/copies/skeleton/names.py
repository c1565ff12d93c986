"""Names that no list has, standing where a template names its lender, or where its copies differ alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from pipeline.copies.skeleton.copies import Column, Copy, Version
from pipeline.copies.skeleton.slots import Slot
from pipeline.copies.skeleton.strangers import LONGEST
from pipeline.copies.skeleton.variables import Variable
from pipeline.copies.skeleton.wording import Occurrence

LEAST_ALIKE = 6  # letters that two versions share around the one place in which they differ
SEEN, MOST_SEEN = 4, 50  # times that a word must stand before a letter to end in it, and that are looked at
LEAST_FILLERS = 3  # two may be two spellings
LEAST_PLACES = 2  # sentences in which a copy says the same
ELSEWHERE = 2  # copies about a known lender that have the word, too: it is no name


@dataclass(frozen=True)
class Stranger:
    """A span of a copy that is filled in like a platform's name and is on no list."""

    copy: int
    column: int
    start: int
    end: int


def differing_places(number: int, column: Column, said: Version, copies: Sequence[Copy]) -> list[Occurrence]:
    """Slots of type `text`: the one place in which versions differ from the wording.

    星蓝贷逾期会上门吗 and 麦屿花逾期会上门吗 differ in 星蓝贷 and 麦屿花. Versions reworded in two places say
    nothing. What all fillers begin or end with alike (贷) is lost here; see `widened`.
    """
    spans = [(v.sentence.char_start, v.sentence.char_end) for v in column]
    texts = [copies[v.copy].text[start:end] for v, (start, end) in zip(column, spans, strict=True)]
    own = texts[column.index(said)]
    ends = [_alike(own, text) for text in texts]
    differing = [end for end, text in zip(ends, texts, strict=True) if text != own and end is not None]
    if len(differing) < LEAST_FILLERS - 1:
        return []
    before, after = min(p for p, _ in differing), min(s for _, s in differing)
    if before + after < LEAST_ALIKE or len(own) - before - after > LONGEST:
        return []
    held = {
        version.copy: Slot("text", start + before, start + len(text) - after)
        for version, (start, _), text, end in zip(column, spans, texts, ends, strict=True)
        if end is not None and 0 < len(text) - before - after <= LONGEST
    }
    return [Occurrence(number, held[said.copy], held)] if said.copy in held else []


def _alike(one: str, other: str) -> tuple[int, int] | None:
    """How many letters two sentences begin and end with alike, where the rest may be a name."""
    before = _common(one, other)
    after = _common(one[before:][::-1], other[before:][::-1])
    rest = max(len(one), len(other)) - before - after
    return (before, after) if rest <= LONGEST and before + after >= LEAST_ALIKE else None


def _common(one: str, other: str) -> int:
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def widened(slot: Slot, text: str) -> Slot:
    """With the letters that stand at its end wherever it stands, four times at least.

    >>> text = "星蓝贷逾期。星蓝贷催收。说到星蓝贷，星蓝贷的人"
    >>> widened(Slot("text", 0, 2), text)
    Slot(type='text', start=0, end=3, platform_id=None)
    """
    start, end = slot.start, slot.end
    while end - start < LONGEST:
        word, at = text[start:end], text.find(text[start:end])
        follows: list[str] = []
        while at >= 0 and len(follows) < MOST_SEEN:
            follows.append(text[at + len(word) : at + len(word) + 1])
            at = text.find(word, at + len(word))
        if len(follows) < SEEN or len(set(follows)) > 1 or not follows[0].isalpha():
            break
        end += 1
    return Slot(slot.type, start, end)


def strangers(variable: Variable, copies: Sequence[Copy], beside: tuple[str, ...]) -> Iterator[Stranger]:
    """Fillers of a platform slot that are on no list; of a `text` slot those that look like names.

    These are many, the same in several sentences, and stand before a word like 催收 (`beside`).
    """
    if variable.type == "platform":
        for place in variable.places:
            for copy, slot in place.held.items():
                if slot.platform_id is None:
                    yield Stranger(copy, place.column, slot.start, slot.end)
    if variable.type == "text" and _varied(variable, copies):
        found = [
            Stranger(copy, place.column, slot.start, slot.end)
            for place in variable.places
            for copy, slot in ((c, widened(s, copies[c].text)) for c, s in place.held.items())
        ]
        if sum(copies[f.copy].text.startswith(beside, f.end) for f in found) >= len(variable.held):
            yield from found


def _varied(variable: Variable, copies: Sequence[Copy]) -> bool:
    said = {copies[copy].text[slot.start : slot.end] for copy, slot in variable.held.items()}
    return len(variable.places) >= LEAST_PLACES and len(said) >= LEAST_FILLERS


def surfaces(found: Sequence[Stranger], copies: Sequence[Copy]) -> set[str]:
    """Those that a copy says in several sentences or in its title, and copies about known lenders do not say.

    平台 and 对方 stand in platform slots, too: they also stand elsewhere.
    """
    said: dict[tuple[int, str], set[int]] = {}
    for one in found:
        text = copies[one.copy].text[one.start : one.end]
        said.setdefault((one.copy, text), set()).add(one.column)
    known = [copy.text for copy in copies if copy.is_known]
    names = {
        text
        for (copy, text), columns in said.items()
        if len(columns) >= LEAST_PLACES or text in copies[copy].title
    }
    return {name for name in names if sum(name in text for text in known) < ELSEWHERE}
