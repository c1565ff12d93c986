"""One crawl of a dozen local sites, then again: through the real process, sockets, archive and frontier."""

from __future__ import annotations

import gzip
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pytest
from crawl_server import LocalSite, Reply, article, farm, links, local_site, workspace_in

from crawler.archive import read_pages
from crawler.crawl import CrawlOptions, CrawlSummary, Progress, crawl, dry_run
from crawler.definitions import DefinitionError
from crawler.frontier import Frontier
from crawler.page import Fetch, KnownPage
from crawler.sites import Site
from crawler.workspace import FailedError, Workspace, open_workspace

NAMES = ("farm", "etag", "sitemap", "patterns", "redirects", "fates", "vanishing", "endless", "busy", "bomb",
         "robots", "outage", "taken", "delayed")  # fmt: skip


@dataclass
class World:
    """The sites, and what was known after each of three crawls."""

    workspace: Workspace
    sites: dict[str, LocalSite]
    busy_at: list[float]
    told: list[Progress]
    summaries: list[CrawlSummary]
    known: list[dict[str, dict[str, KnownPage]]]
    asked: list[dict[str, list[str]]]
    fetches: list[Fetch]

    def said(self, name: str, crawl_number: int = 0) -> dict[str, tuple[str, str | None]]:
        """Path → state and loss."""
        return {path: (page.state, page.loss) for path, page in self.known[crawl_number][name].items()}


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with ExitStack() as stack:
        sites = {name: stack.enter_context(local_site(f"127.0.1.{n + 1}")) for n, name in enumerate(NAMES)}
        workspace = workspace_in(tmp_path_factory.mktemp("crawl") / "w")
        world = World(workspace, sites, [], [], [], [], [], [])
        _build(world)
        definitions = [_definition(name, site) for name, site in sites.items()]
        _crawl(world, definitions, CrawlOptions(on_progress=world.told.append))
        _crawl(world, definitions, CrawlOptions())
        _change(world)
        _crawl(world, definitions, CrawlOptions(all=True))
        yield world


def _definition(name: str, site: LocalSite) -> Site:
    if name == "patterns":
        return site.site(name, article=r"/a/\d+\.html$", follow="/more/")
    return site.site(name)


def _crawl(world: World, definitions: list[Site], options: CrawlOptions) -> None:
    for site in world.sites.values():
        site.asked.clear()
    world.summaries.append(crawl(world.workspace, definitions, options))
    world.asked.append({name: site.paths() for name, site in world.sites.items()})
    with Frontier(world.workspace) as frontier, frontier.snapshot():
        known: dict[str, dict[str, KnownPage]] = {name: {} for name in world.sites}
        for page in frontier.pages():
            known[page.site_id]["/" + page.url.split("/", 3)[3]] = page
        world.known.append(known)
        world.fetches = list(frontier.fetches())


def _build(world: World) -> None:
    sites = world.sites
    farm(sites["farm"], lists=3, per_list=5)
    sites["etag"].html("/", links("/article/0.html"))
    sites["etag"].pages["/article/0.html"] = _conditional
    _build_sitemap(sites["sitemap"])
    sites["patterns"].html("/", links("/zoo-1.html", "/a/2.html", "/more/x", "/other/y/z"))
    sites["patterns"].html("/more/x", links("/a/3.html"))
    for path in ("/zoo-1.html", "/a/2.html", "/a/3.html", "/other/y/z"):
        sites["patterns"].html(path, article(1))
    _build_redirects(sites["redirects"])
    _build_fates(sites["fates"])
    farm(sites["vanishing"], lists=1, per_list=20)
    _build_endless(sites["endless"])
    _build_busy(sites["busy"], world.busy_at)
    sites["bomb"].html("/", links("/1.html", "/2.html"))
    bomb = gzip.compress(b"\0" * (80 << 20), 9)
    sites["bomb"].pages["/1.html"] = Reply(bomb, headers={"Content-Encoding": "gzip"})
    sites["bomb"].html("/2.html", article(2))
    sites["robots"].text("/robots.txt", "User-agent: *\nDisallow: /private/\n")
    sites["robots"].html("/", links(*(f"/private/{n}.html" for n in range(8)), "/1.html"))
    sites["robots"].html("/1.html", article(1))
    sites["outage"].text("/robots.txt", "", status=503)
    farm(sites["outage"], lists=1, per_list=3)
    farm(sites["taken"], lists=1, per_list=3)
    url = f"{sites['taken'].url}/article/1.html"
    world.workspace.takedowns.write_text(f'[[takedown]]\nurl = "{url}"\nreason = "asked"\n', encoding="utf-8")
    sites["delayed"].text("/robots.txt", "User-agent: *\nCrawl-delay: 0.5\n")
    farm(sites["delayed"], lists=1, per_list=3)


