"""Archives of many sample pages without a crawl: each page is written as it would have been received.

Crawling is measured apart (benchmarks.crawling); here it would be most of the time.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack, closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from benchmarks.workspaces import write_workspace
from crawler.archive_writer import ArchiveWriter
from crawler.frontier import Frontier
from crawler.urls import host_of
from crawler.visits import Answer, Lease
from crawler.workspace import Workspace
from yuqi.samples import Farm, Response, Served, respond
from yuqi.samples.paths import part_path

HOST = "http://{}.example.com"
MOST = 100_000  # articles of one farm, whose stories are enough for few more: see Farm
FIRST_VISIT = datetime(2025, 3, 1, tzinfo=UTC)  # as the farm says that it was first served


def bases(farm: Farm) -> dict[str, str]:
    return {site.id: HOST.format(site.id) for site in farm.sites}


def farms(pages: int) -> list[Farm]:
    """So many articles; what one farm does not have others tell in other words on sites of their own."""
    each = [min(MOST, pages - begun) for begun in range(0, pages, MOST)]
    return [_farm(number, count) for number, count in enumerate(each, start=1)]


def _farm(number: int, pages: int) -> Farm:
    farm = Farm(seed=number, pages=pages)
    if number == 1:
        return farm
    return replace(farm, sites=tuple(replace(site, id=f"{site.id}-{number}") for site in farm.sites))


def filled(folder: Path, *farms: Farm, workers: int = 1) -> Workspace:
    """A workspace with every article page of these farms in its archive; each is one process's work."""
    places = [write_workspace(folder, farm, bases(farm)) for farm in farms]
    with ProcessPoolExecutor(workers) as pool:
        list(pool.map(fill, places, farms, [range(farm.total) for farm in farms]))
    return places[0]


def fill(place: Workspace, farm: Farm, indices: range) -> None:
    """These articles with their further pages, as one run of the farm's day."""
    at = FIRST_VISIT + timedelta(days=farm.day)
    with Frontier(place) as frontier, ExitStack() as stack:
        run = frontier.begin_run("import", f"{indices}")
        writers = {
            site.id: stack.enter_context(closing(ArchiveWriter(place, site.id, run.run_id)))
            for site in farm.sites
        }
        for site_id, url, answered in pages(farm, bases(farm), indices):
            record = writers[site_id].resource(url, at, answered.headers[0][1], answered.body)
            sha256 = hashlib.sha256(answered.body).hexdigest()
            lease = Lease(url, site_id, host_of(url), "article", depth=1, hops=0)
            answer = Answer(
                at, answered.status, payload_sha256=sha256, record=record, size=len(answered.body)
            )
            frontier.capture(run, lease, answer)
        frontier.finish_run(run.run_id, "done")


def pages(farm: Farm, served: Mapping[str, str], indices: range) -> Iterator[tuple[str, str, Response]]:
    """(site, URL, answer) of each page."""
    for index in indices:
        place = farm.place(index)
        site = farm.sites[place.site]
        for part in range(1, farm.parts(index) + 1):
            path = part_path(farm, place, part)
            yield site.id, served[site.id] + path, respond(Served(farm, served), place.site, path)
