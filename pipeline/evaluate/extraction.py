"""Main text against text that people marked: macro means of 4-gram scores, beside another extractor's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.evaluate.figures import Figure, kept_shares, mean, wrong
from pipeline.extract.choose import DISAGREE
from pipeline.extract.score import Score, gram_f1, leak

PART = "extraction"
POOR = 0.3  # F1 below which a page's text is another text
# Bands of agreement, as it was measured on 566 real pages: below .5 is for review, from .95 on is sure.
BANDS = ((0.0, 0.5), (0.5, 0.8), (0.8, 0.95), (0.95, 1.01))


@dataclass(frozen=True, slots=True)
class Extraction:
    """What one extractor made of one page; None: no text.

    Of ours also whose text was kept, how far two readings agreed, and the time from bytes to repaired text;
    of the peer's the time with metadata, which ours always reads.
    """

    text: str | None
    seconds: float
    extractor: str = ""
    confidence: float = 1.0
    chain_seconds: float = 0.0
    described_seconds: float = 0.0


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
    sure = [case for case in cases if case.ours.extractor == "one-pass" and case.ours.confidence >= DISAGREE]
    return [
        wrong(PART, "pages-without-text", sum(case.ours.text is None for case in cases), len(cases)),
        *_figures(ours),
        _poor(ours),
        *_by_group(cases),
        *kept_shares(PART, (case.ours.extractor or "nothing" for case in cases)),
        *_by_confidence(cases),
        *(Figure(PART, f"{peer}-{f.measure}", f.value, f.basis, None) for f in _figures(theirs)),
        Figure(PART, f"time-of-{peer}-over-ours", _ratio(cases), len(cases), None),
        Figure(PART, f"time-of-{peer}-over-ours-without-voters", _ratio(sure), len(sure), None),
        Figure(PART, f"time-of-{peer}-with-metadata-over-ours", _described_ratio(cases), len(cases), None),
        Figure(PART, f"chain-time-over-{peer}", _chain_ratio(cases), len(cases), None),
    ]


def _figures(pairs: Sequence[tuple[str, str]]) -> list[Figure]:
    scores: list[Score] = [gram_f1(found, gold) for found, gold in pairs]
    return [
        mean(PART, "text-f1", [score.f1 for score in scores]),
        mean(PART, "text-precision", [score.precision for score in scores]),
        mean(PART, "text-recall", [score.recall for score in scores]),
        mean(PART, "leak", [leak(found, gold) for found, gold in pairs], "high"),
    ]


def _poor(pairs: Sequence[tuple[str, str]]) -> Figure:
    poor = sum(gram_f1(found, gold).f1 < POOR for found, gold in pairs)
    return Figure(PART, "pages-mostly-wrong", poor / len(pairs) if pairs else None, len(pairs), "high")


def _by_confidence(cases: Sequence[Case]) -> list[Figure]:
    """Mean F1 by band of confidence: a confidence that says nothing would give the same in each."""
    return [
        mean(
            PART,
            f"text-f1-at-confidence-{low:.2f}",
            [
                gram_f1(case.ours.text or "", case.gold).f1
                for case in cases
                if low <= case.ours.confidence < high
            ],
            None,
        )
        for low, high in BANDS
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


def _chain_ratio(cases: Sequence[Case]) -> float | None:
    """Decode, extract, repair and script over the peer's extraction of the text alone."""
    theirs = sum(case.peer.seconds for case in cases)
    return sum(case.ours.chain_seconds for case in cases) / theirs if theirs else None


def _described_ratio(cases: Sequence[Case]) -> float | None:
    ours = sum(case.ours.seconds for case in cases)
    return sum(case.peer.described_seconds for case in cases) / ours if ours else None


def _ratio(cases: Sequence[Case]) -> float | None:
    ours = sum(case.ours.seconds for case in cases)
    return sum(case.peer.seconds for case in cases) / ours if ours else None
