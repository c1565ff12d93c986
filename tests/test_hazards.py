"""One site with everything that breaks crawlers: each page ends with a named fate, and the crawl goes on."""

from __future__ import annotations

import gzip
import resource
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from multiprocessing import get_context
from pathlib import Path

import pytest
from crawl_server import LocalSite, Reply, article, links, local_site, workspace_in

from crawler.crawl import CrawlOptions, CrawlSummary, crawl
from crawler.frontier import Frontier
from crawler.sites import Site
from crawler.workspace import Workspace

TIMEOUT_SECONDS = 1.5
MAX_MEGABYTES = 350
MEGABYTE = 1 << 20
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
CAPTCHA = "<title>安全验证</title><script src='https://turing.captcha.qcloud.com/TCaptcha.js'></script><p>请完成安全验证</p>"

SLOW = {
    "/loris.html?id=6": ("error", "fetch-error"),
    "/heads.html?id=14": ("error", "fetch-error"),
    "/good.html?id=19": ("new", None),
}
FATES = {
    "/bomb.html?id=1": ("error", "too-large"),
    "/nested.html?id=2": ("error", "too-large"),
    "/coded.html?id=3": ("error", "undecodable"),
    "/huge.html?id=4": ("error", "too-large"),
    "/loop.html?id=5": ("redirect", "redirect"),
    "/short.html?id=7": ("error", "fetch-error"),
    "/inside.html?id=8": ("redirect", "redirect"),
    "/decimal.html?id=9": ("redirect", "redirect"),
    "/broken.html?id=10": ("error", "undecodable"),
    "/missing.html?id=11": ("soft-404", "soft-404"),
    "/captcha.html?id=12": ("blocked", "blocked"),
    "/nonsense.html?id=13": ("error", "fetch-error"),
    "/deep.html?id=15": ("new", None),
    "/binary.html?id=16": ("new", None),  # its bytes are archived; a build says not-html
    "/streams.html?id=20": ("error", "undecodable"),
    "/packed.html?id=21": ("gone", "gone"),  # a 404 is one, whatever its body is
    "/moved.html?id=22": ("redirect", "redirect"),
    "/headers.html?id=23": ("error", "too-large"),
    "/good.html?id=17": ("new", None),
    "/good.html?id=18": ("new", None),
}


@dataclass
class Ended:
    summary: CrawlSummary
    fates: dict[str, tuple[str, str | None]]
    megabytes: float


@pytest.fixture(scope="module")
def ended(tmp_path_factory: pytest.TempPathFactory) -> Ended:
    workspace = workspace_in(tmp_path_factory.mktemp("hazards") / "w")
    with local_site("127.0.4.1") as site:
        build(site)
        with ProcessPoolExecutor(1, get_context("spawn")) as apart:
            summary, most = apart.submit(measured, workspace, site.site(at_once=6, max_pages=200)).result()
    return Ended(summary, fates(workspace), most)


def measured(workspace: Workspace, site: Site) -> tuple[CrawlSummary, float]:
    """With the most megabytes that the crawl process took: it is the only child of this one."""
    summary = crawl(workspace, [site])
    used = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return summary, used / (1 << 20 if sys.platform == "darwin" else 1 << 10)  # bytes there, else KiB


def fates(workspace: Workspace) -> dict[str, tuple[str, str | None]]:
    """Path → the last outcome and the loss."""
    with Frontier(workspace) as frontier:
        outcomes = {fetch.url: fetch.outcome for fetch in frontier.fetches()}
        return {
            "/" + page.url.split("/", 3)[3]: (outcomes.get(page.url, ""), page.loss)
            for page in frontier.pages()
        }


def build(site: LocalSite) -> None:
    site.html("/", links(*FATES, "/calendar/2024-01.html"))
    packed = gzip.compress(b"\0" * (200 * MEGABYTE), 9)
    site.pages["/bomb.html?id=1"] = Reply(packed, headers={"Content-Encoding": "gzip"})
    site.pages["/nested.html?id=2"] = Reply(gzip.compress(packed), headers={"Content-Encoding": "gzip, gzip"})
    site.pages["/coded.html?id=3"] = Reply(b"x", headers={"Content-Encoding": ", ".join(["gzip"] * 1000)})
    site.pages["/huge.html?id=4"] = Reply(raw=_huge(100))
    site.pages["/loop.html?id=5"] = Reply(status=302, headers={"Location": "/loop.html?id=5"})
    site.pages["/short.html?id=7"] = Reply(raw=[HEAD + b"Content-Length: 5000\r\n\r\nhalf"])
    site.pages["/inside.html?id=8"] = Reply(
        status=302, headers={"Location": "http://169.254.169.254/latest/"}
    )
    site.pages["/decimal.html?id=9"] = Reply(status=302, headers={"Location": "http://2130706433/x.html"})
    site.pages["/broken.html?id=10"] = Reply(
        gzip.compress(b"x" * 9000)[:-20], headers={"Content-Encoding": "gzip"}
    )
    site.html("/missing.html?id=11", "<title>页面不存在 - 某站</title>" + "推荐阅读" * 200)
    site.html("/captcha.html?id=12", CAPTCHA)
    site.pages["/nonsense.html?id=13"] = Reply(raw=[b"\x16\x03\x01 this is no HTTP\r\n\r\n"])
    site.html("/deep.html?id=15", "<div>" * 2_000_000 + "深")
    site.pages["/binary.html?id=16"] = Reply(b"%PDF-1.7\n" + bytes(range(256)) * 40)
    site.pages["/streams.html?id=20"] = Reply(
        gzip.compress(b"") * 500_000, headers={"Content-Encoding": "gzip"}
    )
    site.pages["/packed.html?id=21"] = Reply(b"junk", 404, {"Content-Encoding": "br"})
    site.pages["/moved.html?id=22"] = Reply(
        status=301, headers={"Location": "/good.html?id=17", "Content-Encoding": "br"}
    )
    many = (b"X-%d: y\r\n" % number for number in range(20_000))
    site.pages["/headers.html?id=23"] = Reply(raw=[HEAD, *many, b"Connection: close\r\n\r\nhello"])
    site.html("/good.html?id=17", article(17))
    site.html("/good.html?id=18", article(18))
    for month in range(1, 13):
        for year in range(2024, 2034):
            further = f"/calendar/{year + month // 12}-{month % 12 + 1:02}.html"
            site.html(
                f"/calendar/{year}-{month:02}.html", f'<title>日历</title><a href="{further}">下一页</a>'
            )


