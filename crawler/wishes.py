"""What the scripts of a page in the browser ask for, asked by us: a little of it, one at a time of a host."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from playwright.async_api import Request as Wish
from scrapy import Request
from scrapy.http.request import NO_CALLBACK

from crawler.crawling import Crawling
from crawler.discover import Scope
from crawler.kept import unpacked
from crawler.middlewares import UNREACHED, RobotsMiddleware
from crawler.politeness import BUSY
from crawler.urls import canonical, host_of, origin_of
from crawler.visits import REDIRECTS, Lease

MAX_SCRIPTS = 200  # of a run, kept so that each page need not ask for them again
WANTED = frozenset({"script", "xhr", "fetch"})  # neither pictures, styles nor frames: text needs none
ANSWERED = ("content-type", "access-control-allow-origin")  # headers that the page sees


class NotRenderedError(Exception):
    """Something that the page needs did not come: what the browser shows is not the page."""


@dataclass(frozen=True, slots=True)
class Reply:
    status: int
    headers: dict[str, str]
    body: bytes


class Wishes:
    """What pages' scripts ask for, asked by us: one at a time of a host, scripts once a run."""

    def __init__(self, crawler: Any) -> None:
        self._crawler = crawler
        self._in_turn: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._scripts: dict[str, Reply] = {}

    def may(self, wish: Wish, lease: Lease) -> bool:
        """Reading only, of the site's own hosts, and nothing that was taken down."""
        url = canonical(wish.url)
        return (
            url is not None
            and wish.method == "GET"
            and wish.resource_type in WANTED
            and Scope(self._crawling.sites[lease.site_id]).holds(url)
            and not self._crawling.frontier.takedowns().hit(url, lease.site_id)
        )

    async def reply(self, wish: Wish, lease: Lease) -> Reply | None:
        """None where robots.txt forbids it or there is nothing; NotRenderedError where it broke."""
        url = canonical(wish.url) or ""
        async with self._in_turn[host_of(url)]:
            if url in self._scripts:
                return self._scripts[url]
            robots = self._crawler.get_downloader_middleware(RobotsMiddleware)
            if not (await robots.rules(origin_of(url), lease)).allow(url):
                return None
            reply = await self._ask(url, lease)
            await asyncio.sleep(self._crawling.turns.pace(lease.host).delay_seconds)
        if wish.resource_type == "script" and len(self._scripts) < MAX_SCRIPTS and reply is not None:
            self._scripts[url] = reply
        return reply

    async def _ask(self, url: str, lease: Lease) -> Reply | None:
        """Not archived: what a reader saw of it stands in the page."""
        meta = {"download_slot": host_of(url), "for_page": lease.url}
        self._crawling.turns.count(lease.site_id)
        try:
            response = await self._crawler.engine.download_async(
                Request(url, callback=NO_CALLBACK, meta=meta, dont_filter=True)
            )
        except UNREACHED as error:
            raise NotRenderedError(url) from error
        headers = response.headers.to_unicode_dict()
        body, broken = unpacked(response.body, headers.get("content-encoding", ""))
        if response.status in BUSY or response.status >= 500 or broken is not None:
            raise NotRenderedError(url)
        if response.status in REDIRECTS:
            return None  # the browser would follow where nobody looks
        return Reply(
            response.status, {name: headers[name] for name in ANSWERED if name in headers}, body or b""
        )

    @property
    def _crawling(self) -> Crawling:
        return self._crawler.spider.crawling  # type: ignore[no-any-return]
