"""`kill -9` at random moments of a crawl, and the same command again: what is lost, what is asked twice.

    python -m benchmarks.crawling.killed --kills 50 --pages 1000

`--pair`: two processes share the workspace, and one of them is killed each time. `--corpus`: then both that
workspace and one that was crawled undisturbed are built, and every table is compared (some minutes more).
`--pause`: of the site before each answer; with two processes some, so that kills and crawl last as long.
"""

from __future__ import annotations

import argparse
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.crawling.runs import OURS, ROOT
from benchmarks.crawling.site import PER_LIST, served
from crawler.archive import read_pages
from crawler.frontier import Frontier
from crawler.workspace import Workspace
from tests.stores import tables
from yuqi.building import build_workspace

AT_ONCE = 4
SLOW_SECONDS = 0.05  # between looks at how far the crawl is


def start(folder: Path, url: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-c", OURS, str(folder), url, str(AT_ONCE)], cwd=ROOT)


def kill_after(child: subprocess.Popen[bytes], asked: int, count: object, seed: random.Random) -> None:
    """Some requests after it has begun to ask: a kill before that shows nothing."""
    more = seed.randrange(1, 20)
    while child.poll() is None and count.value < asked + more:  # type: ignore[attr-defined]
        time.sleep(SLOW_SECONDS / 50)
    child.send_signal(signal.SIGKILL)
    child.wait()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--pages", type=int, default=1000)
    parser.add_argument("--pair", action="store_true")
    parser.add_argument("--corpus", action="store_true")
    parser.add_argument("--pause", type=float, default=0.0)
    said = parser.parse_args()
    seed = random.Random(6)
    with tempfile.TemporaryDirectory() as place, served(said.pages, said.pause) as (url, count):
        crawled, killed = Path(place, "killed"), 0
        beside = start(crawled, url) if said.pair else None
        while killed < said.kills:
            child = start(crawled, url)
            kill_after(child, count.value, count, seed)
            killed += child.returncode == -signal.SIGKILL
            if child.returncode == 0:
                break
        for child in filter(None, [beside, start(crawled, url)]):
            child.wait()
        report(crawled, said.pages, count.value, killed)
        if said.corpus:
            start(undisturbed := Path(place, "undisturbed"), url).wait()
            compare(crawled, undisturbed)


def report(folder: Path, pages: int, asked: int, killed: int) -> None:
    with Frontier(Workspace(folder)) as frontier:
        known = list(frontier.pages())
        fetches = [fetch for fetch in frontier.fetches() if fetch.payload_sha256]
    live = sum(page.state == "live" for page in known)
    expected = pages + -(-pages // PER_LIST)
    read = sum(1 for _ in read_pages(folder, fetches))
    print(f"{killed} kills with {AT_ONCE} requests at once: {expected - live} of {expected} pages lost")
    print(f"{asked - 1 - expected} asked twice (at most {killed * AT_ONCE}), robots.txt apart")
    print(f"{len(fetches) - expected} committed twice, {read} of {len(fetches)} records read back")


def compare(killed: Path, undisturbed: Path) -> None:
    """As an outsider would: every table, less what may differ between two runs."""
    for folder in (killed, undisturbed):
        build_workspace(Workspace(folder))
    found, expected = tables(Workspace(killed).latest), tables(Workspace(undisturbed).latest)
    differing = [name for name in expected if found.get(name) != expected[name]]
    rows = sum(map(len, expected.values()))
    print(f"corpus: {len(expected)} tables with {rows:,} rows, differing: {', '.join(differing) or 'none'}")


if __name__ == "__main__":
    main()
