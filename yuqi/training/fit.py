"""Fits the model to labelled sentences: pure, and the same for the same sentences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast

import numpy as np
import numpy.typing as npt
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from pipeline.evaluate.tally import Tally
from pipeline.findings.model import COUNTED, Least, Teller, decided
from pipeline.records import Assertion

# Of 0.2, 0.3 and 0.5: best in seven states on beginnings of real pages, which it is not trained on
# (docs/experiments.md); with each register left out in turn they are alike.
INVERSE_STRENGTH = 0.3
# From pages that it is not trained on (docs/experiments.md), rules included: from .6 to .7 the precision of
# `alleged` rose on thirty colloquial pages from .928 to .972 for .018 of recall; before, from .46 to .6, on
# farms that nobody had looked at from .805 to .917. Under a title with a lender 逾期后可能会上门催收 has .52:
# what names nobody is the page's own claim above that.
LEAST = Least(alleged=0.7, suffered=0.9, counted=0.28, documented=0.6)
# A register is its writer's manner: what is beyond so many sentences of one weighs as so many together. Of 25
# and 40 the first has the higher precision; unweighed, registers full of allegations make .13 of them false.
MOST_OF_A_REGISTER = 25
FOLDS = 20  # of whole registers, each left out in turn: one by one they take minutes and say the same
STATES: dict[str, tuple[str, ...]] = {"alleged": COUNTED[:1], "counted": COUNTED}
MAX_ITERATIONS = 1_000
Shares = npt.NDArray[np.float64]  # examples x states
DECIMALS = 2  # of a weight, as it is stored: enough for three decimals of a probability
# What fewer registers have is their own manner. Of 2, 3 and 4 the recall of `alleged` on beginnings of real
# pages is alike, at 5,300, 3,000 and 2,000 pairs of characters.
LEAST_REGISTERS = 3


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
    left_out: dict[str, tuple[int, int]]  # measure → so many right of so many, registers left out in turn


def fit(examples: Sequence[Example]) -> Fitted:
    told = _told(examples)
    common = told.common(np.ones(len(examples), dtype=bool))
    model = _regression().fit(told.held[:, common], told.states, sample_weight=told.weights)
    columns = np.round(model.coef_.T, DECIMALS) + 0.0  # no -0.0
    weights = {"bias": np.round(model.intercept_, DECIMALS).tolist()}
    weights |= {told.names[at]: row.tolist() for at, row in zip(common, columns, strict=True) if row.any()}
    figures = _figures(examples, _read(examples, left_out(told)))
    return Fitted(tuple(model.classes_), LEAST, weights, figures)


@dataclass(frozen=True, slots=True)
class Told:
    """All examples as the regression takes them."""

    names: Sequence[str]  # of the features
    held: Any  # examples x features: 1 where it is there
    states: npt.NDArray[np.str_]
    registers: npt.NDArray[np.str_]

    @property
    def weights(self) -> npt.NDArray[np.float64]:
        """What each example weighs."""
        _, register, size = np.unique(self.registers, return_inverse=True, return_counts=True)
        weights: npt.NDArray[np.float64] = np.minimum(1, MOST_OF_A_REGISTER / size)[register]
        return weights

    def common(self, kept: npt.NDArray[np.bool_]) -> npt.NDArray[np.intp]:
        """Features that enough registers of these examples have."""
        groups = [kept & (self.registers == register) for register in np.unique(self.registers[kept])]
        having = sum((self.held[group].getnnz(axis=0) > 0).astype(int) for group in groups)
        return np.flatnonzero(having >= min(LEAST_REGISTERS, len(groups)))


def _told(examples: Sequence[Example]) -> Told:
    vectors = DictVectorizer()
    held = vectors.fit_transform([dict.fromkeys(sorted(one.features), 1.0) for one in examples])
    return Told(
        list(vectors.get_feature_names_out()),
        held,
        np.array([one.state for one in examples]),
        np.array([one.register for one in examples]),
    )


def left_out(told: Told) -> Shares:
    """Probabilities of each example's states from a model that saw nothing of its register."""
    shares = np.zeros((len(told.states), len(set(told.states))))
    registers = np.unique(told.registers)
    for at in range(min(FOLDS, len(registers))):
        out = np.isin(told.registers, registers[at::FOLDS])
        common = told.common(~out)
        model = _regression().fit(
            told.held[~out][:, common], told.states[~out], sample_weight=told.weights[~out]
        )
        shares[out] = model.predict_proba(told.held[out][:, common])
    return shares


def _read(examples: Sequence[Example], shares: Shares) -> list[str]:
    """The state of each as the judge would say."""
    states = cast("list[Assertion]", sorted({one.state for one in examples}))
    return [
        one.ruled or decided(_ordered(states, row), one.features, one.teller, LEAST)
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
