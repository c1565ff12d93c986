"""What URLs and visits come to: SQLite counts them as whoever reads them one by one does."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import pytest
from crawl_server import workspace_in

from crawler.archive_writer import Record
from crawler.frontier import Frontier
from crawler.frontier_reader import FrontierReader
from crawler.tallies import Tallies, of_fetches, of_pages
from crawler.visits import Answer, Lease, Link
from crawler.workspace import Workspace

NOW = datetime(2026, 1, 2, tzinfo=UTC)
DAY = timedelta(days=1)
SITES = ("a", "b", "c")
KINDS = ("article", "list", "unknown")
STATUSES = (200, 200, 200, 200, 301, 304, 403, 404, 410, 429, 500, None)


def url(site: str, number: int) -> str:
    return f"http://{site}.example.com/{number}.html"


def answer(chance: Random, lease: Lease, at: datetime) -> Answer:
    """Whatever may come back; every other page says that it is another's."""
    status = chance.choice(STATUSES)
    if status != 200:
        return Answer(at, status, refusal="robots" if chance.random() < 0.1 else None)
    payload = chance.choice("xyz") * 64
    record = Record(
        f"archive/{lease.site_id}/x.warc.gz", 10, "<urn:uuid:1>", "2026-01-02T00:00:00Z", "sha1:X"
    )
    other = f"{lease.url}?print=1" if chance.random() < 0.5 else None
    kind = chance.choice(("article", "list"))
    return Answer(at, 200, kind=kind, payload_sha256=payload, record=record, canonical=other)


def visited(place: Workspace, chance: Random) -> None:
    """Four nights and an import; what failed is asked for again in the same night."""
    with Frontier(place) as frontier:
        for site in SITES:
            links = [Link(url(site, n), chance.choice(KINDS), 1) for n in range(12)]
            frontier.add(site, [*links, *(Link(f"{one.url}?print=1", "article", 2) for one in links[:4])])
        imported = frontier.begin_run("import", "files")
        lease = Lease(url("a", 1), "a", "a.example.com", "article", 1, 0, sourced=False)
        frontier.capture(imported, lease, answer(chance, lease, NOW))
        frontier.finish_run(imported.run_id, "done")
        for night in range(4):
            run = frontier.begin_run("crawl", f"night {night}", True, list(SITES))
            for host in (f"{site}.example.com" for site in SITES):
                for minute in range(chance.randrange(20)):
                    for held in frontier.lease([host], list(SITES)):
                        at = NOW + night * DAY + timedelta(minutes=minute)
                        frontier.commit(run, held, answer(chance, held, at))
            frontier.finish_run(run.run_id, "done")


@pytest.mark.parametrize("seed", range(4))
def test_a_frontier_counts_what_reading_it_counts(tmp_path: Path, seed: int) -> None:
    place = workspace_in(tmp_path)
    visited(place, Random(seed))
    for now in (NOW, NOW + 2 * DAY, NOW + 400 * DAY):
        with FrontierReader(place) as held:
            assert held.duplicates()
            assert held.tallies(now) == Tallies(of_pages(held.pages(), now), of_fetches(held.fetches()))


def test_nothing_is_counted_where_nothing_is_known(tmp_path: Path) -> None:
    with FrontierReader(workspace_in(tmp_path)) as held:
        assert held.tallies(NOW) == Tallies({}, [])


def test_the_last_visit_of_a_url_is_the_one_that_was_made_last(tmp_path: Path) -> None:
    place = workspace_in(tmp_path)
    visited(place, Random(1))
    with FrontierReader(place) as held:
        last = {fetch.url: fetch for fetch in held.fetches()}
        assert {address: held.last_fetch(address) for address in last} == last
        assert held.last_fetch("http://nowhere.example.com/") is None
