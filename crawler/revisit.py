"""When a page is due again, from what its past visits showed. No clock, no database."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import lru_cache
from math import exp, expm1, log

from crawler.page import Outcome

LIST_INTERVAL = timedelta(days=1)  # lists and sitemaps are where new articles show
NUMBERED_INTERVAL = timedelta(days=30)  # further pages of a list are woken when the one before has news
FULL_FETCH_INTERVAL = timedelta(days=90)  # no conditional request after that: servers lie about 304
DUPLICATE_INTERVAL = timedelta(days=90)  # another spelling of an address that is visited anyway
MIN_INTERVAL_DAYS, MAX_INTERVAL_DAYS = 1.0, 90.0
# Estimated changes a day, λ = (.5 + changes)/(60 + days observed) + .001: fitted in findings on crawling, 4.
PRIOR_CHANGES, PRIOR_DAYS, LEAST_RATE = 0.5, 60.0, 0.001
# 0 weighs how fresh the copy is, 1 how many versions are caught; halfway costs hardly any freshness
# (docs/experiments.md).
ALPHA = 0.5
VISIT_DAYS = 30.0  # a site's articles are visited once in so many days on average: N/30 requests a day
HALVINGS = 40  # of an interval of a few orders of magnitude: exact to the last digits
# Share of a site's live pages that one run may find missing; more is a ban or an outage.
MAX_GONE_SHARE = 0.5
MIN_GONE_TO_DOUBT = 5  # of fewer pages a share says nothing

RETRY_INTERVALS: dict[Outcome, timedelta] = {
    "gone": timedelta(days=7),
    "soft-404": timedelta(days=7),
    "robots": timedelta(days=7),
    "blocked": timedelta(days=30),
    "redirect": timedelta(days=30),
    "error": timedelta(days=3),
}
CONFIRM_INTERVAL = timedelta(days=1)  # after the first visit that missed a page: an outage is over by then


def list_interval(numbered: bool) -> timedelta:
    return NUMBERED_INTERVAL if numbered else LIST_INTERVAL


def change_rate(changes: int, observed: timedelta) -> float:
    """Estimated changes a day of a page whose text changed so often while it was watched."""
    return (PRIOR_CHANGES + changes) / (PRIOR_DAYS + observed / timedelta(days=1)) + LEAST_RATE


def score(rate: float, days: float, alpha: float = ALPHA) -> float:
    """What a visit is worth, `days` after the last one, of a page that changes `rate` times a day.

    λ^(α−1)·[1 − e^(−λτ)(1 + λτ)]: the marginal gain of a visit (Cho and Garcia-Molina 2003), weighted by λ^α.
    A page that changes all the time is worth little at α = 0, since no visit keeps it fresh.
    """
    expected = rate * days
    gain = -expm1(-expected) - expected * exp(-expected)
    return gain * exp((alpha - 1) * log(rate))


@lru_cache(maxsize=1 << 16)
def interval_days(rate: float, threshold: float, alpha: float = ALPHA) -> float:
    """Days after which a visit is worth the threshold: 1 at least, 90 at most."""
    low, high = MIN_INTERVAL_DAYS, MAX_INTERVAL_DAYS
    if score(rate, high, alpha) <= threshold:
        return high
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        low, high = (low, middle) if score(rate, middle, alpha) >= threshold else (middle, high)
    return high


def threshold_of(pages: Mapping[float, int], visits_a_day: float, alpha: float = ALPHA) -> float:
    """The worth from which a visit is made, so that all together need so many a day.

    `pages`: how many of them change at which rate.
    """
    low, high = 0.0, max((score(rate, MAX_INTERVAL_DAYS, alpha) for rate in pages), default=0.0)
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        asked = sum(count / interval_days(rate, middle, alpha) for rate, count in pages.items())
        low, high = (middle, high) if asked > visits_a_day else (low, middle)
    return high


# Of a site that is not known yet: pages that never changed are visited at the mean interval.
FIRST_THRESHOLD = score(PRIOR_CHANGES / PRIOR_DAYS + LEAST_RATE, VISIT_DAYS)


def article_interval(changes: int, observed: timedelta, threshold: float = FIRST_THRESHOLD) -> timedelta:
    """Time until the next visit of a page that changed so often while it was watched."""
    return timedelta(days=interval_days(change_rate(changes, observed), threshold))


def doubts_gone(missing: int, live_before: int) -> bool:
    """Whether so many pages of a site, missing in one run, are rather a ban or an outage."""
    return missing >= MIN_GONE_TO_DOUBT and missing > live_before * MAX_GONE_SHARE


def wants_full(full_at: datetime | None, now: datetime) -> bool:
    """Whether validators are left out, so that the payload comes even if the server denies a change."""
    return full_at is None or now - full_at >= FULL_FETCH_INTERVAL
