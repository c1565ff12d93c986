"""Why a URL would not be asked for now: said by dry runs and by `status --url` before anybody is asked."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from crawl_server import farm, local_site, workspace_in

from crawler import process
from crawler.asking import Asking
from crawler.crawl import crawl, dry_run
from crawler.frontier import Frontier
from crawler.pauses import Pause
from crawler.robots import RobotsFile
from crawler.sites import Site
from yuqi.cli import run

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)
URL = "http://a.example.com/1.html"
SITE = Site("a", ("http://a.example.com/",))
HOST = "a.example.com"


def test_what_stands_in_the_way_of_a_url_is_said(tmp_path: Path) -> None:
    with Frontier(workspace_in(tmp_path)) as frontier:

        def said(site: Site = SITE) -> str:
            return Asking(frontier, [site]).says(URL, "a", NOW)

        assert said() == "in full"
        frontier.stay_away(HOST, NOW + timedelta(seconds=90))  # a run sits that out
        assert said() == "in full"
        assert said(replace(SITE, hours="02:00-03:00")) == "outside its hours 02:00-03:00"
        frontier.stay_away(HOST, NOW + timedelta(days=2))
        assert said() == "a.example.com asked to be left alone until 2026-05-03 12:00 UTC"
        frontier.pause(Pause(HOST, "a", "captcha", NOW, NOW + timedelta(days=3)))
        assert said().startswith("a.example.com answers with a captcha page")
        for status, text, expected in ((503, "", False), (200, "User-agent: *\nDisallow: /1", True)):
            frontier.remember_robots(RobotsFile("http://a.example.com", status, text, NOW))
            assert (
                said() == "robots.txt forbids it"
            ) == expected  # what could not be read is asked for again


def test_status_says_of_a_url_in_any_spelling_why_it_is_not_asked_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = workspace_in(tmp_path)
    with local_site("127.0.9.2") as site:
        farm(site, lists=1, per_list=2)
        definition = site.site(pages_per_day=2)
        (place.sites / "demo.toml").write_text(
            f'start = ["{site.url}/"]\ndelay_seconds = 0\npages_per_day = 2\n', encoding="utf-8"
        )
        crawl(place, [definition])
    told = {url: why for url, _, why in dry_run(place, [definition])}
    (waiting,) = told
    assert told[waiting] == "found, never visited; its 2 pages of today are fetched"
    spelt = waiting.replace("http://", "HTTP://") + "?utm_source=share#top"
    assert run(["status", "--url", spelt, "--workspace", str(place.root)]) == 0
    assert "found, not visited yet; but its 2 pages of today are fetched" in capsys.readouterr().out


def test_counting_what_is_left_takes_a_small_share_of_the_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a frontier so large, on a machine so busy, that it takes two seconds each time."""
    now, counted, told = [100.0], [], []

    def ready(_: object) -> int:
        counted.append(now[0])
        now[0] += 2
        return 7

    monkeypatch.setattr(process.time, "monotonic", lambda: now[0])
    crawling = SimpleNamespace(frontier=SimpleNamespace(ready=ready), sites={})
    progress = process._teller(told.append, crawling)  # type: ignore[arg-type]
    while now[0] < 1000:
        progress(1, 1)
        now[0] += 0.1
    assert 2 * len(counted) < 900 * 0.03
    assert told[0] == {"progress": {"fetched": 1, "ready": 7, "bytes": 1}} and len(told) == len(counted) > 5


def test_a_site_that_is_rendered_is_asked_for_in_full(tmp_path: Path) -> None:
    place = workspace_in(tmp_path)
    with local_site("127.0.9.2") as site:
        farm(site, lists=1, per_list=1)
        crawl(place, [site.site()])
        later = datetime.now(UTC)
        with Frontier(place) as frontier:
            asked = [
                Asking(frontier, [site.site(render=render)]).says(f"{site.url}/article/0.html", "demo", later)
                for render in (False, True)
            ]
    assert asked == ["only if it has changed", "in full, in a browser"]