def _conditional(headers: dict[str, str]) -> Reply:
    same = headers.get("if-none-match") == '"a"'
    return Reply(b"" if same else article(0).encode(), 304 if same else 200, {"ETag": '"a"'})


def _build_sitemap(site: LocalSite) -> None:
    site.text("/robots.txt", "User-agent: *\nDisallow:\nSitemap: /maps.xml\n")
    site.html("/", "<title>首页</title>")
    index = f"<sitemapindex><sitemap><loc>{site.url}/one.xml.gz</loc></sitemap></sitemapindex>"
    urls = "".join(f"<url><loc>{site.url}/article/{n}.html</loc></url>" for n in range(3))
    site.pages["/maps.xml"] = Reply(index.encode(), headers={"Content-Type": "text/xml"})
    site.pages["/one.xml.gz"] = Reply(gzip.compress(f"<urlset>{urls}</urlset>".encode()), headers={})
    for number in range(3):
        site.html(f"/article/{number}.html", article(number))


def _build_redirects(site: LocalSite) -> None:
    site.html("/", links("/1.html", "/2.html", "/4.html", "/5.html", "/6.html", "/7.html"))
    site.pages["/1.html"] = Reply(status=301, headers={"Location": "/3.html"})
    site.html("/3.html", article(3))
    site.pages["/2.html"] = Reply(status=302, headers={"Location": "/2b.html"})
    site.pages["/2b.html"] = Reply(status=302, headers={"Location": "/2.html"})
    site.pages["/4.html"] = Reply(status=302, headers={"Location": "/hop/1"})
    for number in range(1, 30):
        site.pages[f"/hop/{number}"] = Reply(status=302, headers={"Location": f"/hop/{number + 1}"})
    site.pages["/5.html"] = Reply(status=302, headers={"Location": "http://example.com/"})
    site.pages["/6.html"] = Reply(status=302, headers={"Location": "http://169.254.169.254/latest/"})
    site.pages["/7.html"] = Reply(status=302, headers={"Location": "/中文.html"})  # bytes, not escaped
    site.html("/%E4%B8%AD%E6%96%87.html", article(7))


def _build_fates(site: LocalSite) -> None:
    site.html("/", links("/1.html", "/2.html", "/3.html", "/4.html", "/5.html"))
    site.html("/1.html", "<title>页面不存在 - 某站</title>" + "推荐阅读" * 200)
    site.pages["/2.html"] = Reply(status=410)
    site.pages["/3.html"] = Reply(status=403)
    site.pages["/4.html"] = Reply(status=500)
    site.html("/5.html", article(5))


def _build_endless(site: LocalSite) -> None:
    site.html("/", links("/article/1.html") + '<a href="/list/2.html">2</a>')
    site.html("/article/1.html", article(1))
    for page in range(2, 60):
        site.html(
            f"/list/{page}.html", links("/article/1.html") + f'<a href="/list/{page + 1}.html">下一页</a>'
        )


def _build_busy(site: LocalSite, asked_at: list[float]) -> None:
    def busy_once(_: dict[str, str]) -> Reply:
        asked_at.append(time.monotonic())
        busy = len(asked_at) == 1
        return Reply(status=503, headers={"Retry-After": "3"}) if busy else Reply(article(1).encode())

    site.html("/", links("/1.html", "/2.html"))
    site.pages["/1.html"] = busy_once
    site.html("/2.html", article(2))


def _change(world: World) -> None:
    world.sites["farm"].html("/article/1.html", article(100))
    world.sites["fates"].pages["/5.html"] = Reply(status=404)
    for number in range(20):
        world.sites["vanishing"].pages[f"/article/{number}.html"] = Reply(status=404)
    with world.workspace.takedowns.open("a", encoding="utf-8") as file:
        file.write(f'[[takedown]]\nurl = "{world.sites["taken"].url}/article/2.html"\n')


