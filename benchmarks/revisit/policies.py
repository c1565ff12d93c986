"""Whom to visit today: ours, and what others do, written from their documentation."""

from __future__ import annotations

from collections import Counter

import numpy as np

from benchmarks.revisit.world import VISIT_DAYS, Numbers, Seen
from crawler.revisit import (
    ALPHA,
    LEAST_RATE,
    PRIOR_CHANGES,
    PRIOR_DAYS,
    interval_days,
    threshold_of,
)

DIGITS = 2  # of a rate: pages of nearly the same rate are reckoned with together
THRESHOLD_DAYS = 7  # it moves slowly

_interval = np.vectorize(interval_days, otypes=[float])


def estimated(seen: Seen) -> Numbers:
    """`crawler.revisit.change_rate` of all pages at once, rounded."""
    watched = seen.last_visit + VISIT_DAYS  # every page was seen once before the first day
    return _rounded((PRIOR_CHANGES + seen.changes) / (PRIOR_DAYS + watched) + LEAST_RATE)


def uniform(seen: Seen) -> Numbers:
    return seen.waited


class ByScore:
    """The score of `crawler.revisit`, of true or estimated rates; the best are visited, due or not."""

    def __init__(self, alpha: float = ALPHA, rates: Numbers | None = None) -> None:
        self._alpha, self._rates = alpha, rates

    def __call__(self, seen: Seen) -> Numbers:
        rates = estimated(seen) if self._rates is None else self._rates
        expected = rates * seen.waited
        worth: Numbers = rates ** (self._alpha - 1) * (-np.expm1(-expected) - expected * np.exp(-expected))
        return worth


class AsTheFrontier:
    """What a crawl does: due is what has reached the site's threshold, of that the best first."""

    def __init__(self) -> None:
        self._threshold = 0.0

    def __call__(self, seen: Seen) -> Numbers:
        rates = estimated(seen)
        if seen.day % THRESHOLD_DAYS == 0:
            self._threshold = threshold_of(Counter(rates.tolist()), len(rates) / VISIT_DAYS)
        unique, place = np.unique(rates, return_inverse=True)
        due = seen.waited >= _interval(unique, self._threshold)[place]
        return np.where(due, ByScore()(seen), -np.inf)


class Proportional:
    """Twice the changes, twice the visits (the naïve policy of Cho and Garcia-Molina)."""

    def __call__(self, seen: Seen) -> Numbers:
        return estimated(seen) * seen.waited


class Adaptive:
    """Longer after an unchanged visit, shorter after a changed one; the earliest date first.

    With the factors, bounds and first interval of the program; where dates ask for less than the budget, the
    earliest of the dates to come are brought forward, so that all policies make as many visits.
    """

    def __init__(
        self, longer: float, shorter: float, bounds: tuple[float, float], first: float = VISIT_DAYS
    ) -> None:
        self._longer, self._shorter, self._bounds, self._first = longer, shorter, bounds, first
        self._intervals: Numbers | None = None
        self._visits = np.zeros(0, np.int64)

    def __call__(self, seen: Seen) -> Numbers:
        if self._intervals is None:
            self._intervals, self._visits = np.full(len(seen.visits), self._first), seen.visits.copy()
        visited = seen.visits > self._visits
        factors = np.where(seen.changed_last, 1 - self._shorter, 1 + self._longer)
        moved = np.clip(self._intervals * factors, *self._bounds)
        self._intervals = np.where(visited, moved, self._intervals)
        self._visits = seen.visits.copy()
        return seen.day - (seen.last_visit + self._intervals)


def nutch() -> Adaptive:
    """`AdaptiveFetchSchedule`: inc_rate .4, dec_rate .2, min 60 s, max 365 days, first 30 days."""
    return Adaptive(0.4, 0.2, (60 / 86_400, 365.0))


def stormcrawler() -> Adaptive:
    """`AdaptiveScheduler`: rates .5 and .5, min 60 minutes, max 43,200 minutes, first 1,440 minutes."""
    return Adaptive(0.5, 0.5, (60 / 1440, 30.0), 1.0)


def _rounded(rates: Numbers) -> Numbers:
    sizes = 10.0 ** (np.floor(np.log10(rates)) - DIGITS + 1)
    rounded: Numbers = np.round(rates / sizes) * sizes
    return rounded
