"""The spider: asks for what the frontier leases, and says what came of it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from functools import partial
from typing import Any

from scrapy import Request, Spider
from scrapy.exceptions import CannotResolveHostError, DownloadCancelledError
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK

from crawler.crawling import Crawling
from crawler.middlewares import ArchiveFailed, BadCertificate, Disallowed, Unreached
from crawler.revisit import wants_full
from crawler.tls import is_tls_error
from crawler.visits import Lease

Visit = asyncio.Future[Response]


class SiteSpider(Spider):  # type: ignore[misc]
    """Holds no state of its own: `crawling` does, and it is in SQLite."""

    name = "site"

    def __init__(self, crawling: Crawling | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        if crawling is None:
            raise ValueError("started by `yuqi crawl`, which hands over workspace, sites and limits")
        self.crawling = crawling

    async def start(self) -> AsyncIterator[Request]:
        """Leases until nothing is due and nothing is under way.

        Requests go through Scrapy's middlewares to its handlers at once: its queues, its scraper and its
        slots would only pass them on, for two fifths of the time of a page.
        """
        downloader = self.crawler.engine.downloader
        under_way: set[Visit] = set()
        while not self.crawling.stopping:
            for lease in self.crawling.turn():
                request = self._request(lease)
                visit = asyncio.ensure_future(
                    downloader.middleware.download_async(downloader.handlers.download_request_async, request)
                )
                under_way.add(visit)
                visit.add_done_callback(under_way.discard)
                visit.add_done_callback(partial(self._visited, request))
            wait_seconds = self.crawling.wait_seconds()
            if wait_seconds is None:
                break
            await self.crawling.changed(wait_seconds)
        if under_way:
            await asyncio.wait(under_way)
        self.crawling.settle()
        self.crawling.ended = True
        return
        yield

    def _visited(self, request: Request, visit: Visit) -> None:
        """Whatever went wrong, the host is free again; what a bug left of an answer is logged."""
        lease: Lease = request.meta["lease"]
        error = visit.exception()
        if error is None:
            self.crawling.answered(lease, request.meta["kept"])
        elif isinstance(error, Disallowed):
            self.crawling.refused(lease, "robots")
        elif isinstance(error, CannotResolveHostError | Unreached) and self.crawling.guard.refused(lease.url):
            self.crawling.refused(lease, "blocked")
        elif isinstance(error, DownloadCancelledError):
            self.crawling.broke(lease, "too-large")
        elif isinstance(error, ArchiveFailed):
            self.crawling.dropped(lease)
        elif isinstance(error, BadCertificate) or is_tls_error(error):
            self.crawling.broke(lease, "tls-error")
        else:
            self.crawling.broke(lease, None)

    def _request(self, lease: Lease) -> Request:
        meta = {"lease": lease, "download_slot": lease.host}
        return Request(lease.url, callback=NO_CALLBACK, headers=self._conditions(lease), meta=meta)

    def _conditions(self, lease: Lease) -> dict[str, str]:
        if self.crawling.sites[lease.site_id].render:
            return {}  # the same answer may become another page
        if lease.payload_sha256 is None or wants_full(lease.full_at, self.crawling.run.started_at):
            return {}
        named = {"If-None-Match": lease.etag, "If-Modified-Since": lease.last_modified}
        return {name: value for name, value in named.items() if value}
