"""What counts as a change, as gone and as the same page: crawls of local sites in a row, and a build."""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import timedelta
from typing import Any

import pytest
from crawl_server import LocalSite, Reply, links, local_site, workspace_in
from stores import ask

from crawler.crawl import CrawlOptions, CrawlSummary, crawl, dry_run
from crawler.duplicates import Address, duplicates, page_key
from crawler.frontier import Frontier
from crawler.page import KnownPage
from crawler.workspace import Workspace
from yuqi.building import build_workspace
from yuqi.commands.status import revisit_row

NAMES = ("bytes", "mostly", "gone", "unlisted", "vanishing", "fewer", "odd", "alike", "home", "lying",
         "spelt", "canon")  # fmt: skip
RUNS = 4
MOSTLY, PADDING = 40, b"<!--" + b"x" * 30_000 + b"-->"
SENTENCES = (
    "借款人逾期以后，平台通常会先发送短信提醒，再由客服人员拨打电话询问还款时间。",
    "如果暂时没有能力偿还，可以主动说明情况，提出一个自己做得到的还款计划。",
    "遇到不合理的要求时，应当保留好通话录音和聊天记录，需要时向有关部门反映。",
)
ODD = "<title>某站</title><p>啊哦，走丢了，去看看别的吧。</p>" + "<p>大家都在看这些话题，欢迎参与。</p>" * 30
MISSING = Reply(b"", 404)


class World:
    """The sites, and what was known after each run."""

    def __init__(self, sites: dict[str, LocalSite], workspace: Workspace) -> None:
        self.sites, self.workspace = sites, workspace
        self.run = 0
        self.sent: Counter[int] = Counter()
        self.summaries: list[CrawlSummary] = []
        self.known: list[dict[str, KnownPage]] = []
        self.asked: list[dict[str, list[Any]]] = []

    def crawl(self) -> None:
        definitions = [site.site(name) for name, site in self.sites.items()]
        for site in self.sites.values():
            site.asked.clear()
        self.summaries.append(crawl(self.workspace, definitions, CrawlOptions(all=True)))
        self.asked.append({name: list(site.asked) for name, site in self.sites.items()})
        with Frontier(self.workspace) as frontier:
            self.known.append({page.url: page for page in frontier.pages()})
            self.outcomes = defaultdict(list)
            for fetch in frontier.fetches():
                self.outcomes[fetch.url].append(fetch.outcome)
        self.run += 1

    def states(self, name: str, numbers: range, run: int = RUNS - 1) -> list[str]:
        return [self.known[run][self.url(name, number)].state for number in numbers]

    def url(self, name: str, number: int) -> str:
        return f"{self.sites[name].url}/article/{number}.html"

    def ask(self, question: str) -> list[tuple[Any, ...]]:
        return ask(self.workspace.latest, question)


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with ExitStack() as stack:
        sites = {name: stack.enter_context(local_site(f"127.0.2.{n + 1}")) for n, name in enumerate(NAMES)}
        world = World(sites, workspace_in(tmp_path_factory.mktemp("change") / "w"))
        _before(world)
        world.crawl()
        _first_changes(world)
        world.crawl()
        _second_changes(world)
        world.crawl()
        sites["gone"].pages["/article/1.html"] = Reply(b"", 410)
        world.crawl()
        build_workspace(world.workspace)
        yield world


def text(number: int) -> str:
    """Long enough for an article, and like no other."""
    return "".join(f"<p>{line}这是第{number}篇的第{n}段。</p>" for n, line in enumerate(SENTENCES * 3))


def page(number: int, around: str = "", body: str | None = None, head: str = "") -> str:
    said = body or text(number)
    return (
        f"<html><head><title>第{number}篇：逾期以后怎么协商</title>{head}</head><body><div>{around}</div>"
        f"<article><h1>第{number}篇：逾期以后怎么协商</h1>{said}</article></body></html>"
    )


def _articles(site: LocalSite, count: int) -> None:
    paths = [f"/article/{n}.html" for n in range(count)]
    site.html("/", f"<title>列表</title>{links(*paths)}")
    for number, path in enumerate(paths):
        site.html(path, page(number))


def _before(world: World) -> None:
    sites = world.sites
    for name, count in {"bytes": 4, "gone": 4, "unlisted": 3, "vanishing": 20, "fewer": 20, "odd": 12,
                        "home": 6, "lying": 1}.items():  # fmt: skip
        _articles(sites[name], count)
    _mostly_unchanged(world)
    _articles(sites["alike"], 5)
    for number in range(5):
        sites["alike"].html(f"/article/{number}.html", page(7))
    sites["home"].html("/moved/article/2.html", page(2))
    sites["lying"].pages["/article/0.html"] = _always_same
    _spelt(sites["spelt"])
    canon = sites["canon"]
    canon.html("/", links("/article/1.html", "/article/2.html"))
    canon.html("/article/1.html", page(1, head=f'<link rel="canonical" href="{canon.url}/">'))
    canon.html("/article/2.html", page(2, head=f'<link rel="canonical" href="{canon.url}/article/1.html">'))


