"""What a crawl under way does with answers, without a network: what it keeps, gives back and gives up."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from crawl_server import article, workspace_in

from crawler.archive_writer import Exchange
from crawler.crawling import Crawling
from crawler.frontier import Frontier
from crawler.sites import Site
from crawler.turns import Limits
from crawler.visits import Lease, Link

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n"
URLS = [f"http://www.example.com/a/{number}.html" for number in range(3)]


@pytest.fixture
def crawling(tmp_path: Path) -> Iterator[Crawling]:
    place = workspace_in(tmp_path)
    site = Site("demo", start=(URLS[0],), article=r"/a/\d+\.html$", delay_seconds=0, at_once=4)
    with Frontier(place) as frontier:
        begun = Crawling(place, {"demo": site}, Limits(), frontier)
        begun.begin("crawl", takes_all=False)
        frontier.add("demo", [Link(url, "article", 1) for url in URLS])
        yield begun
        begun.close()


def answer(crawling: Crawling, lease: Lease) -> None:
    exchange = Exchange(lease.url, datetime.now(UTC), b"", HEAD, article(1).encode())
    crawling.answered(lease, crawling.keep("demo", lease, exchange))


def test_an_answer_is_committed_with_the_next_turn(crawling: Crawling) -> None:
    for lease in crawling.turn():
        answer(crawling, lease)
    assert not list(crawling.frontier.fetches())  # killed here, they are asked for again
    assert crawling.turn() == []
    assert [fetch.outcome for fetch in crawling.frontier.fetches()] == ["new"] * 3
    assert crawling.wait_seconds() is None


def test_a_page_on_which_our_own_code_stumbles_is_parked_and_the_crawl_ends(
    crawling: Crawling, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stumbles(*_: object) -> None:
        raise RuntimeError("a bug")

    first, *others = crawling.turn()
    with monkeypatch.context() as patched:
        patched.setattr("crawler.crawling.discover", stumbles)
        with pytest.raises(RuntimeError):
            answer(crawling, first)
    for lease in others:
        answer(crawling, lease)
    assert crawling.turn() == [] and crawling.wait_seconds() is None
    losses = {page.url: page.loss for page in crawling.frontier.pages()}
    assert losses == {first.url: "poison"} | {lease.url: None for lease in others}


def test_what_could_not_be_archived_is_given_back_and_no_attempt(crawling: Crawling, tmp_path: Path) -> None:
    """Kept, the lease would make the crawl wait until it ends: a quarter of an hour."""
    first, *others = crawling.turn()
    for lease in others:
        answer(crawling, lease)
    (tmp_path / "state/takedowns.toml").write_text(f'[[takedown]]\nurl = "{first.url}"\n', encoding="utf-8")
    crawling.dropped(first)
    assert crawling.turn() == [] and crawling.wait_seconds() is None
    page = crawling.frontier.page(first.url)
    assert page is not None and page.visits == 0


def test_hosts_that_have_nothing_hold_up_nobody_behind_them(tmp_path: Path) -> None:
    """Each may be asked 32 times at once; two of them filled all places of a turn, and then the next two."""
    start = tuple(f"http://h{number}.example.com/" for number in range(60))
    site = Site("demo", start=start, delay_seconds=0, at_once=32)
    with Frontier(workspace_in(tmp_path)) as frontier:
        crawling = Crawling(workspace_in(tmp_path), {"demo": site}, Limits(), frontier)
        crawling.begin("crawl", takes_all=False)
        assert len(crawling.turn()) == 60
        frontier.add("demo", [Link(f"http://late.example.com/b/{n}.html", "article", 1) for n in range(9)])
        crawling.turns.know("late.example.com", "demo")
        crawling.turns._look_again.clear()  # a second later
        assert [lease.host for lease in crawling.turn()] == ["late.example.com"] * 4  # 64 are under way


@pytest.mark.parametrize("limit", ["max_pages", "pages_per_day"])
def test_no_more_is_leased_at_once_than_a_limit_leaves_room_for(limit: str, tmp_path: Path) -> None:
    place = workspace_in(tmp_path)
    site = Site("demo", start=(URLS[0],), delay_seconds=0, at_once=6, **{limit: 4})  # type: ignore[arg-type]
    with Frontier(place) as frontier:
        crawling = Crawling(place, {"demo": site}, Limits(), frontier)
        crawling.begin("crawl", takes_all=False)
        frontier.add("demo", [Link(f"http://www.example.com/b/{n}.html", "article", 1) for n in range(9)])
        assert len(crawling.turn()) == 4


def test_a_days_budget_counts_what_other_processes_have_under_way(tmp_path: Path) -> None:
    place = workspace_in(tmp_path)
    few = Site("demo", start=(URLS[0],), delay_seconds=0, at_once=9, pages_per_day=5, max_pages=3)
    with Frontier(place) as one, Frontier(place) as other:
        crawls = [Crawling(place, {"demo": few}, Limits(), frontier) for frontier in (one, other)]
        for number, crawling in enumerate(crawls):
            crawling.begin(f"crawl {number}", takes_all=False)
        one.add("demo", [Link(f"http://www.example.com/b/{n}.html", "article", 1) for n in range(9)])
        assert [len(crawling.turn()) for crawling in crawls] == [3, 2]
