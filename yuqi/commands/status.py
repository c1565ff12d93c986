"""`yuqi status`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from typing import Any

import click

from crawler.asking import Asking
from crawler.definitions import DefinitionError
from crawler.frontier import Frontier
from crawler.page import Fetch, KnownPage
from crawler.revisit import change_rate, interval_days, score
from crawler.shards import frontiers, reading
from crawler.sites import Site, load_sites
from crawler.tallies import SiteTally, Tallies
from crawler.urls import canonical
from crawler.visits import Lease
from crawler.workspace import Workspace
from pipeline.store.low_confidence import LOW_CONFIDENCE, ForReview, for_review
from pipeline.store.reader import open_latest
from yuqi.formats import shown
from yuqi.operations.standing import STANDING_COLUMNS, Standing, standing_of
from yuqi.options import results
from yuqi.output import Look, Result, emit, emit_object
from yuqi.words import word

COLUMNS = (
    "site_id", "name", "defined", "pages", "live", "gone", "blocked", "due", "errors",
    "last_visit_at", "last_run", "low_confidence", "lowest_confidence", *STANDING_COLUMNS,
)  # fmt: skip
LOWEST = 5  # articles named for review, of each site
LOWEST_SHOWN = 10  # of all sites, to people
# Days between changes as estimated, days between visits that follow, what a visit is worth now and from what
# worth on it is made; the visit that missed the page; the last answer that was no 304.
REVISIT = ("change_days", "interval_days", "score", "threshold", "missing_at", "full_at")


@click.command("status")
@click.option("--url", help="Why and when this URL is next.")
@results
def command(place: Workspace, look: Look, url: str | None) -> None:
    """Per site: pages, due, gone, errors, last run; or why and when one URL is next.

    `low_confidence` counts current articles on whose text two readings of the page disagree: a person should
    look at them; the lowest are named below the table (machine formats: `lowest_confidence`). `try URL` shows
    what would be kept. Below the table, too: health warnings, sizes, and days until the disk is full.

    Example: yuqi status --url https://example.com/a/1.html
    """
    sites = load_sites(place.sites)
    now = datetime.now(UTC)
    if url is None:
        with reading(place) as held:
            counted = held.tallies(now)
            rows = _with_review(site_rows(counted, sites), place)
            standing = standing_of(place, held, counted, sites, now)
        emit(_result([row | standing.row(row["site_id"]) for row in rows], standing, look.lang), look)
        return
    url = canonical(url) or url
    with Frontier(_knowing(place, url)) as frontier, frontier.snapshot():
        page = frontier.page(url)
        if page is None:
            raise DefinitionError(f"{url} is not known here: no page links to it, and nobody imported it")
        row = url_row(page, frontier.last_fetch(url), now) | revisit_row(frontier.visit(url), page, now)
        if hindered := Asking(frontier, sites.values()).held(url, page.site_id, now):
            row["why"] += f"; but {hindered}"
    emit_object(row, list(row), look, "\n".join(f"{name:<16} {shown(value)}" for name, value in row.items()))


def site_rows(counted: Tallies, sites: Mapping[str, Site]) -> list[dict[str, Any]]:
    """One row a site, defined or known by its pages, in the order of ids."""
    return [_site_row(site_id, counted, sites.get(site_id)) for site_id in sorted({*sites, *counted.sites})]


def _site_row(site_id: str, counted: Tallies, site: Site | None) -> dict[str, Any]:
    tally = counted.sites.get(site_id, SiteTally())
    runs = [run for run in counted.visits if run.site_id == site_id]
    last = max(runs, key=lambda run: run.last_at, default=None)
    return {
        "site_id": site_id,
        "name": site.name if site else site_id,
        "defined": site is not None,
        "pages": tally.pages,
        "live": tally.live,
        "gone": tally.gone,
        "blocked": tally.blocked,
        "due": tally.due if site else 0,
        "errors": tally.errors,
        "last_visit_at": last.last_at if last else None,
        "last_run": last.run_id if last else None,
    }


def _with_review(rows: Iterable[dict[str, Any]], place: Workspace) -> Iterator[dict[str, Any]]:
    """With what the published snapshot says; NULL where nothing is built yet."""
    if not place.latest.exists():
        yield from (row | {"low_confidence": None, "lowest_confidence": []} for row in rows)
        return
    with open_latest(place, of_any_age=True) as connection:
        found = for_review(connection, LOWEST)
    for row in rows:
        held = found.get(row["site_id"], ForReview())
        yield row | {"low_confidence": held.articles, "lowest_confidence": list(held.lowest)}


def _knowing(place: Workspace, url: str) -> Workspace:
    """The workspace, or that of its shards whose frontier knows the URL."""
    for one in frontiers(place):
        with Frontier(one) as frontier:
            if frontier.page(url) is not None:
                return one
    return place


def _result(rows: Sequence[dict[str, Any]], standing: Standing, lang: str) -> Result:
    if not rows:
        return Result(COLUMNS, rows, notes=("no sites yet: see sites/example.toml.sample", *standing.notes()))
    named = (one for row in rows for one in row["lowest_confidence"])
    lowest = sorted(named, key=lambda one: one["confidence"])
    count = sum(row["low_confidence"] or 0 for row in rows)
    told = [f"{one['confidence']:.2f}  {one['extractor']}  {one['url']}" for one in lowest[:LOWEST_SHOWN]]
    head = [word(lang, "note", "review", count=count, below=LOW_CONFIDENCE)] if count else []
    hidden = frozenset({"lowest_confidence", *STANDING_COLUMNS})
    return Result(COLUMNS, rows, notes=(*head, *told, *standing.notes()), hidden=hidden)


def url_row(page: KnownPage, last: Fetch | None, now: datetime) -> dict[str, Any]:
    """`last`: its last visit."""
    return {
        **asdict(page),
        "last_outcome": last.outcome if last else None,
        "last_http_status": last.http_status if last else None,
        "last_visit_at": last.fetched_at if last else None,
        "why": why(page, now),
    }


def revisit_row(known: Lease | None, page: KnownPage, now: datetime) -> dict[str, Any]:
    """What its date rests on; NULL for what has no text that changes."""
    if known is None or known.first_live_at is None or page.kind in ("list", "sitemap"):
        return dict.fromkeys(REVISIT)
    seen_at = page.last_seen_at or known.first_live_at
    rate = change_rate(known.changes, seen_at - known.first_live_at)
    worth = score(rate, (now - seen_at) / timedelta(days=1))
    said = (1 / rate, interval_days(rate, known.threshold), worth, known.threshold)
    return dict(
        zip(REVISIT, (*(round(value, 2) for value in said), known.missing_at, known.full_at), strict=True)
    )


def why(page: KnownPage, now: datetime) -> str:
    """In words, when it is next and what that was decided by."""
    if not page.sourced:
        return "of unknown origin: imported, never fetched"
    if not page.visits:
        return "due now: found, not visited yet"
    told = f"{page.changes} changes of its text in {page.visits} visits, state {page.state}"
    if page.loss == "duplicate":
        told = f"kept under another address; {told}"
    if page.next_visit_at is None:
        return f"not visited again: {told}"
    if page.next_visit_at <= now:
        return f"due now, since {shown(page.next_visit_at)}: {told}"
    return f"due {shown(page.next_visit_at)} UTC: {told}"