def _mostly_unchanged(world: World) -> None:
    site = world.sites["mostly"]

    def reply(number: int) -> Any:
        def said(headers: dict[str, str]) -> Reply:
            changes = min(world.run, 1) if number % 20 == 0 else 0
            tag = f'"{number}-{changes}"'
            same = headers.get("if-none-match") == tag
            body = b"" if same else page(number, body=text(number + changes * 1000)).encode() + PADDING
            world.sent[world.run] += len(body) + 150  # and some headers
            return Reply(body, 304 if same else 200, {"ETag": tag, "Content-Type": "text/html"})

        return said

    _articles(site, MOSTLY)
    for number in range(MOSTLY):
        site.pages[f"/article/{number}.html"] = reply(number)
    world.sent.update(dict.fromkeys(range(RUNS), len(site.pages["/"].body)))  # type: ignore[union-attr]


def _always_same(headers: dict[str, str]) -> Reply:
    same = "if-none-match" in headers
    return Reply(b"" if same else page(0).encode(), 304 if same else 200, {"ETag": '"x"'})


def _spelt(site: LocalSite) -> None:
    pairs = ("/a/11.html", "/a/11.html?from=list"), ("/b/21/", "/b/21"), ("/c/31.html", "/c/32.html")
    site.html("/", links(*(path for pair in pairs for path in pair)))
    own = f'<link rel="canonical" href="{site.url}/c/31.html">'
    for number, pair in enumerate(pairs):
        for path in pair:
            around = "" if number == 0 else f"<i>{path}</i>"
            site.html(path, page(number, around, head=own if number == 2 else ""))


def _first_changes(world: World) -> None:
    sites = world.sites
    sites["bytes"].html("/article/1.html", page(1, "<span>阅读 77</span><span>今天是 10:42</span>"))
    sites["bytes"].html(
        "/article/2.html", page(2, body=text(2) + "<p>利率由百分之三十六改成了百分之二十四。</p>")
    )
    for name, numbers in {"gone": range(2), "vanishing": range(2, 20), "fewer": range(8)}.items():
        sites[name].pages |= {f"/article/{number}.html": MISSING for number in numbers}
    sites["unlisted"].html("/", f"<title>列表</title>{links('/article/2.html')}")
    for number in range(5):
        sites["odd"].html(f"/article/{number}.html", ODD)
    sites["home"].pages["/article/1.html"] = Reply(b"", 302, {"Location": "/"})
    sites["home"].pages["/article/2.html"] = Reply(b"", 301, {"Location": "/moved/article/2.html"})


def _second_changes(world: World) -> None:
    world.sites["gone"].html("/article/1.html", page(1))
    with sqlite3.connect(world.workspace.frontier) as db:
        db.execute("UPDATE url SET full_at = full_at - 91 * 86400 * 1000000 WHERE site_id = 'lying'")
    db.close()


def test_other_bytes_around_the_same_text_are_no_change_and_no_version(world: World) -> None:
    urls = [world.url("bytes", number) for number in range(4)]
    assert world.outcomes[urls[1]][:2] == ["new", "changed"]
    assert [world.known[-1][url].changes for url in urls] == [0, 0, 1, 0]
    counted = "SELECT count(*) FROM articles WHERE site_id = 'bytes' GROUP BY url ORDER BY url"
    assert world.ask(counted) == [(1,), (1,), (2,), (1,)]
    told = world.ask(f"SELECT DISTINCT page_text_sha256, prose_sha256 FROM fetches WHERE url = '{urls[1]}'")
    assert len({whole for whole, _ in told if whole}) == 2 and len({prose for _, prose in told if prose}) == 1


def test_a_recrawl_with_one_in_twenty_changed_takes_a_fifteenth_of_the_bytes(world: World) -> None:
    changed = MOSTLY // 20
    assert world.summaries[1].outcomes["mostly"] == {"unchanged": MOSTLY - changed + 1, "changed": changed}
    assert world.sent[0] >= 15 * world.sent[1] > 0
    versions = "SELECT version, count(*) FROM articles WHERE site_id = 'mostly' GROUP BY ALL ORDER BY ALL"
    assert world.ask(versions) == [(1, MOSTLY), (2, changed)]


def test_a_page_is_gone_when_a_second_run_misses_it(world: World) -> None:
    assert world.states("gone", range(4), 1) == ["live"] * 4
    assert world.outcomes[world.url("gone", 0)] == ["new", "gone", "gone", "gone"]
    assert world.states("gone", range(4), 2) == ["gone", "live", "live", "live"]


def test_a_page_that_came_back_must_be_missed_twice_again(world: World) -> None:
    assert world.outcomes[world.url("gone", 1)] == ["new", "gone", "unchanged", "gone"]
    assert world.states("gone", range(1, 2)) == ["live"]


