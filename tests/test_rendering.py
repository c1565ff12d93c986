"""Script-only sites in the system's Chromium: what scripts write is a page, and nobody else is asked."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

import pytest
from crawl_server import LocalSite, Reply, local_site, workspace_in
from fastwarc.warc import ArchiveIterator

from crawler import browser
from crawler.archive import read_page
from crawler.browser import browser_path
from crawler.crawl import CrawlOptions, crawl
from crawler.page import Fetch, KnownPage
from crawler.shards import reading
from crawler.sites import Site
from crawler.workspace import FailedError, Workspace
from yuqi.verifying import verified

CHROMIUM = os.environ.get("YUQI_CHROMIUM") or shutil.which("chromium")
in_browser = pytest.mark.skipif(
    CHROMIUM is None or find_spec("scrapy_playwright") is None,
    reason="no chromium (`apt-get install chromium`, or $YUQI_CHROMIUM) or no `yuqi[render]` here",
)
SHELL = "<!DOCTYPE html><html><head><title>频道</title></head><body><div id='app'></div>{}</body></html>"
APP = "<script src='/app.js'></script>"
SCRIPT = """
const at = location.pathname === "/" ? "/api/list.json" : location.pathname.replace("html", "json");
fetch(at).then(r => r.json()).then(said => {
  document.title = said.title;
  document.getElementById("app").innerHTML = said.html;
});
"""
LEADS_AWAY = "location.href = 'http://127.0.7.2/'"
HANGS = "while (true) {}"
GROWS = "const a = []; while (true) a.push(new Array(1e6).fill(1))"
ASKS_ON = "setInterval(() => fetch('/api/list.json?' + Math.random()), 50)"
TRIES = (
    "fetch(out, {mode: 'no-cors'}).catch(() => 0); fetch('/api/secret.json').catch(() => 0)",
    "fetch('/post', {method: 'POST', body: 'x'}).catch(() => 0); navigator.sendBeacon(out, 'x')",
    "new Image().src = out; new Image().src = '/pixel.png'",
    "new WebSocket(out.replace('http', 'ws'))",
    "new EventSource(out)",
    "window.open(out)",
    "document.write(`<iframe src=${out}></iframe><object data=${out}></object>`)",
    "document.write(`<script src=${out}><\\/script><link rel=prefetch href=${out}>`)",
    "document.write(`<link rel=stylesheet href=${out}><link rel=preconnect href=${out}>`)",
    "new RTCPeerConnection({iceServers: [{urls: 'stun:127.0.7.2:3478'}]}).createDataChannel('x')",
    "addEventListener('load', () => setTimeout(() => { location.href = out; }, 20))",
)
TEXT = "".join(f"<p>这是第{n}段，讲的是账单怎么核对，分期怎么谈，哪些话要留在纸上。</p>" for n in range(9))


def script_site(site: LocalSite, articles: int = 2, more: str = "") -> None:
    """Pages are the same empty shell; one script asks for what stands on them."""
    site.html("/", SHELL.format(APP))
    site.pages["/app.js"] = Reply((SCRIPT + more).encode(), headers={"Content-Type": "text/javascript"})
    names = [f"/article/{n}.html" for n in range(1, articles + 1)]
    said = "".join(f'<li><a href="{name}">第{n}篇</a></li>' for n, name in enumerate(names, 1))
    answer(site, "/api/list.json", "列表", f"<ul>{said}</ul>")
    for number, name in enumerate(names, 1):
        site.html(name, SHELL.format(APP), ETag='"shell"')
        answer(site, name.replace("html", "json"), f"第{number}篇", f"<h1>第{number}篇</h1>{TEXT}")


def answer(site: LocalSite, path: str, title: str, html: str) -> None:
    body = json.dumps({"title": title, "html": html}).encode()
    site.pages[path] = Reply(body, headers={"Content-Type": "application/json"})


@pytest.fixture
def site() -> Iterator[LocalSite]:
    with local_site("127.0.7.1") as server:
        yield server


def told(place: Workspace) -> tuple[dict[str, KnownPage], list[Fetch]]:
    with reading(place) as held:
        return {page.url: page for page in held.pages()}, list(held.fetches())


def text_of(place: Workspace, url: str) -> str:
    with reading(place) as held:
        fetch = held.archived(url)
    assert fetch is not None
    return read_page(place.root, fetch, sourced=True).payload.decode("utf-8")


@pytest.mark.slow
@in_browser
def test_what_scripts_write_is_followed_archived_and_the_same_again_adds_nothing(
    tmp_path: Path, site: LocalSite
) -> None:
    script_site(site)
    site.text("/robots.txt", "User-agent: *\nDisallow: /article/2.html\n")
    place = workspace_in(tmp_path)
    crawl(place, [site.site(render=True)])
    pages, fetches = told(place)
    assert pages[f"{site.url}/article/2.html"].loss == "robots"
    assert TEXT[3:20] in text_of(place, f"{site.url}/article/1.html")
    assert site.paths().count("/app.js") == 1  # once a run
    crawl(place, [site.site(render=True)], CrawlOptions(all=True))
    pages, fetches = told(place)
    again = [fetch.outcome for fetch in fetches if fetch.url.endswith("/article/1.html")]
    assert again == ["new", "unchanged"]
    kinds = [kind for kind, url in records(place) if url.endswith("/article/1.html")]
    assert sorted(kinds) == ["conversion", "request", "request", "response", "response"]
    assert not any("json" in url or "app.js" in url for _, url in records(place))
    answer(site, "/article/1.json", "第1篇", f"<h1>第1篇</h1>{TEXT}<p>后来又添了一段，讲的是怎么留证据。</p>")
    crawl(place, [site.site(render=True)], CrawlOptions(all=True))
    assert told(place)[0][f"{site.url}/article/1.html"].changes == 1
    assert verified(place).is_sound


def records(place: Workspace) -> list[tuple[str, str]]:
    found = []
    for path in sorted(place.archive.rglob("*.warc.gz")):
        with path.open("rb") as file:
            for record in ArchiveIterator(file, parse_http=False):
                found.append((str(record.record_type), record.headers.get("WARC-Target-URI") or ""))
    return found


@pytest.mark.slow
@in_browser
def test_no_page_of_the_browser_reaches_anybody_but_the_sites_own_hosts(
    tmp_path: Path, site: LocalSite
) -> None:
    """Another host, another port of the same one, frames, pictures, forms, sockets, windows, a way away."""
    with local_site("127.0.7.2") as other:
        other.html("/", "<p>里面</p>")
        script_site(site, articles=len(TRIES))
        for number, tried in enumerate(TRIES, 1):
            script = f"<script>const out = '{other.url}/'; {tried}</script>"
            site.html(f"/article/{number}.html", SHELL.format(script + APP))
        site.text("/robots.txt", "User-agent: *\nDisallow: /api/secret\n")
        place = workspace_in(tmp_path)
        crawl(place, [site.site(render=True, article="/article/")])
        assert other.asked == []
    for number in range(1, len(TRIES) + 1):
        assert TEXT[3:20] in text_of(place, f"{site.url}/article/{number}.html"), TRIES[number - 1]
    assert not {"/post", "/pixel.png", "/api/secret.json"} & set(site.paths())


@pytest.mark.slow
@in_browser
def test_pages_that_hang_crash_or_lack_their_text_are_named_and_the_crawl_goes_on(
    tmp_path: Path, site: LocalSite
) -> None:
    script_site(site, articles=6)
    for number, script in enumerate((HANGS, GROWS, ASKS_ON, LEADS_AWAY), 1):
        site.html(f"/article/{number}.html", SHELL.format(f"<script>{script}</script>"))
    site.pages["/article/5.json"] = Reply(b"busy", 503)
    place = workspace_in(tmp_path)
    crawl(place, [site.site(render=True)])
    pages, _ = told(place)
    losses = {n: pages[f"{site.url}/article/{n}.html"].loss for n in range(1, 7)}
    assert [n for n, loss in losses.items() if loss == "not-rendered"] == [1, 2, 4, 5]
    assert losses[3] is losses[6] is None
    assert sum(path.startswith("/api/list.json?") for path in site.paths()) <= 30


def test_a_missing_extra_or_browser_is_said_before_anything_is_asked_for(
    tmp_path: Path, site: LocalSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    script_site(site)
    place, wanting = workspace_in(tmp_path), site.site(render=True)
    assert browser_path([site.site()]) is None
    monkeypatch.setattr(browser, "find_spec", lambda _: None)
    with pytest.raises(FailedError, match=r"`demo`.*pip install 'yuqi\[render\]'"):
        crawl(place, [wanting])
    monkeypatch.setattr(browser, "find_spec", lambda _: object())
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("YUQI_CHROMIUM", raising=False)
    with pytest.raises(FailedError, match=r"no Chromium.*\$YUQI_CHROMIUM"):
        crawl(place, [wanting])
    monkeypatch.setenv("YUQI_CHROMIUM", "/nowhere/chromium")
    with pytest.raises(FailedError, match="/nowhere/chromium"):
        browser_path([replace(wanting, site_id="demo"), Site("other")])
    assert site.asked == []
