"""CPU of fetching a page of one site: ours with archive and frontier, others as their tutorials have it."""

from __future__ import annotations

import sys

from benchmarks.crawling.runs import CRAWLEE, OURS, SCRAPY
from benchmarks.crawling.speed import FEW, Program, crawled
from benchmarks.peers.asked import Asked
from benchmarks.peers.results import Part, result
from benchmarks.running import Found

PAGES = 2  # times as many as elsewhere


def compared(asked: Asked) -> Part:
    pages = FEW + PAGES * asked.pages
    programs = {
        "yuqi": Program(OURS, sys.executable),
        "Scrapy": Program(SCRAPY, sys.executable),
        "crawlee": Program(CRAWLEE, asked.extractors),
    }
    rounds: dict[str, list[Found] | str] = {name: [] for name in programs}
    for _ in range(asked.rounds):
        for name, program in programs.items():
            held = rounds[name]
            if not isinstance(held, str):
                found = _once(program, pages)
                rounds[name] = found if isinstance(found, str) else [*held, found]
    rows = tuple(result(name, held, _fetched(held)) for name, held in rounds.items())
    return Part("crawl", "A site of 40 kB pages on loopback, start-up taken off", "page", pages - FEW, rows)


def _once(program: Program, pages: int) -> Found | str:
    """A run of few pages and one of many: what lies between is no start-up."""
    few, many = crawled(program, FEW), crawled(program, pages)
    if few.code or many.code:
        return f"ended with {few.code or many.code}"
    used = {"cpu_s": many.cpu_seconds - few.cpu_seconds, "s": many.seconds - few.seconds}
    return {"found": min(1.0, many.asked / pages), **used}


def _fetched(rounds: list[Found] | str) -> dict[str, float]:
    return {} if isinstance(rounds, str) else {"fetched": min(one["found"] for one in rounds)}
