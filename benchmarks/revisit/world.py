"""Pages that change at random, and what a policy's visits catch of it, day by day."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
Counts = NDArray[np.int64]

# Share of the pages, days between changes: most articles of a farm are written once, some are kept up, a few
# are rankings that change every day. So that uniform visits are as fresh as in findings on crawling.
MIXTURE = ((0.80, 1000.0), (0.15, 100.0), (0.04, 10.0), (0.01, 1.0))
SPREAD = 0.5  # of the rates within a class: sigma of a log-normal
VISIT_DAYS = 30.0  # the budget: every page once in so many days on average
LEARNING_DAYS = 180  # not counted: nobody knows anything on the first day


@dataclass
class Seen:
    """What a crawler knows of every page; days are those since the start."""

    day: float
    last_visit: Numbers
    visits: Counts
    changes: Counts  # visits that found another text
    changed_last: NDArray[np.bool_]  # at the last visit

    @property
    def waited(self) -> Numbers:
        return self.day - self.last_visit


# Scores of all pages, the highest are visited; minus infinity: not even if there is time.
Policy = Callable[[Seen], Numbers]


@dataclass(frozen=True)
class Caught:
    """Shares of 1; `stale_days`: mean age of the first change that a stale copy lacks."""

    fresh: float
    stale_days: float
    versions: float
    visits_a_day: float  # of the budget


def rates_of(pages: int, seed: int) -> Numbers:
    """Changes a day of each page."""
    random = np.random.default_rng(seed)
    shares, days = np.array(MIXTURE).T
    classes = random.choice(len(MIXTURE), size=pages, p=shares)
    rates: Numbers = random.lognormal(-(SPREAD**2) / 2, SPREAD, pages) / days[classes]
    return rates


def lived(rates: Numbers, days: int, seed: int) -> Counts:
    """Changes of each page on each day."""
    return np.random.default_rng(seed + 1).poisson(rates, (days, len(rates)))


def watch(changes: Counts, policy: Policy) -> Caught:
    """Visits of a policy over all days; each finds the page as it is that day."""
    days, pages = changes.shape
    budget = max(1, round(pages / VISIT_DAYS))
    seen = Seen(
        0.0, -np.random.default_rng(0).uniform(0, VISIT_DAYS, pages), np.ones(pages, np.int64),
        np.zeros(pages, np.int64), np.zeros(pages, bool),
    )  # fmt: skip
    stale_since = np.full(pages, np.inf)
    fresh = aged = stale = caught = made = visited = 0.0
    for day in range(days):
        seen.day = float(day)
        counted = day >= LEARNING_DAYS
        stale_since[(changes[day] > 0) & np.isinf(stale_since)] = day
        chosen = _best(policy(seen), budget)
        found = np.isfinite(stale_since[chosen])
        _remember(seen, chosen, found)
        stale_since[chosen] = np.inf
        if counted:
            lacking = np.isfinite(stale_since)
            fresh += (~lacking).mean()
            aged, stale = aged + (day - stale_since[lacking]).sum(), stale + lacking.sum()
            caught, made = caught + found.sum(), made + changes[day].sum()
            visited += len(chosen) / budget
    measured = days - LEARNING_DAYS
    return Caught(fresh / measured, aged / max(stale, 1), caught / max(made, 1), visited / measured)


def _best(scores: Numbers, budget: int) -> NDArray[np.intp]:
    best = np.argpartition(-scores, budget - 1)[:budget]
    return best[np.isfinite(scores[best])]


def _remember(seen: Seen, chosen: NDArray[np.intp], found: NDArray[np.bool_]) -> None:
    seen.last_visit[chosen] = seen.day
    seen.visits[chosen] += 1
    seen.changes[chosen] += found
    seen.changed_last[chosen] = found
