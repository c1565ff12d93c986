"""Fits the model to labelled sentences: pure, and the same for the same sentences."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, cast

import numpy as np
import numpy.typing as npt
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import LeaveOneGroupOut

from pipeline.evaluate.tally import Tally
from pipeline.findings.model import COUNTED, OF_SOMEBODY, Least, Teller, decided
from pipeline.records import Assertion

# Of 0.2, 0.3 and 0.5: best in seven states on beginnings of real pages, which it is not trained on
# (docs/measurements.md); with each register left out in turn they are alike.
INVERSE_STRENGTH = 0.3
# With each register left out in turn, rules included. Of the training sentences more are traps than of a
# page: what gives `alleged` .94 there gives .975 on beginnings of real pages.
LEAST_PRECISION = {"alleged": 0.94, "counted": 0.93}
# Of a text that has somebody to whom it happens and nobody who says so. From those pages too, not from
# the training sentences: there such texts are nearly all stories, on pages one in five.
LEAST_SUFFERED = 0.85
THRESHOLDS = tuple(step / 50 for step in range(5, 46))  # .10 to .90
STATES: dict[str, tuple[str, ...]] = {"alleged": COUNTED[:1], "counted": COUNTED}
MAX_ITERATIONS = 1_000
Shares = npt.NDArray[np.float64]  # examples x states
DECIMALS = 3  # of a weight: enough for four decimals of a probability


@dataclass(frozen=True, slots=True)
class Example:
    """What the model is told of one cue, and the state that it has."""

    register: str
    features: frozenset[str]
    state: str
    teller: Teller  # by the rules that stand over the model
    ruled: Assertion | None = None  # by the rules that come before it


@dataclass(frozen=True, slots=True)
class Fitted:
    states: tuple[str, ...]
    least: Least
    weights: dict[str, list[float]]
    left_out: dict[str, tuple[int, int]]  # measure → so many right of so many, each register left out in turn


def fit(examples: Sequence[Example]) -> Fitted:
    vectors = DictVectorizer()
    model = _regression().fit(vectors.fit_transform(_rows(examples)), [one.state for one in examples])
    names = list(vectors.get_feature_names_out())
    columns = np.round(model.coef_.T, DECIMALS) + 0.0  # no -0.0
    weights = {"bias": np.round(model.intercept_, DECIMALS).tolist()}
    weights |= {name: row.tolist() for name, row in zip(names, columns, strict=True) if row.any()}
    shares = left_out(examples)
    least = _least(examples, shares)
    return Fitted(tuple(model.classes_), least, weights, _figures(examples, _read(examples, shares, least)))


def left_out(examples: Sequence[Example]) -> Shares:
    """Probabilities of each example's states from a model that saw nothing of its register."""
    groups = [one.register for one in examples]
    states = np.array([one.state for one in examples])
    rows = _rows(examples)
    shares = np.zeros((len(examples), len(set(states))))
    for kept, out in LeaveOneGroupOut().split(rows, states, groups):
        vectors = DictVectorizer()
        model = _regression().fit(vectors.fit_transform([rows[i] for i in kept]), states[kept])
        shares[out] = model.predict_proba(vectors.transform([rows[i] for i in out]))
    return shares


def _least(examples: Sequence[Example], shares: Shares) -> Least:
    """The lowest thresholds at which enough of what is found is true: that of `alleged` first."""
    suffered = LEAST_SUFFERED
    alleged = _lowest(examples, shares, "alleged", lambda threshold: Least(threshold, suffered, 1.0))
    counted = _lowest(examples, shares, "counted", lambda threshold: Least(alleged, suffered, threshold))
    return Least(alleged, suffered, counted)


def _lowest(examples: Sequence[Example], shares: Shares, name: str, least: Callable[[float], Least]) -> float:
    for threshold in THRESHOLDS:
        tally = _tally(examples, _read(examples, shares, least(threshold)), STATES[name])
        if tally.found and tally.right / tally.found >= LEAST_PRECISION[name]:
            return threshold
    return THRESHOLDS[-1]


def _read(examples: Sequence[Example], shares: Shares, least: Least) -> list[str]:
    """The state of each as the judge would say."""
    states = cast("list[Assertion]", sorted({one.state for one in examples}))
    return [
        one.ruled or decided(_ordered(states, row), OF_SOMEBODY in one.features, one.teller, least)
        for one, row in zip(examples, shares.tolist(), strict=True)
    ]


def _ordered(states: Sequence[Assertion], row: Sequence[float]) -> list[tuple[Assertion, float]]:
    return sorted(zip(states, row, strict=True), key=lambda pair: -pair[1])


def _tally(examples: Sequence[Example], read: Sequence[str], states: Sequence[str]) -> Tally:
    held = [(one.state in states, said in states) for one, said in zip(examples, read, strict=True)]
    both = sum(true and found for true, found in held)
    return Tally(both, sum(found for _, found in held), sum(true for true, _ in held))


def _figures(examples: Sequence[Example], read: Sequence[str]) -> dict[str, tuple[int, int]]:
    right = sum(one.state == said for one, said in zip(examples, read, strict=True))
    figures = {"seven-states-right": (right, len(examples))}
    for measure, states in (("alleged", STATES["alleged"]), ("alleged-or-claimed", STATES["counted"])):
        tally = _tally(examples, read, states)
        figures[f"{measure}-precision"] = (tally.right, tally.found)
        figures[f"{measure}-recall"] = (tally.right, tally.true)
    return figures


def _regression() -> Any:
    return LogisticRegression(C=INVERSE_STRENGTH, max_iter=MAX_ITERATIONS)


def _rows(examples: Sequence[Example]) -> list[dict[str, float]]:
    return [dict.fromkeys(sorted(one.features), 1.0) for one in examples]
