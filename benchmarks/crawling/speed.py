"""CPU a page: ours with archive and frontier, Scrapy's defaults with neither, side by side.

    python -m benchmarks.crawling.speed --pages 4100

Both crawl a site of their own at the same time and take turns of some pages each, the other stopped
meanwhile: whatever else the machine does, it does to both, and each begins every other time. User and system
time of the crawling processes alone, without start-up and first pages; the site that serves them is not
counted. What is told is the median of the turns' ratios: one turn beside a noisy neighbour moves it little.
"""

from __future__ import annotations

import argparse
import signal
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles
from typing import Any

import psutil

from benchmarks.crawling.runs import OURS, SCRAPY, run, started
from benchmarks.crawling.site import served

FEW = 100
TURN = 200  # pages: nearly a second of CPU, where the system counts hundredths of one
AT_ONCE = 8  # Scrapy's own default for a host
LOOK_SECONDS = 0.002


@dataclass(frozen=True)
class Program:
    """Source text, and the Python that runs it."""

    text: str
    python: str = sys.executable


@dataclass(frozen=True)
class Crawled:
    cpu_seconds: float
    seconds: float
    code: int
    asked: int  # requests that the site answered


@dataclass(frozen=True)
class Spent:
    """By one crawler from its start on."""

    pages: int
    cpu_seconds: float

    def ms_a_page_since(self, before: Spent) -> float:
        return 1000 * (self.cpu_seconds - before.cpu_seconds) / (self.pages - before.pages)


class Crawler:
    """A program that crawls a site of its own, and stands still between its turns."""

    def __init__(self, process: psutil.Process, asked: Any) -> None:
        self._process = process
        self._asked = asked

    def goes_on_to(self, pages: int) -> Spent:
        self._send(signal.SIGCONT)
        while self._asked.value < pages:
            if self._process.status() == psutil.STATUS_ZOMBIE:
                raise SystemExit(f"a crawl ended after {self._asked.value} requests")
            time.sleep(LOOK_SECONDS)
        self._send(signal.SIGSTOP)
        times = [process.cpu_times() for process in self._all()]
        return Spent(self._asked.value, sum(used.user + used.system for used in times))

    def ends(self) -> None:
        self._send(signal.SIGKILL)

    def _send(self, number: int) -> None:
        for process in self._all():
            process.send_signal(number)

    def _all(self) -> Sequence[psutil.Process]:
        return [self._process, *self._process.children(recursive=True)]


@contextmanager
def crawling(program: Program, pages: int) -> Iterator[Crawler]:
    with tempfile.TemporaryDirectory() as folder, served(pages) as (url, asked):
        child = started(program.text, Path(folder), url, AT_ONCE, python=program.python)
        crawler = Crawler(psutil.Process(child.pid), asked)
        try:
            yield crawler
        finally:
            crawler.ends()
            child.wait()


def in_turns(programs: Sequence[Program], pages: int) -> list[list[Spent]]:
    """What each program had spent after each of its turns, the first of FEW pages."""
    with ExitStack() as stack:
        crawlers = [stack.enter_context(crawling(program, pages + 2 * TURN)) for program in programs]
        rows = [[crawler.goes_on_to(FEW)] for crawler in crawlers]
        for upto in range(FEW + TURN, pages + 1, TURN):
            turn = list(zip(crawlers, rows, strict=True))
            for crawler, row in turn if upto // TURN % 2 else reversed(turn):
                row.append(crawler.goes_on_to(upto))
    return rows


def crawled(program: Program, articles: int) -> Crawled:
    with tempfile.TemporaryDirectory() as folder, served(articles) as (url, asked):
        used = run(program.text, Path(folder), url, AT_ONCE, python=program.python)
        return Crawled(used.cpu_seconds, used.wall_seconds, used.code, asked.value)


def told(ours: Sequence[Spent], scrapys: Sequence[Spent]) -> Iterator[str]:
    ms, scrapy_ms = (row[-1].ms_a_page_since(row[0]) for row in (ours, scrapys))
    turns = [
        after.ms_a_page_since(before) / scrapy_after.ms_a_page_since(scrapy_before)
        for before, after, scrapy_before, scrapy_after in zip(
            ours, ours[1:], scrapys, scrapys[1:], strict=False
        )
    ]
    low, _, high = quantiles(turns, n=4)
    least, most = around_median(turns)
    yield f"{ours[-1].pages - ours[0].pages} pages each in {len(turns)} turns, ms of CPU a page"
    yield f"ours {ms:.2f}, Scrapy's defaults {scrapy_ms:.2f}: ratio {ms / scrapy_ms:.2f}"
    sure = f"95 %: {least:.2f} to {most:.2f}; at most 1.10"
    yield f"ratio of a turn: median {median(turns):.2f} ({sure}), half of them from {low:.2f} to {high:.2f}"


def around_median(values: Sequence[float]) -> tuple[float, float]:
    """Between which the median lies with 95 %, whatever the distribution: ranks, as of coins."""
    ranked = sorted(values)
    out = max(0, int((len(ranked) - 1.96 * len(ranked) ** 0.5) / 2))
    return ranked[out], ranked[-1 - out]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--pages", type=int, default=4100)
    ours, scrapys = in_turns([Program(OURS), Program(SCRAPY)], parser.parse_args().pages)
    print(*told(ours, scrapys), sep="\n")


if __name__ == "__main__":
    main()
