"""One recrawl, as a scheduler calls it: room, crawl, build, retention, health, notice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from crawler.crawl import CrawlOptions, CrawlSummary, crawl
from crawler.frontier import Frontier
from crawler.shards import reading
from crawler.sites import Site
from crawler.workspace import Workspace
from pipeline.build import BuildSummary
from pipeline.make import Allowance, RebuildNeededError
from pipeline.store.snapshot import latest_snapshot, moment_of
from yuqi.building import build_workspace
from yuqi.failures import DONE, PARTIAL
from yuqi.operations.alarms import Standing, raise_due, standing_in
from yuqi.operations.disk import room_for
from yuqi.operations.pruning import planned, prune
from yuqi.operations.settings import Operation
from yuqi.operations.watching import warnings_now


@dataclass(frozen=True)
class Recrawl:
    """What one came to. `crawl` and `build` are None where they did not take place, and `needs` says why."""

    crawl: CrawlSummary | None = None
    build: BuildSummary | None = None
    pruned: int = 0  # bytes given back
    needs: tuple[str, ...] = ()  # what a person has to do
    raised: tuple[Standing, ...] = ()  # warnings that are new, or have stood for another seven days
    standing: tuple[Standing, ...] = ()  # all warnings

    @property
    def code(self) -> int:
        errors = self.build.errors if self.build else ()
        return PARTIAL if self.needs or self.raised or errors else DONE


NAMED_TO = timedelta(seconds=1)  # a snapshot's name has no part of a second: what came in it is old


def recrawl(place: Workspace, sites: Sequence[Site], options: CrawlOptions, operation: Operation) -> Recrawl:
    """Remembered as a run of its own. The caller holds the lock."""
    with Frontier(place) as frontier:
        run = frontier.begin_run("recrawl", "recrawl")
        status = "failed"
        try:
            done = _recrawl(place, sites, options, operation)
            status = "done"
        finally:
            frontier.finish_run(run.run_id, status)
    return done


def _recrawl(place: Workspace, sites: Sequence[Site], options: CrawlOptions, operation: Operation) -> Recrawl:
    started = datetime.now(UTC)
    pruned = 0
    space = room_for(place, sites, options, operation.min_free_bytes, builds=True)
    if space.is_low:  # what retention no longer keeps may be all that is in the way
        pruned = prune(place, planned(place, operation.retention))
        space = room_for(place, sites, options, operation.min_free_bytes, builds=True)
    if space.is_low:
        return Recrawl(pruned=pruned, needs=(f"{space}; nothing was fetched: free some, or add a disk",))
    crawled = crawl(place, sites, options)
    built, needs = _built(place, _allowance(place, options, operation, started))
    pruned += prune(place, planned(place, operation.retention))
    with reading(place) as held:
        now, defined = datetime.now(UTC), {site.site_id: site for site in sites}
        found = warnings_now(place, held, held.tallies(now), defined, operation.health)
    raised = raise_due(place, found, now)
    return Recrawl(crawled, built, pruned, needs, tuple(raised), tuple(standing_in(place)))


def _allowance(place: Workspace, options: CrawlOptions, operation: Operation, started: datetime) -> Allowance:
    """Old is what stood at the build before; without one, what stood before this run."""
    seconds = operation.budget.rebuild_minutes * 60
    if options.max_seconds is not None:
        seconds = min(seconds, options.max_seconds)
    latest = latest_snapshot(place)
    until = moment_of(latest.stem) + NAMED_TO if latest else started
    with reading(place) as held:
        new_runs = frozenset(run.run_id for run in held.runs() if run.started_at >= until)
    return Allowance(seconds, until, new_runs)


def _built(place: Workspace, allowance: Allowance) -> tuple[BuildSummary | None, tuple[str, ...]]:
    try:
        return build_workspace(place, allowance=allowance), ()
    except RebuildNeededError as error:
        return None, (str(error),)
