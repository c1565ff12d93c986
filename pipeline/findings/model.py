"""The small model: what each sign weighs for each state, added up. Trained by `python -m yuqi.training`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from math import exp
from typing import Any, Literal, cast, get_args

import numpy as np
import numpy.typing as npt

from pipeline.findings.definitions import Place, topic_table
from pipeline.findings.whole_numbers import number_rows
from pipeline.records import Assertion
from pipeline.topic import Topic

TABLE = "model"
LEAST = (
    "least_alleged",
    "least_suffered",
    "least_counted",
    "least_documented",
)  # keys of the table, in the order of `Least`
OF_SOMEBODY = "of-somebody"  # the feature without which little is claimed: it would be claimed of nobody
DOCUMENTED = "documented"  # the feature of a page that is about one platform
COUNTED: tuple[Assertion, ...] = ("alleged", "claimed-practice")
PARTS = 100  # weights are hundredths; as one text a row is read four times as fast as a list of numbers
# Whom a text has: one who says that it happened, else one to whom it does.
Teller = Literal["source", "sufferer", "nobody"]


@dataclass(frozen=True, slots=True)
class Least:
    """How sure the model has to be."""

    alleged: float  # less than this is no allegation
    suffered: float  # nor this, where a story has somebody to whom it happens and nobody who says so
    counted: float  # so much of allegation and claim together is at least a claim
    documented: float  # and so much where only the page is about a platform, and the sentence about nobody


@dataclass(frozen=True)
class Model:
    """Multinomial logistic regression over features that are there or not; row 0 of the weights: bias.

    Weights are whole numbers, PARTS of which make one: they add up alike in whatever order.
    """

    states: tuple[Assertion, ...]
    rows: Mapping[str, int]  # by feature
    weights: npt.NDArray[np.int64]  # features x states
    least: Least

    def __call__(self, features: frozenset[str]) -> list[tuple[Assertion, float]]:
        """States with their probabilities, the likeliest first. A feature never seen says nothing."""
        known = [self.rows[feature] for feature in features if feature in self.rows]
        sums = self.weights.take([0, *known], axis=0).sum(axis=0).tolist()
        highest = max(sums)
        raised = [exp((value - highest) / PARTS) for value in sums]
        total = sum(raised)
        shares = zip(self.states, (value / total for value in raised), strict=True)
        return sorted(shares, key=lambda pair: -pair[1])

    def state(self, features: frozenset[str], teller: Teller) -> Assertion:
        return decided(self(features), features, teller, self.least)


def decided(
    states: Sequence[tuple[Assertion, float]], features: Set[str], teller: Teller, least: Least
) -> Assertion:
    """Of states by their probability. What is not surely alleged of a platform is what the text claims of it.

    Where no platform is in sight 逾期会产生罚息 claims it of nobody, however sure the model is; on a page
    about one it may be a line of its timetable.
    """
    shares, likeliest = dict(states), states[0][0]
    if teller != "nobody" and likeliest == "alleged":
        enough = least.alleged if teller == "source" else max(least.alleged, least.suffered)
        if shares["alleged"] >= enough:
            return "alleged"
    counted_share = sum(map(shares.__getitem__, COUNTED))
    if OF_SOMEBODY not in features:
        if DOCUMENTED in features and counted_share >= least.documented:
            return "claimed-practice"
        return "generic" if likeliest in COUNTED else likeliest
    counted = likeliest in COUNTED or counted_share >= least.counted
    return "claimed-practice" if counted else likeliest


def read_model(topic: Topic) -> Model | None:
    """None where the topic has none: then rules decide alone."""
    if TABLE not in topic.tables:
        return None
    place, table = topic_table(topic, TABLE)
    place.keys(table, ("states", *LEAST, "weights"), ("trained",))
    states = place.strings(table, "states")
    if set(states) != set(get_args(Assertion)):
        raise place.error(f"`states` must be {', '.join(get_args(Assertion))}")
    weights = cast("dict[str, Any]", table["weights"])
    if "bias" not in weights:
        raise place.error("[weights] has no `bias`")
    weights = {"bias": weights["bias"]} | weights
    return Model(
        cast("tuple[Assertion, ...]", states),
        {name: row for row, name in enumerate(weights)},
        number_rows(place, weights, len(states)),
        Least(*(_share(place, key, table[key]) for key in LEAST)),
    )


def _share(place: Place, key: str, said: object) -> float:
    if not isinstance(said, int | float) or not 0 <= said <= 1:
        raise place.error(f"`{key}` must be between 0 and 1")
    return float(said)
