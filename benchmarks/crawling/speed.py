"""CPU a page: ours with archive and frontier, Scrapy's defaults with neither, the same site in turn.

    python -m benchmarks.crawling.speed --pages 1500

Start-up is taken off: a run of few pages and one of many, and the difference of both over the pages between.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks.crawling.runs import OURS, SCRAPY, run
from benchmarks.crawling.site import served

FEW = 100
AT_ONCE = 8  # Scrapy's own default for a host


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


def cpu_ms_a_page(program: str, pages: int) -> float:
    few, many = (_cpu(program, articles) for articles in (FEW, pages))
    return (many - few) / (pages - FEW) * 1000


def _cpu(program: str, articles: int) -> float:
    done = crawled(Program(program), articles)
    if done.code or done.asked < articles:
        raise SystemExit(f"ended with {done.code} after {done.asked} requests")
    return done.cpu_seconds


def crawled(program: Program, articles: int) -> Crawled:
    with tempfile.TemporaryDirectory() as folder, served(articles) as (url, asked):
        used = run(program.text, Path(folder), url, AT_ONCE, python=program.python)
        return Crawled(used.cpu_seconds, used.wall_seconds, used.code, asked.value)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=1500)
    parser.add_argument("--rounds", type=int, default=3)
    said = parser.parse_args()
    print("round  ours ms  scrapy ms  ratio")
    ratios = []
    for number in range(1, said.rounds + 1):
        ours, scrapy = (cpu_ms_a_page(program, said.pages) for program in (OURS, SCRAPY))
        ratios.append(ours / scrapy)
        print(f"{number:5}  {ours:7.2f}  {scrapy:9.2f}  {ratios[-1]:5.2f}", flush=True)
    print(f"median ratio {median(ratios):.2f} (at most 1.10)")


if __name__ == "__main__":
    main()
