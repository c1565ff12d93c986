"""The crawl process: one command on stdin, progress and result as JSON lines on stdout."""

from __future__ import annotations

import asyncio
import json
import os
import sqlite3
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scrapy.crawler import AsyncCrawlerProcess
from scrapy.settings import Settings
from twisted.logger import globalLogBeginner

from crawler import settings as project
from crawler.browser import browser_settings
from crawler.crawling import Crawling
from crawler.definitions import DefinitionError
from crawler.frontier import Frontier
from crawler.guard import Guard
from crawler.sites import Layout, Site
from crawler.spiders.site import SiteSpider
from crawler.turns import Limits
from crawler.workspace import Workspace

PROGRESS_SECONDS = 1.0
COUNTING_SHARE = (
    0.02  # of the time: what is left is counted row by row, for 40 ms where 100,000 URLs are known
)


@dataclass(frozen=True, slots=True)
class Job:
    """What the parent asks for."""

    workspace: str
    sites: list[dict[str, Any]]
    takes_all: bool
    max_pages: int | None
    max_seconds: float | None
    shard: tuple[int, int] | None
    timeout_seconds: float
    user_agent: str
    browser: str | None  # where a site is to be rendered


class GuardedProcess(AsyncCrawlerProcess):  # type: ignore[misc]
    """Hands the guard to the resolver, which Scrapy builds with the process, not with a crawler."""

    def __init__(self, settings: Settings, guard: Guard) -> None:
        self.guard = guard
        super().__init__(settings)


def main() -> None:
    """Ends at once when the parent does: an orphan would go on crawling beside the repeated command."""
    out = os.fdopen(os.dup(1), "w", encoding="utf-8", buffering=1)
    os.dup2(2, 1)  # whatever prints by accident goes to the log
    job = Job(**json.loads(sys.stdin.readline()))
    try:
        result = _crawl(job, lambda message: print(json.dumps(message), file=out, flush=True))
    except DefinitionError as error:
        result = {"definition": str(error)}
    except sqlite3.Error as error:
        result = {"failed": f"{Workspace(Path(job.workspace)).frontier}: {error}"}
    except OSError as error:
        result = {"failed": f"{job.workspace}: {error}"}
    print(json.dumps(result), file=out, flush=True)


def _crawl(job: Job, tell: Callable[[dict[str, Any]], None]) -> dict[str, Any]:
    shard = (job.shard[0], job.shard[1]) if job.shard else None
    workspace = Workspace(Path(job.workspace), shard)
    sites = {site.site_id: site for site in map(_site, job.sites)}
    limits = Limits(job.max_pages, job.max_seconds, shard)
    with Frontier(workspace) as frontier:
        crawling = Crawling(workspace, sites, limits, frontier)
        crawling.begin(_signature(job, sites), job.takes_all)
        crawling.on_progress = _teller(tell, crawling)
        try:
            _run_scrapy(crawling, job)
        finally:
            crawling.close()
        if crawling.failure is not None:
            return {"failed": crawling.failure}
        if not crawling.ended:
            return {"failed": "a bug broke it off; the log says where"}
        if not crawling.stopping:
            frontier.finish_run(crawling.run.run_id)
        return {"summary": _summary(crawling, sites)}


def _run_scrapy(crawling: Crawling, job: Job) -> None:
    settings = Settings()
    settings.setmodule(project, priority="project")
    settings.set("USER_AGENT", job.user_agent)
    settings.set("DOWNLOAD_TIMEOUT", job.timeout_seconds)
    if job.browser is not None:
        more = browser_settings(job.browser)
        more["DOWNLOADER_MIDDLEWARES"] |= settings.getdict("DOWNLOADER_MIDDLEWARES")
        settings.update(more, priority="project")
    # Scrapy passes on what Twisted logs; unless told to begin, Twisted writes it to stderr as well.
    globalLogBeginner.beginLoggingTo([], discardBuffer=True, redirectStandardIO=False)
    process = GuardedProcess(settings, crawling.guard)
    process.crawl(SiteSpider, crawling=crawling)
    _listen(asyncio.get_event_loop(), crawling)
    process.start(install_signal_handlers=False)


def _listen(loop: asyncio.AbstractEventLoop, crawling: Crawling) -> None:
    """`stop` on stdin ends the crawl in good order; the end of stdin means that the parent is dead."""

    def listen() -> None:
        for line in sys.stdin:
            if line.strip() == "stop":
                loop.call_soon_threadsafe(crawling.stop)
        os._exit(1)

    threading.Thread(target=listen, daemon=True).start()


def _teller(tell: Callable[[dict[str, Any]], None], crawling: Crawling) -> Callable[[int, int], None]:
    next_at = 0.0

    def progress(fetched: int, size: int) -> None:
        nonlocal next_at
        began = time.monotonic()
        if began >= next_at:
            ready = crawling.frontier.ready(crawling.sites)
            now = time.monotonic()
            next_at = now + max(PROGRESS_SECONDS, (now - began) / COUNTING_SHARE)
            tell({"progress": {"fetched": fetched, "ready": ready, "bytes": size}})

    return progress


def _summary(crawling: Crawling, sites: dict[str, Site]) -> dict[str, Any]:
    counted = crawling.frontier.outcomes(crawling.run.run_id)
    outcomes: dict[str, dict[str, int]] = {site_id: {} for site_id in sites}
    for (site_id, outcome), visits in counted.items():
        outcomes.setdefault(site_id, {})[outcome] = visits
    return {
        "run_id": crawling.run.run_id,
        "resumed": crawling.run.resumed,
        "left": crawling.frontier.ready(sites),
        "halted": crawling.halted,
        "outcomes": outcomes,
        "paused": crawling.paused(),
        "held": crawling.turns.held(),
    }


def _signature(job: Job, sites: dict[str, Site]) -> str:
    """The same command goes on with a run that was killed; another one begins anew."""
    return json.dumps([sorted(sites), job.takes_all, job.max_pages, job.shard])


def _site(row: dict[str, Any]) -> Site:
    layouts = tuple(Layout(**{**layout, "remove": tuple(layout["remove"])}) for layout in row["layout"])
    return Site(**{**row, "start": tuple(row["start"]), "layout": layouts})
