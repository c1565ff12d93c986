"""Which extractor's lines to keep: the one-pass result where another agrees, else the one in the middle."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pipeline.extract.blocks import Block
from pipeline.extract.clean import squeeze
from pipeline.extract.score import GRAM, gram_score, grams

AGREED = 0.8  # findings/extraction: cascade at F1 ≥ .8, 16 % of pages escalate
COVERED = 0.6  # of a line's 4-grams: the extractors fold white space and brackets differently
SHORT_LINE = 8  # characters; shorter ones must be a line of the other extractor's too


@dataclass(frozen=True, slots=True)
class Choice:
    """Indices of the blocks kept, whose they are, and how far two extractors agree on them."""

    indices: tuple[int, ...]
    extractor: str
    confidence: float


def choose(
    blocks: Sequence[Block], own: Sequence[int], seconds: Sequence[tuple[str, Callable[[], str]]]
) -> Choice:
    """`seconds`: names and calls, cheapest first; a later one is only asked if the earlier disagree."""
    found = [("one-pass", tuple(own))]
    for name, ask in seconds:
        found.append((name, covered(blocks, ask())))
        agreement = _agreement(blocks, found[0][1], found[-1][1])
        if own and agreement >= AGREED:
            return Choice(found[0][1], "one-pass", agreement)
    return _medoid(blocks, [one for one in found if one[1]])


def covered(blocks: Sequence[Block], text: str) -> tuple[int, ...]:
    """The page's own lines that another extractor's text consists of."""
    lines = {squeeze(line).lstrip("-•*") for line in text.splitlines()}
    known = grams(text)
    return tuple(
        index for index, block in enumerate(blocks) if _is_covered(squeeze(block.text), lines, known)
    )


def _is_covered(line: str, lines: set[str], known: Counter[str]) -> bool:
    if len(line) < SHORT_LINE:
        return line in lines
    parts = [line[start : start + GRAM] for start in range(len(line) - GRAM + 1)]
    return sum(part in known for part in parts) >= COVERED * len(parts)


def text_of(blocks: Sequence[Block], indices: Sequence[int]) -> str:
    return "\n".join(blocks[index].text for index in indices)


def _agreement(blocks: Sequence[Block], one: Sequence[int], other: Sequence[int]) -> float:
    return gram_score(grams(text_of(blocks, one)), grams(text_of(blocks, other))).f1


def _medoid(blocks: Sequence[Block], found: Sequence[tuple[str, tuple[int, ...]]]) -> Choice:
    """The result nearest to all others; the first of equals. Its confidence: its nearest other."""
    if not found:
        return Choice((), "one-pass", 0.0)
    alike = [[_agreement(blocks, one, other) for _, other in found] for _, one in found]
    best = max(range(len(found)), key=lambda index: (sum(alike[index]), -index))
    nearest = max((alike[best][other] for other in range(len(found)) if other != best), default=0.0)
    return Choice(found[best][1], found[best][0], nearest)
