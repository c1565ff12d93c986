"""Whose turn it is: at most one request a host, no host before its time, no site beyond its limit."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import takewhile

from crawler.discover import Scope, in_shard
from crawler.frontier import Frontier, RunStart
from crawler.frontier_reader import FrontierReader
from crawler.politeness import MAX_WAIT_SECONDS, Pace, day_start, is_open
from crawler.sites import Site
from crawler.visits import Lease

MAX_IN_FLIGHT = 64  # hosts asked at the same time; more would only wait for the one processor
IDLE_CHECK_SECONDS = 1.0  # while answers are awaited, or another process has the host


@dataclass(frozen=True, slots=True)
class Limits:
    max_pages: int | None = None
    max_seconds: float | None = None
    shard: tuple[int, int] | None = None  # I of N, from 1


def why_held(frontier: FrontierReader, site: Site, now: datetime, under_way: int = 0) -> str | None:
    """Why a site may not be asked now by its own definition; `under_way`: requests not committed yet."""
    if not is_open(site.hours, now):
        return f"outside its hours {site.hours}"
    if left_today(frontier, site, now, under_way) == 0:
        return f"its {site.pages_per_day} pages of today are fetched"
    return None


def left_today(frontier: FrontierReader, site: Site, now: datetime, under_way: int = 0) -> int | None:
    """Of a site's daily budget; None where it has none."""
    if site.pages_per_day is None:
        return None
    return max(0, site.pages_per_day - frontier.asked_since(site.site_id, day_start(now)) - under_way)


