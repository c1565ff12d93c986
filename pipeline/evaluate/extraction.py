"""Main text against text that people marked: macro means of 4-gram scores, beside another extractor's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.evaluate.figures import Figure, mean, wrong
from pipeline.extract.score import Score, gram_f1, leak

PART = "extraction"


@dataclass(frozen=True, slots=True)
class Extraction:
    """What one extractor made of one page; None: no text."""

    text: str | None
    seconds: float


@dataclass(frozen=True, slots=True)
class Case:
    """One page of a set: its marked text, our extraction and the peer's."""

    group: str
    name: str
    gold: str
    ours: Extraction
    peer: Extraction


def extraction_figures(cases: Sequence[Case], peer: str) -> list[Figure]:
    """Ours with floors, each set's F1 apart; then the peer's and the ratio of time, which are only told."""
    ours = [(case.ours.text or "", case.gold) for case in cases]
    theirs = [(case.peer.text or "", case.gold) for case in cases]
    return [
        wrong(PART, "pages-without-text", sum(case.ours.text is None for case in cases), len(cases)),
        *_figures(ours),
        *_by_group(cases),
        *(Figure(PART, f"{peer}-{f.measure}", f.value, f.basis, None) for f in _figures(theirs)),
        Figure(PART, f"time-of-{peer}-over-ours", _ratio(cases), len(cases), None),
    ]


def _figures(pairs: Sequence[tuple[str, str]]) -> list[Figure]:
    scores: list[Score] = [gram_f1(found, gold) for found, gold in pairs]
    return [
        mean(PART, "text-f1", [score.f1 for score in scores]),
        mean(PART, "text-precision", [score.precision for score in scores]),
        mean(PART, "text-recall", [score.recall for score in scores]),
        mean(PART, "leak", [leak(found, gold) for found, gold in pairs], "high"),
    ]


def _by_group(cases: Sequence[Case]) -> list[Figure]:
    groups = dict.fromkeys(case.group for case in cases)
    return [
        mean(
            PART,
            f"{group.replace('_', '-')}-text-f1",
            [gram_f1(case.ours.text or "", case.gold).f1 for case in cases if case.group == group],
        )
        for group in groups
    ]


def _ratio(cases: Sequence[Case]) -> float | None:
    ours = sum(case.ours.seconds for case in cases)
    return sum(case.peer.seconds for case in cases) / ours if ours else None
