"""How right a partition is: over pairs, over pages (B³), over counts, shares and allegations."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

Labels = Sequence[str | None]


def pair_scores(true: Labels, found: Labels) -> tuple[float, float, float]:
    """Precision, recall and F1 over pairs of pages. None: a group of its own."""
    both = _pairs(Counter((t, f) for t, f in zip(true, found, strict=True) if None not in (t, f)))
    precision = both / max(1, _pairs(Counter(f for f in found if f is not None)))
    recall = both / max(1, _pairs(Counter(t for t in true if t is not None)))
    return precision, recall, _f1(precision, recall)


def b_cubed(true: Labels, found: Labels) -> tuple[float, float, float]:
    """Precision, recall and F1, a page at a time: no large group outweighs the small ones."""
    truth = [t if t is not None else f"alone {at}" for at, t in enumerate(true)]
    said = [f if f is not None else f"alone {at}" for at, f in enumerate(found)]
    sizes, groups = Counter(truth), Counter(said)
    both = Counter(zip(truth, said, strict=True))
    precision = sum(n * n / groups[f] for (_, f), n in both.items()) / max(1, len(truth))
    recall = sum(n * n / sizes[t] for (t, _), n in both.items()) / max(1, len(truth))
    return precision, recall, _f1(precision, recall)


def count_ratios(lender: Sequence[str], true: Labels, found: Labels) -> dict[str, tuple[int, int]]:
    """Distinct stories of each lender: true, estimated."""
    truth, said = defaultdict(set), defaultdict(set)
    for name, t, f in zip(lender, true, found, strict=True):
        truth[name].add(t)
        said[name].add(f)
    return {name: (len(truth[name]), len(said[name])) for name in sorted(truth)}


def outside(ratios: Mapping[str, tuple[int, int]], least: float, most: float) -> int:
    """Lenders whose count is neither within the ratios nor right but for one."""
    return sum(not (least <= said / true <= most or abs(said - true) <= 1) for true, said in ratios.values())


def precision_recall(true: Sequence[bool], found: Sequence[bool]) -> tuple[float, float]:
    both = sum(t and f for t, f in zip(true, found, strict=True))
    return both / max(1, sum(found)), both / max(1, sum(true))


def _pairs(counts: Counter[object]) -> int:
    return sum(n * (n - 1) // 2 for n in counts.values())


def _f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / max(1e-12, precision + recall)