class Turns:
    """Leases by host; the clock is the machine's monotonic one."""

    def __init__(self, frontier: Frontier, sites: dict[str, Site], limits: Limits, run: RunStart) -> None:
        self._frontier = frontier
        self._sites = sites
        self._limits = limits
        self._paces: dict[str, Pace] = {}  # the host that waits longest first
        self._look_again: dict[str, float] = {}  # hosts that had nothing for us, and until when to leave them
        self._freed_at = 0.0
        self._in_flight: Counter[str] = Counter()  # by site
        self._for_pages: Counter[str] = Counter()  # what pages in the browser needed, by site
        self._halted: set[str] = set()
        self._fetched = Counter(frontier.fetched_by(run.run_id))
        self._ends_at = time.monotonic() + limits.max_seconds if limits.max_seconds is not None else None
        for host, site_id in frontier.hosts(sites).items():
            if Scope(sites[site_id]).holds_host(host):  # an import may have put others there
                self.know(host, site_id)

    def know(self, host: str, site_id: str) -> None:
        """A host of one of the sites has URLs; asked to stay away, it may still have to be waited for."""
        self._look_again.pop(host, None)
        if host in self._paces or not in_shard(host, self._limits.shard):
            return
        pace = Pace(self._sites[site_id].delay_seconds, self._sites[site_id].at_once)
        not_before = self._frontier.not_before(host)
        wait = (not_before - datetime.now(UTC)).total_seconds() if not_before else 0.0
        self._paces[host] = pace.waiting(time.monotonic(), wait)

    def take(self) -> list[Lease]:
        """Hosts that have nothing for us are passed over, however many of them stand before the others."""
        now = time.monotonic()
        self._free_dead_leases(now)
        room = max(0, MAX_IN_FLIGHT - self._in_flight.total())
        left = self._pages_left()
        most = room if left is None else min(room, left)
        ready = list(self._ready(now)) if most else []
        if not ready:
            return []
        with self._frontier.together():  # what is left of a day's budget holds until it is leased
            rooms = self._rooms()
            at_once = {host: self._paces[host].at_once for host in ready}
            leases = self._frontier.lease(ready, list(rooms), at_once, rooms, most) if rooms else []
        reached = ready if len(leases) < most else takewhile(leases[-1].host.__ne__, ready)
        for host in set(reached) - {lease.host for lease in leases}:
            self._look_again[host] = now + IDLE_CHECK_SECONDS
        for lease in leases:
            self._paces[lease.host] = self._paces.pop(lease.host).asked(now)  # to the end of the queue
            self._in_flight[lease.site_id] += 1
        return leases

    def wait_seconds(self) -> float | None:
        """How long there is nothing to do; None when the run is over."""
        now = time.monotonic()
        if self._in_flight.total():
            waits = [pace.ready_at - now for pace in self._paces.values() if pace.ready_at > now]
            return min([IDLE_CHECK_SECONDS, self._seconds_left(), *waits])
        open_sites = list(self._rooms())
        if not open_sites or self._seconds_left() <= 0 or self._pages_left() == 0:
            return None
        waits = [
            wait
            for host, pace in self._paces.items()
            if (wait := self._host_wait(host, pace, open_sites, now)) is not None and wait <= MAX_WAIT_SECONDS
        ]
        if not waits and self._frontier.is_leased(open_sites):  # by another process: it may die, or find more
            waits = [IDLE_CHECK_SECONDS]
        return min([*waits, self._seconds_left()]) if waits else None

    def returned(self, lease: Lease, pace: Pace | None = None, counted: bool = True) -> None:
        """A lease is done with; without a pace the host was not asked."""
        self._look_again.pop(lease.host, None)
        self._in_flight[lease.site_id] -= 1
        self._fetched[lease.site_id] += counted
        self._paces[lease.host] = pace or self._paces[lease.host].freed()

    def count(self, site_id: str) -> None:
        """A request that a page in the browser needed: it counts as a page of the site."""
        self._fetched[site_id] += 1
        self._for_pages[site_id] += 1

    def pace(self, host: str) -> Pace:
        return self._paces[host]

    def slow_down(self, host: str, delay_seconds: float) -> None:
        """robots' Crawl-delay holds where it is longer than the site's own delay."""
        self._paces[host] = self._paces[host].slower(delay_seconds)

    def rest(self, host: str) -> None:
        """Not asked again in this run."""
        self._paces[host] = self._paces[host].rested()

    def halt(self, site_id: str) -> None:
        """Nothing more of this site is asked for in this run."""
        self._halted.add(site_id)

    @property
    def fetched(self) -> int:
        return self._fetched.total()

    def held(self) -> dict[str, str]:
        """Sites that may not be asked now, and why."""
        now = datetime.now(UTC)
        held = {site_id: self._why_held(site, now) for site_id, site in self._sites.items()}
        return {site_id: why for site_id, why in held.items() if why is not None}

    def _ready(self, now: float) -> Iterator[str]:
        """Each host as often as it may be asked now."""
        for host, pace in self._paces.items():
            if self._look_again.get(host, 0.0) <= now:
                yield from [host] * pace.room(now)

    def _free_dead_leases(self, now: float) -> None:
        """What another process held when it died is ours now and then."""
        if now - self._freed_at >= IDLE_CHECK_SECONDS:
            self._freed_at = now
            self._frontier.free_dead_leases()

    def _rooms(self) -> dict[str, int]:
        """Sites that may be asked now → how many pages they may still be asked for."""
        now, known = datetime.now(UTC), self._fetched + self._in_flight
        rooms = {
            site_id: self._room(site, known[site_id], now)
            for site_id, site in self._sites.items()
            if site_id not in self._halted and is_open(site.hours, now)
        }
        return {site_id: room for site_id, room in rooms.items() if room > 0}

    def _room(self, site: Site, known: int, now: datetime) -> int:
        """Of this run's limit and of the day's, which all processes share."""
        today = left_today(self._frontier, site, now, self._under_way(site))
        room = site.max_pages - known
        return room if today is None else min(room, today)

    def _under_way(self, site: Site) -> int:
        if site.pages_per_day is None:
            return 0
        return self._frontier.under_way(site.site_id) + self._for_pages[site.site_id]

    def _why_held(self, site: Site, now: datetime) -> str | None:
        return why_held(self._frontier, site, now, self._under_way(site))

    def _pages_left(self) -> int | None:
        if self._limits.max_pages is None:
            return None
        return max(0, self._limits.max_pages - self._fetched.total() - self._in_flight.total())

    def _seconds_left(self) -> float:
        return MAX_WAIT_SECONDS if self._ends_at is None else max(0.0, self._ends_at - time.monotonic())

    def _host_wait(self, host: str, pace: Pace, site_ids: list[str], now: float) -> float | None:
        """Seconds until the host has something to be asked, and may be; None: nothing in this run."""
        if pace.resting:
            return None
        retry_at = self._frontier.next_retry_at([host], site_ids)
        if retry_at is None:
            return None
        retry = (retry_at - datetime.now(UTC)) / timedelta(seconds=1)
        return max(0.01, pace.ready_at - now, retry, self._look_again.get(host, now) - now)