def test_status_says_what_the_next_visit_rests_on(world: World) -> None:
    url = world.url("gone", 1)
    with Frontier(world.workspace) as frontier:
        known, seen = frontier.visit(url), frontier.page(url)
    assert known is not None and seen is not None and known.missing_at is not None and seen.last_seen_at
    told = revisit_row(known, seen, seen.last_seen_at + timedelta(days=30))
    assert told["missing_at"] == known.missing_at and told["full_at"] == known.full_at
    assert told["interval_days"] == 30 and told["score"] == told["threshold"] > 0


def test_an_article_that_no_list_names_any_more_is_not_gone(world: World) -> None:
    assert world.states("unlisted", range(3)) == ["live"] * 3


def test_more_than_half_of_a_site_missing_stops_it_and_buries_nothing(world: World) -> None:
    for run in range(1, RUNS):
        assert "more than half" in world.summaries[run].halted["vanishing"]
        assert len(world.asked[run]["vanishing"]) < 16
    assert world.states("vanishing", range(20)) == ["live"] * 20


def test_less_than_half_of_a_site_may_be_gone(world: World) -> None:
    assert not any("fewer" in summary.halted for summary in world.summaries)
    assert world.states("fewer", range(20)) == ["gone"] * 8 + ["live"] * 12


def test_the_text_that_took_the_place_of_three_articles_is_a_soft_404(world: World) -> None:
    assert world.states("odd", range(12)) == ["soft-404"] * 5 + ["live"] * 7


def test_the_same_text_on_pages_that_never_had_another_is_no_soft_404(world: World) -> None:
    assert world.states("alike", range(5)) == ["live"] * 5


def test_an_article_that_leads_to_the_home_page_is_missing_and_one_that_moved_is_not(world: World) -> None:
    assert world.states("home", range(1, 2), 1) == ["live"]
    assert world.states("home", range(1, 3)) == ["soft-404", "live"]
    assert world.outcomes[world.url("home", 2)][-1] == "redirect"


def test_a_304_is_not_believed_for_ever(world: World) -> None:
    asked = [[one.headers for one in run["lying"] if one.path == "/article/0.html"] for run in world.asked]
    assert ["if-none-match" in headers for (headers,) in asked] == [False, True, False, True]
    assert world.outcomes[world.url("lying", 0)] == ["new", "unchanged", "unchanged", "unchanged"]


def test_one_page_under_several_addresses_is_kept_once(world: World) -> None:
    kept = world.ask("SELECT url FROM articles WHERE site_id = 'spelt' ORDER BY url")
    home = world.sites["spelt"].url
    assert [url.removeprefix(home) for (url,) in kept] == ["/a/11.html", "/b/21", "/c/31.html"]
    reasons = f"SELECT reason, count(*) FROM drops WHERE url LIKE '{home}/%' GROUP BY ALL ORDER BY ALL"
    assert world.ask(reasons) == [("duplicate", 3), ("list-page", 1)]


def test_a_canonical_link_to_the_home_page_or_to_another_text_joins_nothing(world: World) -> None:
    assert world.ask("SELECT count(*) FROM articles WHERE site_id = 'canon'") == [(2,)]


def test_a_dry_run_says_in_which_order_and_how_each_page_would_be_asked_for(world: World) -> None:
    site = world.sites["mostly"]
    told = list(dry_run(world.workspace, [site.site("mostly")], CrawlOptions(all=True)))
    (first, _, why), *others = told
    assert first == f"{site.url}/" and why.endswith("in full: the server names no version")
    assert {why.partition("; ")[2] for _, _, why in others} == {"only if it has changed"}
    assert {url for url, _, _ in others[: MOSTLY // 20]} == {
        world.url("mostly", number) for number in range(0, MOSTLY, 20)
    }  # what has changed before


def address(url: str, payload: str = "p", **more: Any) -> Address:
    said = {"canonical": None, "prose_sha256": "t", "is_live": True} | more
    return Address(url, "s", page_key(url), payload_sha256=payload, **said)


def test_https_is_kept_and_a_mobile_host_is_not() -> None:
    spelt = ["http://example.com/1.html", "https://www.example.com/1.html", "https://m.example.com/1.html"]
    kept = duplicates([address(url, payload=url) for url in spelt])
    assert kept == dict.fromkeys((spelt[0], spelt[2]), spelt[1])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("http://example.com/show.php?id=1", "http://example.com/show.php?id=2"),
        ("http://example.com/1.html", "http://other.com/1.html"),
        ("http://m.com/1.html", "http://example.com/1.html"),
        ("http://example.com/a/1.html", "http://example.com/b/1.html"),
    ],
)
def test_two_entries_with_one_text_are_two_pages(one: str, other: str) -> None:
    assert duplicates([address(one), address(other)]) == {}


def test_what_is_gone_gives_its_place_to_the_address_that_answers() -> None:
    gone, live = address("https://example.com/1.html", is_live=False), address("http://example.com/1.html")
    assert duplicates([gone, live]) == {gone.url: live.url}