def _huge(megabytes: int) -> Iterator[bytes]:
    yield HEAD + b"Connection: close\r\n\r\n"
    for _ in range(megabytes):
        yield b"<p>" + b"x" * MEGABYTE


def _loris() -> Iterator[bytes]:
    yield HEAD + b"Content-Length: 5000\r\n\r\n"
    for _ in range(100):
        time.sleep(TIMEOUT_SECONDS / 10)
        yield b"x"


def _heads() -> Iterator[bytes]:
    """A head without an end."""
    yield HEAD
    for number in range(50_000):
        yield b"X-%d: %s\r\n" % (number, b"y" * 1000)


@pytest.mark.parametrize("path", FATES)
def test_every_hazard_ends_with_its_fate(ended: Ended, path: str) -> None:
    assert ended.fates[path] == FATES[path]


def test_bodies_and_heads_without_end_are_left_when_their_time_is_up(tmp_path: Path) -> None:
    workspace = workspace_in(tmp_path)
    with local_site("127.0.4.5") as site:
        site.html("/", links(*SLOW))
        site.pages["/loris.html?id=6"] = lambda _: Reply(raw=_loris())
        site.pages["/heads.html?id=14"] = lambda _: Reply(raw=_heads())
        site.html("/good.html?id=19", article(19))
        crawl(workspace, [site.site(at_once=3)], CrawlOptions(timeout_seconds=TIMEOUT_SECONDS))
    assert {path: fate for path, fate in fates(workspace).items() if path in SLOW} == SLOW


def test_the_crawl_goes_on_to_the_last_page(ended: Ended) -> None:
    assert ended.summary.left == 0 and not ended.summary.paused


def test_a_calendar_without_end_is_left(ended: Ended) -> None:
    assert sum(path.startswith("/calendar/") for path in ended.fates) <= 50  # as of any divided article


def test_no_hazard_takes_the_memory(ended: Ended) -> None:
    assert 20 < ended.megabytes < MAX_MEGABYTES


def test_a_page_of_ten_thousand_links_ends_at_the_limit(tmp_path: Path) -> None:
    with local_site("127.0.4.2") as site:
        site.html("/", links(*(f"/news/{number}.html" for number in range(10_000))))
        summary = crawl(workspace_in(tmp_path), [site.site(max_pages=5)])
    assert summary.fetched == 5 and summary.left == 9_996


def test_a_name_that_was_outside_and_leads_inside_is_refused(tmp_path: Path) -> None:
    """DNS rebinding: the start page names the host, and still nobody inside is asked."""
    workspace = workspace_in(tmp_path)
    with local_site() as site:
        site.html("/", article(1))
        start = (site.url.replace("127.0.0.1", "localhost") + "/",)
        with Frontier(workspace) as frontier:
            frontier.remember_public("localhost")
        assert crawl(workspace, [site.site(start=start)]).outcomes == {"demo": {"blocked": 1}}
        assert site.asked == []
        assert crawl(workspace_in(tmp_path / "new"), [site.site(start=start)]).outcomes == {
            "demo": {"new": 1}
        }


def test_a_site_that_answers_with_captchas_is_paused_and_said_so(tmp_path: Path) -> None:
    workspace = workspace_in(tmp_path)
    with local_site("127.0.4.3") as shut, local_site("127.0.4.4") as good:
        shut.html("/", links(*(f"/news/{number}.html" for number in range(20))))
        good.html("/", links("/news/1.html"))
        for number in range(20):
            shut.html(f"/news/{number}.html", CAPTCHA)
        good.html("/news/1.html", article(1))
        sites = [shut.site("shut"), good.site("good")]
        summary = crawl(workspace, sites)
        assert summary.outcomes == {"shut": {"new": 1, "blocked": 3}, "good": {"new": 2}}
        assert list(summary.paused) == ["shut"] and "captcha" in summary.paused["shut"]
        asked = len(shut.asked)
        again = crawl(workspace, sites)
        assert len(shut.asked) == asked and list(again.paused) == ["shut"]
        with Frontier(workspace) as frontier:
            (pause,) = frontier.pauses(["shut"]).values()
            assert (pause.until - datetime.now(UTC)).days == 0 and pause.times == 1