def test_every_page_of_a_site_is_asked_for_once(world: World) -> None:
    assert world.summaries[0].outcomes["farm"] == {"new": 18}
    assert Counter(Counter(world.asked[0]["farm"]).values()) == {1: 19}  # and robots.txt
    assert set(world.said("farm").values()) == {("live", None)}
    assert world.told and world.told[-1].fetched > 0


def test_a_host_is_asked_one_request_at_a_time(world: World) -> None:
    assert {site.most_at_once for site in world.sites.values()} == {1}


def test_what_was_archived_reads_back_as_the_server_sent_it(world: World) -> None:
    site = world.sites["etag"]
    fetches = [fetch for fetch in world.fetches if fetch.site_id == "etag" and fetch.payload_sha256]
    read = [
        page for page in read_pages(world.workspace.root, fetches) if page.url == f"{site.url}/article/0.html"
    ]
    assert [page.payload.decode() for page in read] == [article(0)] * 2  # the second is a revisit record


def test_a_second_crawl_asks_nobody(world: World) -> None:
    assert world.summaries[1].fetched == 0
    quiet = set(NAMES) - {"fates", "outage"}  # what failed may be tried again
    assert {name: asked for name, asked in world.asked[1].items() if name in quiet and asked} == {}


def test_all_asks_again_and_tells_changed_from_unchanged(world: World) -> None:
    assert world.summaries[2].outcomes["farm"] == {"unchanged": 17, "changed": 1}
    assert world.known[2]["farm"]["/article/1.html"].changes == 1
    assert world.summaries[2].outcomes["etag"] == {"unchanged": 2}
    outcomes = Counter(fetch.http_status for fetch in world.fetches if fetch.site_id == "etag")
    assert outcomes == {200: 3, 304: 1}


def test_sitemaps_that_robots_names_are_used_also_gzipped(world: World) -> None:
    kinds = Counter(page.kind for page in world.known[0]["sitemap"].values())
    assert kinds == {"list": 1, "sitemap": 2, "unknown": 3}


def test_patterns_of_the_definition_decide_what_is_an_article(world: World) -> None:
    kinds = {path: page.kind for path, page in world.known[0]["patterns"].items()}
    assert kinds == {"/": "list", "/a/2.html": "article", "/a/3.html": "article", "/more/x": "list"}


def test_a_redirect_leads_on_and_loops_and_chains_end(world: World) -> None:
    said = world.said("redirects")
    assert {said[path] for path in ("/1.html", "/2.html", "/2b.html", "/5.html", "/6.html")} == {
        ("blocked", "redirect")
    }
    assert said["/3.html"] == said["/%E4%B8%AD%E6%96%87.html"] == ("live", None)
    assert sum(path.startswith("/hop/") for path in said) == 10
    assert all(
        page.url.startswith(world.sites["redirects"].url) for page in world.known[0]["redirects"].values()
    )


def test_gone_soft_404_refused_and_failing_pages_have_their_fate(world: World) -> None:
    assert world.said("fates") == {
        "/": ("live", None),
        "/1.html": ("soft-404", "soft-404"),
        "/2.html": ("gone", "gone"),
        "/3.html": ("blocked", "blocked"),
        "/4.html": ("blocked", "http-error"),
        "/5.html": ("live", None),
    }
    assert world.known[0]["fates"]["/4.html"].visits == 3  # attempts
    assert world.said("fates", 2)["/5.html"] == ("live", None)  # one visit alone is not believed
    assert _outcome(world, "fates", "/5.html") == "gone"


def _outcome(world: World, name: str, path: str) -> str:
    """Of the last visit."""
    url = f"{world.sites[name].url}{path}"
    return [fetch.outcome for fetch in world.fetches if fetch.url == url][-1]


def test_a_site_that_vanishes_as_a_whole_is_not_believed_and_left_alone(world: World) -> None:
    assert {state for state, _ in world.said("vanishing", 2).values()} == {"live"}
    assert len(world.asked[2]["vanishing"]) < 15  # of 21 pages
    assert "vanishing" in world.summaries[2].halted


def test_a_list_that_never_ends_is_left(world: World) -> None:
    assert sum(path.startswith("/list/") for path in world.said("endless")) < 5


