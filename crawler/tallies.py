"""What a site's URLs and visits come to, counted: what `status` and the health rules ask."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from crawler.page import ALIVE, Fetch, KnownPage

GONE = ("gone", "soft-404")
ERRORS = ("fetch-error", "http-error")


@dataclass(slots=True)
class SiteTally:
    """URLs of one site; `errors` are those whose last visit failed."""

    pages: int = 0
    live: int = 0
    gone: int = 0
    blocked: int = 0
    due: int = 0
    errors: int = 0
    newest_article_at: datetime | None = None  # when an article that was seen alive was first known


@dataclass(slots=True)
class RunTally:
    """Visits of one site in one run, by outcome."""

    site_id: str
    run_id: str
    first_at: datetime
    last_at: datetime
    outcomes: Counter[str] = field(default_factory=Counter)
    last_alive_at: datetime | None = None

    def count(self, outcome: str, times: int, first_at: datetime, last_at: datetime) -> None:
        """So many visits more, made between these two moments."""
        self.outcomes[outcome] += times
        self.first_at, self.last_at = min(self.first_at, first_at), max(self.last_at, last_at)
        if outcome in ALIVE:
            self.last_alive_at = max(self.last_alive_at or last_at, last_at)


@dataclass(frozen=True, slots=True)
class Tallies:
    """`sites` by id; `visits` of each site and run, in the order in which they began."""

    sites: Mapping[str, SiteTally]
    visits: Sequence[RunTally]


def of_pages(pages: Iterable[KnownPage], now: datetime) -> dict[str, SiteTally]:
    """By site."""
    tallies: dict[str, SiteTally] = {}
    for page in pages:
        tally = tallies.setdefault(page.site_id, SiteTally())
        tally.pages += 1
        tally.live += page.state == "live"
        tally.gone += page.state in GONE
        tally.blocked += page.state == "blocked"
        tally.due += _is_due(page, now)
        tally.errors += page.loss in ERRORS
        if page.kind == "article" and page.last_seen_at is not None:
            tally.newest_article_at = max(tally.newest_article_at or page.first_seen_at, page.first_seen_at)
    return tallies


def of_fetches(fetches: Iterable[Fetch]) -> list[RunTally]:
    """Runs of each site, in the order of their first visits."""
    tallies: dict[tuple[str, str], RunTally] = {}
    for fetch in fetches:
        at, key = fetch.fetched_at, (fetch.site_id, fetch.run_id)
        tallies.setdefault(key, RunTally(*key, at, at)).count(fetch.outcome, 1, at, at)
    return list(tallies.values())


def _is_due(page: KnownPage, now: datetime) -> bool:
    return page.sourced and (
        not page.visits or (page.next_visit_at is not None and page.next_visit_at <= now)
    )
