"""Pages of script-only sites as a browser shows them: `render = true` in a site's definition.

The page is asked for as every page is; the browser gets what came. What the page's scripts ask for goes the
same way (guard, robots.txt, delay, size and time limits), a little of it, from the site's own hosts only.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import dataclass, replace
from secrets import token_hex
from typing import Any

from playwright.async_api import Error as BrowserError
from playwright.async_api import Page, Route
from playwright.async_api import Request as Wish
from scrapy import Request, signals
from scrapy.http import Response
from scrapy_playwright.handler import ScrapyPlaywrightDownloadHandler

from crawler.blocked import blocked_by
from crawler.browser import RENDER_SECONDS
from crawler.content import MAX_RESPONSE_BYTES
from crawler.crawling import Crawling
from crawler.feeds import listed
from crawler.kept import Kept
from crawler.middlewares import ArchiveFailed, archiving
from crawler.urls import origin_of
from crawler.visits import WITH_PAGE, Lease
from crawler.wishes import NotRenderedError, Reply, Wishes

PAGES_AT_ONCE = 2  # in the browser: some 150 MB each
MAX_WISHES = 30  # requests of one page; an application's code and its article take a dozen
MAX_SECONDS = 600.0  # with the site's delay between them; shorter than a lease
QUIET_SECONDS = 0.5  # without an answer: what the page's scripts had to write is written
LOOK_SECONDS = 0.1
CLOSE_SECONDS = 10.0
CONTEXT = {"service_workers": "block", "accept_downloads": False, "locale": "zh-CN"}


class RenderMiddleware:
    """Behind the archive: an HTML answer of such a site becomes what the browser makes of it."""

    def __init__(self, crawler: Any) -> None:
        self._crawler = crawler
        self._handler = ScrapyPlaywrightDownloadHandler.from_crawler(crawler)
        self._room = asyncio.Semaphore(PAGES_AT_ONCE)
        self._wishes = Wishes(crawler)
        crawler.signals.connect(self._handler.close, signals.engine_stopped)

    @classmethod
    def from_crawler(cls, crawler: Any) -> RenderMiddleware:
        return cls(crawler)

    async def process_response(self, request: Request, response: Response) -> Response:
        lease: Lease | None = request.meta.get("lease")
        if lease is not None and self._is_wanted(lease, kept := request.meta["kept"]):
            request.meta["kept"] = await self._rendered(lease, kept)
        return response

    def _is_wanted(self, lease: Lease, kept: Kept) -> bool:
        """Not what stands in front of a page: a challenge is no page, and is not solved."""
        payload = kept.payload or b""
        return (
            self._crawling.sites[lease.site_id].render
            and kept.status in WITH_PAGE
            and "html" in kept.headers.get("content-type", "html").lower()
            and 0 < len(payload) <= MAX_RESPONSE_BYTES
            and blocked_by(kept.status, kept.head, payload) is None
            and listed(payload) is None
        )

    async def _rendered(self, lease: Lease, kept: Kept) -> Kept:
        pause = self._crawling.turns.pace(lease.host).delay_seconds
        limit = min(RENDER_SECONDS + MAX_WISHES * pause, MAX_SECONDS)
        visit = Visit(self._wishes, lease, kept)
        async with self._room:
            try:
                dom = await asyncio.wait_for(self._dom(visit), limit)
            except (BrowserError, TimeoutError, NotRenderedError) as error:
                if "BrowserType.launch" in str(error):
                    self._crawling.fail(f"the browser does not start: {str(error).splitlines()[0]}")
                    raise ArchiveFailed(lease.url) from error
                return replace(kept, payload=None, sha256=None, failure="not-rendered")
        if len(dom) > MAX_RESPONSE_BYTES:
            return replace(kept, payload=None, sha256=None, failure="too-large")
        with archiving(self._crawling):
            return self._crawling.keep_rendered(lease, kept, dom)

    async def _dom(self, visit: Visit) -> bytes:
        """What the page has become, in UTF-8."""
        meta = {
            "playwright": True,
            "playwright_context": token_hex(8),  # one of its own: no page knows of another
            "playwright_context_kwargs": CONTEXT,
            "playwright_include_page": True,
            "playwright_page_init_callback": visit.begin,
            "playwright_page_goto_kwargs": {"wait_until": "domcontentloaded"},
        }
        request = Request(visit.lease.url, meta=meta)
        try:
            await self._handler.download_request(request)
            page: Page = request.meta["playwright_page"]
            await visit.settled()
            if visit.lacks or origin_of(page.url) != origin_of(visit.lease.url):
                raise NotRenderedError(visit.lease.url)
            shown: str = await page.content()
            return shown.encode("utf-8", errors="replace")
        finally:
            if (left := request.meta.get("playwright_page")) is not None:
                await _close(left)

    @property
    def _crawling(self) -> Crawling:
        return self._crawler.spider.crawling  # type: ignore[no-any-return]


@dataclass
class Visit:
    """One page in the browser, and what it asks for."""

    wishes: Wishes
    lease: Lease
    kept: Kept
    lacks: bool = False  # something that it may have did not come
    _given: bool = False
    _asked: int = 0
    _open: int = 0
    _answered_at: float = 0.0

    async def begin(self, page: Page, _request: Request) -> None:
        """Every request is ours to answer; of other windows, of which it can open none, none is answered."""
        self._given = False  # where another page took the browser along, this one begins again
        await page.add_init_script("window.open = () => null")
        await page.context.route("**/*", _refuse)
        await page.route("**/*", self._answer)

    async def settled(self) -> None:
        """Until nothing is under way any more; a page that goes on asking in vain is not waited for."""
        now = asyncio.get_running_loop().time
        self._answered_at = now()
        while self._open or now() - self._answered_at < QUIET_SECONDS:
            await asyncio.sleep(LOOK_SECONDS)

    async def _answer(self, route: Route) -> None:
        wish = route.request
        with suppress(BrowserError):  # the page is closed meanwhile
            if not self._given and wish.is_navigation_request():
                self._given = True
                await _give(route, self._own())
            elif (reply := await self._reply(wish)) is not None:
                await _give(route, reply)
            else:
                await _refuse(route)

    def _own(self) -> Reply:
        typed = {"content-type": self.kept.headers.get("content-type") or "text/html"}
        return Reply(self.kept.status, typed, self.kept.payload or b"")

    async def _reply(self, wish: Wish) -> Reply | None:
        if self._asked >= MAX_WISHES or not self.wishes.may(wish, self.lease):
            return None
        self._asked += 1
        self._open += 1
        try:
            reply = await self.wishes.reply(wish, self.lease)
        except NotRenderedError:
            self.lacks, reply = True, None
        finally:
            self._open -= 1
            self._answered_at = asyncio.get_running_loop().time()
        return reply


async def _give(route: Route, reply: Reply) -> None:
    await route.fulfill(status=reply.status, headers=reply.headers, body=reply.body)


async def _refuse(route: Route) -> None:
    """A way away leads nowhere, and the page stays; an aborted one would show the browser's own words."""
    with suppress(BrowserError):
        if route.request.is_navigation_request() and route.request.frame.parent_frame is None:
            await route.fulfill(status=204)
        else:
            await route.abort("blockedbyclient")


async def _close(page: Page) -> None:
    """A script that hangs may keep its page open: then the browser goes, and the next page gets another."""
    try:
        async with asyncio.timeout(CLOSE_SECONDS):
            await page.unroute_all(behavior="ignoreErrors")
            await page.context.unroute_all(behavior="ignoreErrors")
            await page.context.close()
    except (BrowserError, TimeoutError):
        browser = page.context.browser
        if browser is not None:
            with suppress(BrowserError):
                await browser.close()
