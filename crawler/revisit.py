"""When a page is due again, from what its past visits showed. No clock, no database."""

from __future__ import annotations

from datetime import datetime, timedelta

from crawler.page import Outcome

LIST_INTERVAL = timedelta(days=1)  # lists and sitemaps are where new articles show
NUMBERED_INTERVAL = timedelta(days=30)  # further pages of a list are woken when the one before has news
FULL_FETCH_INTERVAL = timedelta(days=90)  # no conditional request after that: servers lie about 304
MIN_INTERVAL_DAYS, MAX_INTERVAL_DAYS = 1.0, 90.0
# Estimated changes a day, λ = (.5 + changes)/(60 + days observed) + .001: fitted in findings on crawling, 4.
PRIOR_CHANGES, PRIOR_DAYS, LEAST_RATE = 0.5, 60.0, 0.001
# Share of a site's live pages that one run may declare gone; more is a ban or an outage.
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


def list_interval(numbered: bool) -> timedelta:
    return NUMBERED_INTERVAL if numbered else LIST_INTERVAL


def article_interval(changes: int, observed: timedelta) -> timedelta:
    """Time until the next visit of a page that changed so often while it was watched."""
    days = 1 / change_rate(changes, observed)
    return timedelta(days=min(max(days, MIN_INTERVAL_DAYS), MAX_INTERVAL_DAYS))


def change_rate(changes: int, observed: timedelta) -> float:
    """Estimated changes a day of a page that changed so often while it was watched."""
    return (PRIOR_CHANGES + changes) / (PRIOR_DAYS + observed / timedelta(days=1)) + LEAST_RATE


def believes_gone(gone_in_run: int, live_before: int) -> bool:
    """Whether one more page of a site may be declared gone in this run."""
    return gone_in_run < MIN_GONE_TO_DOUBT or gone_in_run < live_before * MAX_GONE_SHARE


def wants_full(full_at: datetime | None, now: datetime) -> bool:
    """Whether validators are left out, so that the payload comes even if the server denies a change."""
    return full_at is None or now - full_at >= FULL_FETCH_INTERVAL
