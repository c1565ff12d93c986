"""The spider: asks for what the frontier leases, and says what came of it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

from scrapy import Request, Spider
from scrapy.exceptions import CannotResolveHostError, DownloadCancelledError
from scrapy.http import Response
from twisted.python.failure import Failure

from crawler.crawling import Crawling
from crawler.kept import Kept
from crawler.middlewares import ArchiveFailed, BadCertificate, Disallowed, Unreached
from crawler.revisit import wants_full
from crawler.tls import is_tls_error
from crawler.visits import Lease


class SiteSpider(Spider):  # type: ignore[misc]
    """Holds no state of its own: `crawling` does, and it is in SQLite."""

    name = "site"

    def __init__(self, crawling: Crawling | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        if crawling is None:
            raise ValueError("started by `yuqi crawl`, which hands over workspace, sites and limits")
        self.crawling = crawling

    async def start(self) -> AsyncIterator[Request]:
        """Leases until nothing is due and nothing is under way."""
        while not self.crawling.stopping:
            for lease in self.crawling.turn():
                yield self._request(lease)
            wait_seconds = self.crawling.wait_seconds()
            if wait_seconds is None:
                return
            await self.crawling.changed(wait_seconds)

    def parse(self, response: Response, **_: Any) -> None:
        kept: Kept = response.meta["kept"]
        self.crawling.answered(response.meta["lease"], kept)

    def failed(self, failure: Failure) -> None:
        request: Request = failure.request
        lease: Lease = request.meta["lease"]
        if failure.check(Disallowed):
            self.crawling.refused(lease, "robots")
        elif failure.check(CannotResolveHostError, Unreached) and self.crawling.guard.refused(lease.url):
            self.crawling.refused(lease, "blocked")
        elif failure.check(DownloadCancelledError):
            self.crawling.broke(lease, "too-large")
        elif failure.check(ArchiveFailed):
            self.crawling.dropped(lease)
        elif failure.check(BadCertificate) or is_tls_error(failure.value):
            self.crawling.broke(lease, "tls-error")
        else:
            self.crawling.broke(lease, None)

    def _request(self, lease: Lease) -> Request:
        return Request(
            lease.url,
            callback=self.parse,
            errback=self.failed,
            headers=self._conditions(lease),
            meta={"lease": lease, "download_slot": lease.host},
            dont_filter=True,
        )

    def _conditions(self, lease: Lease) -> dict[str, str]:
        if self.crawling.sites[lease.site_id].render:
            return {}  # the same answer may become another page
        if lease.payload_sha256 is None or wants_full(lease.full_at, self.crawling.run.started_at):
            return {}
        named = {"If-None-Match": lease.etag, "If-Modified-Since": lease.last_modified}
        return {name: value for name, value in named.items() if value}
