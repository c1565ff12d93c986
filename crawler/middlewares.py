"""Between the spider and the network: robots.txt is asked first, and every answer is archived."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from http.client import responses as reasons
from typing import Any
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
    UnsupportedURLSchemeError,
)
from scrapy.http import Headers, Response
from scrapy.http.request import NO_CALLBACK

from crawler.archive import MAX_HEADER_BYTES
from crawler.archive_writer import Exchange
from crawler.crawling import Crawling
from crawler.definitions import DefinitionError
from crawler.kept import address_in
from crawler.politeness import BUSY
from crawler.robots import MAX_REDIRECTS, RobotsFile, Rules, is_fresh, is_old, robots_text
from crawler.tls import is_tls_error
from crawler.urls import canonical, host_of, origin_of
from crawler.visits import REDIRECTS, Lease

# A server's headers have 1 to 8 kB; what has more could not be read back.
MAX_HEAD_BYTES = MAX_HEADER_BYTES // 2
# Framing of the connection that Scrapy has undone already.
HOP_HEADERS = frozenset({b"transfer-encoding", b"connection", b"keep-alive"})

UNREACHED = (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    ResponseDataLossError,
    UnsupportedURLSchemeError,
)


class Disallowed(IgnoreRequest):  # type: ignore[misc]
    """robots.txt forbids it, or answers that it cannot be read."""


class Unreached(IgnoreRequest):  # type: ignore[misc]
    """No robots.txt came because the host could not be reached."""


class BadCertificate(Unreached):
    """Nor would a page: the host is there, but not provably itself."""


class ArchiveFailed(IgnoreRequest):  # type: ignore[misc]
    """The answer is not archived, so it does not count: taken down meanwhile, or the crawl is stopping."""


class RobotsMiddleware:
    """RFC 9309: one robots.txt an origin; every request waits for it and is judged by it."""

    def __init__(self, crawler: Any) -> None:
        self._crawler = crawler
        self._asked: dict[str, asyncio.Task[Rules]] = {}
        self._bad_tls: set[str] = set()  # origins

    @classmethod
    def from_crawler(cls, crawler: Any) -> RobotsMiddleware:
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        lease: Lease | None = request.meta.get("lease")
        if lease is None:  # robots.txt itself
            return
        asked = self.rules(origin_of(lease.url), lease)
        rules = asked.result() if asked.done() else await asyncio.shield(asked)
        if not rules.allow(lease.url):
            if not rules.readable:
                self._crawling.unreadable(lease)
            raise self._why(rules, lease.url)

    def rules(self, origin: str, lease: Lease) -> asyncio.Task[Rules]:
        """Read again after a day, also within a run of weeks."""
        task = self._asked.get(origin)
        if task is None or (task.done() and is_old(task.result().fetched_at, datetime.now(UTC))):
            task = self._asked[origin] = asyncio.ensure_future(self._load(origin, lease))
        return task

    def _why(self, rules: Rules, url: str) -> IgnoreRequest:
        if rules.answered:
            return Disallowed(url)
        return BadCertificate(url) if origin_of(url) in self._bad_tls else Unreached(url)

    @property
    def _crawling(self) -> Crawling:
        return self._crawler.spider.crawling  # type: ignore[no-any-return]

    async def _load(self, origin: str, lease: Lease) -> Rules:
        frontier = self._crawling.frontier
        known = frontier.robots(origin)
        if known is not None and is_fresh(known, datetime.now(UTC)):
            rules = Rules(known)
            self._crawling.heard(lease, origin, rules)
            return rules
        robots = await self._fetch(origin, lease)
        frontier.remember_robots(robots)
        rules = Rules(robots)
        self._crawling.heard(lease, origin, rules)
        await asyncio.sleep(self._crawling.turns.pace(lease.host).delay_seconds)
        return rules

    async def _fetch(self, origin: str, lease: Lease) -> RobotsFile:
        """Follows redirects, also to other hosts; too many of them count as none."""
        url: str | None = f"{origin}/robots.txt"
        status: int | None = 404
        for _ in range(MAX_REDIRECTS + 1):
            if url is None:
                break
            meta = {"site_id": lease.site_id, "download_slot": host_of(url)}
            request = Request(url, callback=NO_CALLBACK, meta=meta, dont_filter=True)
            try:
                response = await self._crawler.engine.download_async(request)
            except UNREACHED as error:
                if is_tls_error(error):
                    self._bad_tls.add(origin)
                return RobotsFile(origin, None, "", datetime.now(UTC))
            if response.status not in REDIRECTS:
                kept = response.meta["kept"]
                if response.status in BUSY:
                    self._crawling.busy(lease, kept)
                unread = kept.payload is None and response.status < 400  # of an error none is read
                status = None if unread else response.status
                return RobotsFile(origin, status, robots_text(kept.payload or b""), datetime.now(UTC))
            url = canonical(address_in(response.headers.get("Location", b"").decode("latin-1")), url)
        return RobotsFile(origin, status, "", datetime.now(UTC))


class ArchiveMiddleware:
    """Nearest to the network: sees redirects, errors and robots.txt, and bodies still compressed."""

    def __init__(self, crawler: Any) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Any) -> ArchiveMiddleware:
        return cls(crawler)

    def process_response(self, request: Request, response: Response) -> Response:
        if "for_page" in request.meta:  # of a page in the browser, which is archived as it came out
            return response
        crawling: Crawling = self._crawler.spider.crawling
        lease: Lease | None = request.meta.get("lease")
        site_id = lease.site_id if lease else request.meta["site_id"]
        exchange = exchange_of(request, response)
        if len(exchange.response_head) > MAX_HEAD_BYTES:
            raise DownloadCancelledError(f"{request.url}: headers of more than {MAX_HEAD_BYTES} bytes")
        with archiving(crawling):
            if lease is not None and crawling.frontier.takedowns().hit(lease.url, site_id):
                raise ArchiveFailed(f"{lease.url} was taken down while it was under way")
            request.meta["kept"] = crawling.keep(site_id, lease, exchange)
        return response


@contextmanager
def archiving(crawling: Crawling) -> Iterator[None]:
    """An archive that cannot be written ends the crawl, and a list of takedowns that cannot be read."""
    try:
        yield
    except DefinitionError as error:
        crawling.fail(str(error))
        raise ArchiveFailed(str(error)) from error
    except OSError as error:
        crawling.fail(f"the archive cannot be written: {error}")
        raise ArchiveFailed(str(error)) from error


def exchange_of(request: Request, response: Response) -> Exchange:
    parts = urlsplit(request.url)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    reason = reasons.get(response.status, "")
    protocol = response.protocol or "HTTP/1.1"
    return Exchange(
        url=request.url,
        fetched_at=datetime.now(UTC),
        request_head=f"GET {path} HTTP/1.1\r\nHost: {parts.netloc}\r\n".encode() + _lines(request.headers),
        response_head=f"{protocol} {response.status} {reason}\r\n".encode() + _lines(response.headers),
        body=response.body,
        ip_address=str(response.ip_address) if response.ip_address else None,
    )


def _lines(headers: Headers) -> bytes:
    return b"".join(
        name + b": " + value + b"\r\n"
        for name, values in headers.items()
        if name.lower() not in HOP_HEADERS
        for value in values
    )
