"""Fits the model to labelled sentences: pure, and the same for the same sentences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import LeaveOneGroupOut

INVERSE_STRENGTH = 0.3  # of 0.1, 0.3 and 1: best in seven states with each register left out in turn
LEAST_PRECISION = 0.95  # of `alleged`, with each register left out in turn: what issue 5 asks for
THRESHOLDS = tuple(step / 20 for step in range(4, 19))  # .20 to .90
MAX_ITERATIONS = 1_000
Shares = npt.NDArray[np.float64]  # examples x states
DECIMALS = 3  # of a weight: enough for four decimals of a probability


@dataclass(frozen=True, slots=True)
class Example:
    """What the model is told of one cue, and the state that it has."""

    register: str
    features: frozenset[str]
    state: str
    may_allege: bool  # by the rules that stand over the model


@dataclass(frozen=True, slots=True)
class Fitted:
    states: tuple[str, ...]
    least_alleged: float
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
    least = _least_alleged(examples, shares)
    return Fitted(tuple(model.classes_), least, weights, _figures(examples, shares, least))


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


def _least_alleged(examples: Sequence[Example], shares: Shares) -> float:
    """The lowest threshold at which enough of what is alleged is: precision comes before recall."""
    true = np.array([one.state == "alleged" for one in examples])
    for threshold in THRESHOLDS:
        said = _alleged(examples, shares, threshold)
        if said.any() and true[said].mean() >= LEAST_PRECISION:
            return threshold
    return THRESHOLDS[-1]


def _alleged(examples: Sequence[Example], shares: Shares, least: float) -> npt.NDArray[np.bool_]:
    place = sorted({one.state for one in examples}).index("alleged")
    likeliest = (shares.argmax(axis=1) == place) & np.array([one.may_allege for one in examples])
    said: npt.NDArray[np.bool_] = likeliest & (shares[:, place] >= least)
    return said


def _figures(examples: Sequence[Example], shares: Shares, least: float) -> dict[str, tuple[int, int]]:
    states = sorted({one.state for one in examples})
    right = sum(states[row] == one.state for row, one in zip(shares.argmax(axis=1), examples, strict=True))
    said = _alleged(examples, shares, least)
    true = np.array([one.state == "alleged" for one in examples])
    both = int((said & true).sum())
    return {
        "seven-states-right": (right, len(examples)),
        "alleged-precision": (both, int(said.sum())),
        "alleged-recall": (both, int(true.sum())),
    }


def _regression() -> Any:
    return LogisticRegression(C=INVERSE_STRENGTH, max_iter=MAX_ITERATIONS)


def _rows(examples: Sequence[Example]) -> list[dict[str, float]]:
    return [dict.fromkeys(sorted(one.features), 1.0) for one in examples]
