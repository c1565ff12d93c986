"""One crawl in a process of its own, with what it used."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
OURS = """
import sys
from pathlib import Path
from crawler.crawl import CrawlOptions, crawl
from crawler.sites import Site
from crawler.workspace import open_workspace
root = Path(sys.argv[1]); root.mkdir(parents=True, exist_ok=True)
(root / "yuqi.toml").write_text("synthetic = true\\n")
site = Site("bench", start=(sys.argv[2],), delay_seconds=0, at_once=int(sys.argv[3]), max_pages=10**7)
crawl(open_workspace(root), [site])
"""
# As `scrapy startproject` has it, obeying robots.txt; links by CSS, nothing kept.
SCRAPY = """
import sys
import scrapy
from scrapy.crawler import AsyncCrawlerProcess

class Bench(scrapy.Spider):
    name = "bench"
    start_urls = [sys.argv[2]]

    def parse(self, response):
        for href in response.css("a::attr(href)").getall():
            yield response.follow(href)

process = AsyncCrawlerProcess({"ROBOTSTXT_OBEY": True, "LOG_LEVEL": "ERROR", "TELNETCONSOLE_ENABLED": False})
process.crawl(Bench)
process.start()
"""
# As crawlee's introduction has it, obeying robots.txt; the pages of a run are kept nowhere.
CRAWLEE = """
import asyncio, logging, os, sys
os.chdir(sys.argv[1])
from crawlee import ConcurrencySettings
from crawlee.crawlers import ParselCrawler, ParselCrawlingContext
from crawlee.storage_clients import MemoryStorageClient

async def main():
    at_once = int(sys.argv[3])
    crawler = ParselCrawler(
        storage_client=MemoryStorageClient(), respect_robots_txt_file=True, configure_logging=False,
        concurrency_settings=ConcurrencySettings(desired_concurrency=at_once, max_concurrency=at_once),
    )

    @crawler.router.default_handler
    async def handled(context: ParselCrawlingContext) -> None:
        await context.enqueue_links()

    await crawler.run([sys.argv[2]])

logging.disable(logging.CRITICAL)
asyncio.run(main())
"""


@dataclass(frozen=True)
class Used:
    cpu_seconds: float  # with its children
    wall_seconds: float
    peak_megabytes: float  # of the largest process
    code: int


def started(
    program: str, folder: Path, url: str, at_once: int, python: str = sys.executable
) -> subprocess.Popen[bytes]:
    return subprocess.Popen([python, "-c", program, str(folder), url, str(at_once)], cwd=ROOT)


def run(program: str, folder: Path, url: str, at_once: int, python: str = sys.executable) -> Used:
    began = time.monotonic()
    child = started(program, folder, url, at_once, python)
    _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    peak = used.ru_maxrss / (1 << 20 if sys.platform == "darwin" else 1 << 10)  # bytes there, else KiB
    wall = time.monotonic() - began
    return Used(used.ru_utime + used.ru_stime, wall, peak, child.returncode)
