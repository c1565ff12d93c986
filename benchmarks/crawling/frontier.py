"""What a frontier of many URLs weighs, and how long it takes to add to it and to lease from it.

    python -m benchmarks.crawling.frontier --urls 100000 1000000     # 10000000 takes half an hour and some GB

URLs of a hundred hosts as farms have them, none visited. Milliseconds of CPU and of wall, one lease a host.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from crawler.frontier import Frontier
from crawler.visits import Link
from crawler.workspace import Workspace, open_workspace

HOSTS = 100
AT_ONCE = 1000  # links of one transaction: a large sitemap's
LEASES = 200


@dataclass(frozen=True)
class Weighed:
    urls: int
    megabytes: float
    added_cpu: float  # seconds for all
    begun_cpu: float  # seconds until a run knows what is due
    lease_cpu: float  # milliseconds, median
    lease_wall: float
    slowest_wall: float


def weighed(place: Workspace, urls: int) -> Weighed:
    with Frontier(place) as frontier:
        added = _cpu(lambda: _fill(frontier, urls))
        sites = [f"site{n}" for n in range(HOSTS)]
        begun = _cpu(lambda: frontier.begin_run("crawl", "benchmark", takes_all=True, site_ids=sites))
        taken = [_lease(frontier, number % HOSTS, sites) for number in range(LEASES)]
    size = sum(path.stat().st_size for path in place.state.glob("frontier*"))
    cpu, wall = (sorted(column) for column in zip(*taken, strict=True))
    return Weighed(urls, size / 1e6, added, begun, median(cpu), median(wall), wall[-1])


def _fill(frontier: Frontier, urls: int) -> None:
    for host in range(HOSTS):
        links = list(_links(host, urls // HOSTS))
        for start in range(0, len(links), AT_ONCE):
            frontier.add(f"site{host}", links[start : start + AT_ONCE])


def _links(host: int, count: int) -> Iterator[Link]:
    for number in range(count):
        yield Link(f"http://www.site{host}.example.com/loan/2024/{number:08}.html", "article", 1)


def _cpu(work: Callable[[], object]) -> float:
    begun = time.process_time()
    work()
    return time.process_time() - begun


def _lease(frontier: Frontier, host: int, sites: list[str]) -> tuple[float, float]:
    wall, cpu = time.perf_counter(), time.process_time()
    assert frontier.lease([f"www.site{host}.example.com"], sites)
    return 1000 * (time.process_time() - cpu), 1000 * (time.perf_counter() - wall)


def told(rows: list[Weighed]) -> Iterator[str]:
    yield "| URLs | MB | bytes each | add, CPU µs each | begin run, CPU s | lease, CPU ms | wall ms (most) |"
    yield "| --- " * 7 + "|"
    for row in rows:
        size, added = 1e6 * row.megabytes / row.urls, 1e6 * row.added_cpu / row.urls
        yield (
            f"| {row.urls:,} | {row.megabytes:.0f} | {size:.0f} | {added:.0f} | {row.begun_cpu:.2f} "
            f"| {row.lease_cpu:.2f} | {row.lease_wall:.2f} ({row.slowest_wall:.0f}) |"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--urls", type=int, nargs="+", default=[100_000, 1_000_000])
    rows = []
    for urls in parser.parse_args().urls:
        with tempfile.TemporaryDirectory() as folder:
            (Path(folder) / "yuqi.toml").write_text("synthetic = true\n", encoding="utf-8")
            rows.append(weighed(open_workspace(Path(folder)), urls))
    print(*told(rows), sep="\n")


if __name__ == "__main__":
    main()
