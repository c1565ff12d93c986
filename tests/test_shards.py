"""Several crawlers, each with its part of the hosts: their corpus is that of one."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from crawl_server import LocalSite, article, links, local_site, workspace_in
from waiting import PATIENCE_SECONDS

from crawler.crawl import CrawlOptions, crawl, dry_run
from crawler.discover import in_shard
from crawler.frontier_reader import FrontierReader
from crawler.page import Fetch, KnownPage, fetch_id
from crawler.shards import frontiers, one_history, one_page, reading
from crawler.sites import load_sites
from crawler.workspace import Workspace, open_workspace
from tests.stores import ask, tables
from yuqi.building import build_workspace
from yuqi.cli import run
from yuqi.samples import Farm, serve, write_definitions
from yuqi.verifying import verified

PAGES = 16
NOW = datetime(2026, 5, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Workspace]]:
    """`one` crawled by one process; `three` by three at once, the third of them in `elsewhere`."""
    folder = tmp_path_factory.mktemp("shards")
    farm = Farm(pages=PAGES)
    with serve(farm) as running:
        places = {}
        for name in ("one", "three", "elsewhere"):
            root = folder / name
            root.mkdir()
            (root / "yuqi.toml").write_text("synthetic = true\nmin_free_gb = 0\n", encoding="utf-8")
            write_definitions(farm, root, running.bases)
            places[name] = open_workspace(root)
        crawl(places["one"], list(load_sites(places["one"].sites).values()))
        started = [_crawler(places["elsewhere" if number == 3 else "three"], number) for number in (1, 2, 3)]
        assert [one.wait(timeout=PATIENCE_SECONDS) for one in started] == [0, 0, 0]
    yield places


def _crawler(place: Workspace, number: int) -> subprocess.Popen[bytes]:
    command = ["crawl", "--shard", f"{number}/3", "--workspace", str(place.root)]
    return subprocess.Popen([sys.executable, "-m", "yuqi", *command], stdout=subprocess.DEVNULL)


def test_three_crawlers_on_two_machines_give_the_corpus_of_one(made: dict[str, Workspace]) -> None:
    one, three, elsewhere = made["one"], made["three"], made["elsewhere"]
    shutil.copytree(elsewhere.archive, three.archive, dirs_exist_ok=True)  # as rsync would
    shutil.copy(elsewhere.state / "frontier-3-of-3.sqlite", three.state)
    shutil.copy(one.state / "secret.key", three.state) if (one.state / "secret.key").exists() else None
    assert [place.shard for place in frontiers(three)] == [None, (1, 3), (2, 3), (3, 3)]
    folders = {path.name for path in three.archive.iterdir()}
    assert len(folders) >= 2 and folders <= {f"shard-{n}-of-3" for n in (1, 2, 3)}
    build_workspace(one)
    build_workspace(three)
    expected, found = tables(one.latest), tables(three.latest)
    assert expected.keys() == found.keys()
    for name, rows in expected.items():
        assert found[name] == rows, name
    assert len(ask(three.latest, "SELECT 1 FROM articles")) == PAGES
    assert len(ask(three.latest, "SELECT DISTINCT run_id FROM runs")) == 3
    assert verified(three).is_sound


def test_no_url_is_asked_for_by_two_crawlers(made: dict[str, Workspace]) -> None:
    asked = []
    for number in (1, 2, 3):
        place = made["elsewhere" if number == 3 else "three"]
        with FrontierReader(replace(place, shard=(number, 3))) as frontier:
            asked.append({fetch.url for fetch in frontier.fetches()})
    assert sum(map(bool, asked)) >= 2
    assert len(set().union(*asked)) == sum(map(len, asked))


def test_a_dry_run_tells_its_own_part_of_the_hosts(made: dict[str, Workspace], tmp_path: Path) -> None:
    sites = list(load_sites(made["one"].sites).values())
    (tmp_path / "yuqi.toml").write_text("synthetic = true\n", encoding="utf-8")
    place = open_workspace(tmp_path)
    told = [set(dry_run(place, sites, CrawlOptions(shard=(number, 3)))) for number in (1, 2, 3)]
    assert set().union(*told) == set(dry_run(place, sites))
    assert sum(map(len, told)) == len(set().union(*told))


@contextmanager
def of_two_shards() -> Iterator[tuple[LocalSite, LocalSite]]:
    """A host of the first of two shards and one of the second."""
    with ExitStack() as stack:
        hosts: dict[bool, LocalSite] = {}
        while len(hosts) < 2:  # shards go by host and port, and ports are others each time
            site = stack.enter_context(local_site())
            hosts.setdefault(in_shard(urlsplit(site.url).netloc, (1, 2)), site)
        yield hosts[True], hosts[False]


def test_a_link_to_a_host_of_another_shard_is_visited_by_that_shards_next_crawl(tmp_path: Path) -> None:
    with of_two_shards() as (mine, other):
        mine.html("/", links(f"{other.url}/article/1.html"))
        other.html("/", "<title>首页</title>")
        other.html("/article/1.html", article(1))
        place = workspace_in(tmp_path)
        both = mine.site(start=(f"{mine.url}/", f"{other.url}/"))
        for number in (1, 2):
            crawl(place, [both], CrawlOptions(shard=(number, 2)))
        with reading(place) as held:
            fetched = {fetch.url for fetch in held.fetches() if fetch.outcome == "new"}
        assert fetched == {f"{mine.url}/", f"{other.url}/", f"{other.url}/article/1.html"}


def test_a_page_that_names_another_shards_address_as_its_own_is_kept_there(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with of_two_shards() as (mine, other):
        kept = f"{other.url}/article/1.html"
        named, wrong = (f"<link rel='canonical' href='{kept}'>{article(number)}" for number in (1, 2))
        mine.html("/", links(f"{mine.url}/article/1.html", f"{mine.url}/article/2.html"))
        mine.html("/article/1.html", named)
        mine.html("/article/2.html", wrong)
        other.html("/", links(kept))
        other.html("/article/1.html", named)
        place = workspace_in(tmp_path)
        both = mine.site(start=(f"{mine.url}/", f"{other.url}/"))
        for number in (1, 2):
            crawl(place, [both], CrawlOptions(shard=(number, 2)))
    with reading(place) as held:
        losses = {page.url: page.loss for page in held.pages() if "/article/" in page.url}
        skipped = [fetch.url for fetch in held.fetches() if fetch.outcome == "skipped"]
    double, own = f"{mine.url}/article/1.html", f"{mine.url}/article/2.html"
    assert losses == {double: "duplicate", own: None, kept: None}  # of another text it is not believed
    assert skipped == [double]
    for url in (double, kept):
        assert run(["show", url, "--archived", "--workspace", str(place.root)]) == 0
        assert capsys.readouterr().out.count(url) >= 1


def visit(number: int, payload: str | None, outcome: str, days: int) -> Fetch:
    at = NOW + timedelta(days=days)
    return Fetch(f"{number}", "run", "a", "u", at, 200, outcome, payload, None, None, "f", number)  # type: ignore[arg-type]


def test_visits_of_one_url_by_two_crawlers_are_one_history() -> None:
    told = one_history(
        [
            visit(1, "p", "new", 0),
            visit(2, "q", "changed", 4),
            visit(1, "p", "new", 2),
            visit(2, None, "error", 3),
        ]
    )
    assert [one.outcome for one in told] == ["new", "unchanged", "error", "changed"]
    assert [one.fetch_id for one in told] == [fetch_id("u", number) for number in (1, 2, 3, 4)]


def test_a_page_that_one_crawler_has_seen_is_not_lost_because_another_was_refused() -> None:
    def page(state: str, loss: str | None, seen: int | None, visits: int) -> KnownPage:
        last = NOW + timedelta(days=seen) if seen is not None else None
        return KnownPage("u", "a", "article", state, True, loss, NOW, last, last, visits, 0, None)  # type: ignore[arg-type]

    alive, refused = page("live", None, 1, 2), page("blocked", "robots", None, 5)
    for pages in ([alive, refused], [refused, alive]):
        one = one_page(pages, [visit(1, "p", "new", 0), visit(2, "q", "changed", 1)])
        assert (one.state, one.loss, one.visits, one.changes) == ("live", None, 7, 1)
        assert one.last_changed_at == NOW + timedelta(days=1)


def test_other_bytes_around_the_same_sentences_are_no_change_of_a_page_that_two_crawlers_visit() -> None:
    seen = (("p", "new", "x"), ("q", "changed", "x"), ("q", "unchanged", None), ("r", "changed", "y"))
    visits = [
        replace(visit(number, payload, outcome, number), prose_sha256=prose)
        for number, (payload, outcome, prose) in enumerate(seen)
    ]
    page = KnownPage("u", "a", "article", "live", True, None, NOW, NOW, NOW, 2, 0, None)
    told = one_page([page, page], one_history(visits))
    assert (told.changes, told.last_changed_at) == (1, NOW + timedelta(days=3))


def test_the_doors_of_one_site_are_one_shards() -> None:
    for host in (f"{name}.example" for name in "abcdefgh"):
        assert in_shard(host, (1, 3)) == in_shard(f"www.{host}", (1, 3)) == in_shard(f"m.{host}", (1, 3))
