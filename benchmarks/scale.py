"""What an article costs from archive to snapshot as a corpus grows: `yuqi build` in a process of its own.

python -m benchmarks.scale --pages 1000 10000 --workers 2      # the sample sites, archived without a crawl
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.filled import farms, filled
from crawler.workspace import Workspace

SIZES = (500, 2000)
MIB = 1024  # KiB, as Linux counts a process


@dataclass(frozen=True)
class Cost:
    """Of one build: CPU of all its processes, and the largest of them."""

    pages: int
    wall: float
    cpu: float
    peak_mib: float
    disk_mb: float


def cost(pages: int, workers: int) -> Cost:
    with tempfile.TemporaryDirectory() as folder:
        place = filled(Path(folder) / "w", *farms(pages), workers=workers)
        before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
        _build(place, workers)
        wall, after = time.perf_counter() - begun, resource.getrusage(resource.RUSAGE_CHILDREN)
        cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        held = sum(path.stat().st_size for path in place.root.rglob("*") if path.is_file())
    return Cost(pages, wall, cpu, after.ru_maxrss / MIB, held / 1e6)


def _build(place: Workspace, workers: int) -> None:
    command = [sys.executable, "-m", "yuqi", "build", "--workers", str(workers)]
    subprocess.run([*command, "--workspace", str(place.root)], check=True, stdout=subprocess.DEVNULL)


def told(costs: Iterable[Cost]) -> Iterator[str]:
    """A row as soon as it is known: the next one may take hours."""
    yield "| articles | wall s | CPU s | CPU ms each | of the first | largest process, MiB | MB on disk |"
    yield "| --- " * 7 + "|"
    first = None
    for one in costs:
        each = one.cpu / one.pages
        first = first or each
        yield (
            f"| {one.pages:,} | {one.wall:.0f} | {one.cpu:.0f} | {1000 * each:.1f} | {each / first:.2f} "
            f"| {one.peak_mib:,.0f} | {one.disk_mb:,.0f} |"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--pages", type=int, nargs="+", default=SIZES, help="the smallest corpus first")
    parser.add_argument("--workers", type=int, default=2)
    asked = parser.parse_args()
    for line in told(cost(pages, asked.workers) for pages in asked.pages):
        print(line, flush=True)


if __name__ == "__main__":
    main()
