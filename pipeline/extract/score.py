"""How alike two texts are: the metric of the extraction gold, and the agreement of two extractors."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

GRAM = 4  # characters; as in the gold data's README


@dataclass(frozen=True, slots=True)
class Score:
    """Of what was found: how much is right, how much of the right was found, and their harmonic mean."""

    precision: float
    recall: float
    f1: float


def grams(text: str) -> Counter[str]:
    """Multiset of character 4-grams, white space stripped; a shorter text is one gram."""
    squeezed = "".join(text.split())
    if len(squeezed) <= GRAM:
        return Counter([squeezed] if squeezed else [])
    return Counter(map("".join, zip(*(squeezed[k:] for k in range(GRAM)), strict=False)))


def gram_f1(found: str, gold: str) -> Score:
    """Two empty texts agree; an empty one agrees with nothing else.

    >>> gram_f1("催收人员打电话", "催收人员打电话").f1
    1.0
    >>> gram_f1("催收人员打电话", "").f1
    0.0
    """
    return gram_score(grams(found), grams(gold))


def gram_score(found: Counter[str], gold: Counter[str]) -> Score:
    if not found and not gold:
        return Score(1.0, 1.0, 1.0)
    shared = (found & gold).total()
    precision = shared / found.total() if found else 0.0
    recall = shared / gold.total() if gold else 0.0
    return Score(precision, recall, 2 * precision * recall / (precision + recall) if shared else 0.0)


def leak(found: str, gold: str) -> float:
    """Share of the characters found that stand in no gold 4-gram."""
    squeezed, known = "".join(found.split()), grams(gold)
    covered = bytearray(len(squeezed))
    for start in range(len(squeezed) - GRAM + 1):
        if squeezed[start : start + GRAM] in known:
            covered[start : start + GRAM] = b"\x01" * GRAM
    return 1 - sum(covered) / len(squeezed) if squeezed else 0.0