def test_retry_after_is_waited_for(world: World) -> None:
    assert world.busy_at[1] - world.busy_at[0] >= 3
    assert world.said("busy")["/1.html"] == ("live", None)
    first = [
        fetch.outcome for fetch in world.fetches if fetch.site_id == "busy" and fetch.url.endswith("/1.html")
    ]
    assert first[:2] == ["error", "new"]


def test_a_bomb_is_archived_as_sent_and_never_unpacked(world: World) -> None:
    assert world.said("bomb")["/1.html"] == ("blocked", "too-large")
    assert world.known[0]["bomb"]["/1.html"].visits == 1
    assert world.said("bomb")["/2.html"] == ("live", None)


def test_no_page_that_robots_forbids_is_asked_for_however_many_wait(world: World) -> None:
    assert not [path for asked in world.asked for path in asked["robots"] if "private" in path]
    refused = [path for path, said in world.said("robots").items() if said == ("blocked", "robots")]
    assert len(refused) == 8
    assert world.said("robots")["/1.html"] == ("live", None)


def test_a_robots_file_that_cannot_be_read_forbids_everything(world: World) -> None:
    assert {path for asked in world.asked for path in asked["outage"]} == {"/robots.txt"}
    assert world.said("outage") == {"/": ("blocked", "robots")}


def test_robots_is_read_once_a_day(world: World) -> None:
    assert world.asked[0]["farm"].count("/robots.txt") == 1
    assert world.asked[2]["farm"].count("/robots.txt") == 0


def test_crawl_delay_holds_where_it_is_longer(world: World) -> None:
    times = [asked.fetched_at for asked in world.fetches if asked.site_id == "delayed"][:4]
    assert all((b - a).total_seconds() >= 0.45 for a, b in pairwise(times))


def test_what_is_taken_down_is_not_asked_for(world: World) -> None:
    assert "/article/1.html" not in world.known[0]["taken"]
    assert "/article/2.html" in world.asked[0]["taken"] and "/article/2.html" not in world.asked[2]["taken"]
    assert not [path for asked in world.asked for path in asked["taken"] if path == "/article/1.html"]


def test_a_list_of_takedowns_that_breaks_under_way_ends_the_crawl_and_says_which(tmp_path: Path) -> None:
    """Otherwise what somebody asked out would be fetched, or the rest be taken for done."""
    place = workspace_in(tmp_path)
    with local_site() as site:
        farm(site, lists=1, per_list=30)

        def breaks(_headers: dict[str, str]) -> Reply:
            place.takedowns.write_text("[[takedown]]\nurl =", encoding="utf-8")
            return Reply(article(3).encode())

        site.pages["/article/3.html"] = breaks
        with pytest.raises(FailedError, match=r"takedowns\.toml"):
            crawl(place, [site.site(at_once=4)])
        place.takedowns.unlink()
        site.html("/article/3.html", article(3))
        assert crawl(place, [site.site(at_once=4)]).resumed
    with Frontier(place) as frontier:
        assert {page.state for page in frontier.pages()} == {"live"}
    asked = Counter(site.paths())
    assert sum(asked.values()) - len(asked) <= 5  # under way when it broke, and robots.txt


def test_without_a_contact_nobody_is_asked(tmp_path: Path) -> None:
    (tmp_path / "yuqi.toml").write_text("", encoding="utf-8")
    with pytest.raises(DefinitionError, match="contact"):
        crawl(open_workspace(tmp_path), [Site("demo", start=("http://example.com/",))])


def test_max_pages_stops_dry_run_says_what_is_left_and_the_next_run_goes_on(tmp_path: Path) -> None:
    with local_site() as site:
        farm(site, lists=1, per_list=4)
        workspace, definition = workspace_in(tmp_path), site.site()
        assert list(dry_run(workspace, [definition])) == [
            (f"{site.url}/", "demo", "start page, never visited")
        ]
        summary = crawl(workspace, [definition], CrawlOptions(max_pages=3))
        assert (summary.fetched, summary.left) == (3, 2)
        assert {why for _, _, why in dry_run(workspace, [definition])} == {"found, never visited; in full"}
        with Frontier(workspace) as frontier:
            assert Counter(page.loss for page in frontier.pages()) == {None: 3, "not-fetched": 2}
        assert crawl(workspace, [definition]).fetched == 2
        assert Counter(Counter(site.paths()).values()) == {1: 6}
