"""robots.txt, addresses inside, waiting and what a page's links mean: the rules, one by one."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from crawl_server import Reply, farm, local_site, workspace_in
from hypothesis import given
from hypothesis import strategies as st

from crawler.crawl import crawl
from crawler.discover import Found, Scope, Visited, discover, in_shard
from crawler.guard import Guard, is_public
from crawler.page import PageKind
from crawler.politeness import MAX_HOST_FAILURES, Pace, backoff_seconds, retry_after_seconds
from crawler.robots import RobotsFile, Rules, is_fresh, robots_text
from crawler.sites import Site
from crawler.urls import canonical

NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
SITE = Site("s", start=("http://example.com/",))


def rules(status: int | None, text: str = "") -> Rules:
    return Rules(RobotsFile("http://example.com", status, text, NOW))


@pytest.mark.parametrize(
    ("status", "allowed"),
    [
        (200, True),
        (404, True),
        (403, True),
        (301, True),
        (500, False),
        (503, False),
        (429, False),
        (304, False),
        (None, False),
    ],
)
def test_what_cannot_be_read_forbids_and_what_is_not_there_allows(status: int | None, allowed: bool) -> None:
    assert rules(status).allow("http://example.com/1.html") is allowed


def test_our_own_group_holds_before_the_general_one() -> None:
    said = rules(200, "User-agent: *\nDisallow: /\n\nUser-agent: yuqi\nDisallow: /private\nCrawl-delay: 7\n")
    assert said.allow("http://example.com/1.html") and not said.allow("http://example.com/private/1.html")
    assert said.crawl_delay_seconds == 7
    assert rules(200, "User-agent: *\nCrawl-delay: 99999999\n").crawl_delay_seconds <= 300


@pytest.mark.parametrize("named", ["yuqi", "Yuqi/1.0", "yuqi/0.1 # us", " YUQI/2"])
def test_a_group_that_names_a_version_of_us_is_ours(named: str) -> None:
    text = f"User-agent: *\rAllow: /\r\rUser-agent:{named}\rDisallow: /private/\r"
    said = rules(200, robots_text(text.encode()))
    assert not said.allow("http://example.com/private/1.html") and said.allow("http://example.com/1.html")
    others = rules(200, robots_text(b"User-agent: other/1.0\nDisallow: /user-agent:yuqi/1.0\n"))
    assert others.allow("http://example.com/")


def test_a_page_of_an_error_is_no_robots_file() -> None:
    assert rules(404, "User-agent: *\nDisallow: /\n").allow("http://example.com/1.html")
    assert robots_text(b"\xef\xbb\xbfUser-agent: *") == "User-agent: *"


def test_a_robots_file_is_good_for_a_day_and_a_failure_not_at_all() -> None:
    assert is_fresh(RobotsFile("o", 200, "", NOW), NOW + timedelta(hours=23))
    assert not is_fresh(RobotsFile("o", 200, "", NOW), NOW + timedelta(hours=25))
    assert not is_fresh(RobotsFile("o", 503, "", NOW), NOW)


@given(st.binary(max_size=2000))
def test_no_robots_file_breaks_the_parser(payload: bytes) -> None:
    rules(200, robots_text(payload)).allow("http://example.com/1.html")


def test_a_robots_file_that_leads_inside_is_not_followed(tmp_path: Path) -> None:
    with local_site("127.0.3.1") as outside, local_site("127.0.3.2") as inside:
        farm(outside, 1, 2)
        inside.text("/robots.txt", "User-agent: *\nDisallow:\n")
        outside.pages["/robots.txt"] = Reply(status=301, headers={"Location": f"{inside.url}/robots.txt"})
        summary = crawl(workspace_in(tmp_path), [outside.site()])
    assert inside.asked == [] and outside.paths() == ["/robots.txt"]
    assert summary.outcomes == {"demo": {"error": 1}} and summary.failing == ("demo",)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "192.168.0.1",
        "172.16.0.1",
        "169.254.169.254",
        "0.0.0.0",
        "100.64.0.1",
        "224.0.0.1",
        "255.255.255.255",
        "::1",
        "::",
        "fe80::1",
        "fe80::1%eth0",
        "fd00::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
        "::7f00:1",
        "::ffff:0:7f00:1",
        "fec0::1",
        "fd00:ec2::254",
        "100.100.100.200",
        "192.0.0.192",
        "ff02::1",
        "nonsense",
        "",
    ],
)
def test_addresses_inside_are_refused(address: str) -> None:
    assert not is_public(address)
    guard = Guard([SITE])
    assert not guard.permits(address, "evil.example.org", 80)
    assert guard.refused("http://evil.example.org/x") and not guard.refused("https://evil.example.org/x")


def test_public_addresses_and_the_sites_own_hosts_are_permitted() -> None:
    guard = Guard([Site("s", start=("http://127.0.0.1:8080/", "http://[::1]/"))])
    assert is_public("93.184.216.34") and is_public("2606:2800:220:1::1")
    assert guard.permits("127.0.0.1", "127.0.0.1", 8080) and guard.permits("::1", "::1", 80)
    assert not guard.permits("127.0.0.1", "127.0.0.1", 8081)
    assert not guard.permits("127.0.0.1", "other.example.com", 8080)


def test_retry_after_is_seconds_or_a_date() -> None:
    assert retry_after_seconds("120", NOW) == 120
    assert retry_after_seconds("Fri, 02 Jan 2026 03:05:05 GMT", NOW) == 60
    assert retry_after_seconds("Thu, 01 Jan 1970 00:00:00 GMT", NOW) == 0
    assert [retry_after_seconds(value, NOW) for value in (None, "", "soon", "-5", "９")] == [None] * 5
    assert backoff_seconds(1) < backoff_seconds(2) < backoff_seconds(3)


def test_a_host_rests_after_failures_in_a_row_or_when_told_to_stay_away() -> None:
    pace = Pace(1.0)
    assert not pace.asked(0).room(100) and pace.asked(0).answered(100, 1.5).ready_at == 101.5
    for _ in range(MAX_HOST_FAILURES):
        assert not pace.resting
        pace = pace.failed(0)
    assert pace.resting and Pace(0).failed(0, 3600).resting
    assert Pace(0).failed(0, 30).room(31) and not Pace(0).failed(0, 30).room(29)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("HTTP://Example.COM:80/a#x", "http://example.com/a"),
        ("https://example.com:443", "https://example.com/"),
        ("http://user:pw@example.com/a", "http://example.com/a"),
        ("http://例子.example.com/", "http://xn--fsqu00a.example.com/"),
        ("http://example.com/页?b=1&utm_source=x", "http://example.com/%E9%A1%B5?b=1"),
        ("/1.html", "http://example.com/1.html"),
        ("mailto:a@example.com", None),
        ("javascript:void(0)", None),
        ("http://[::1", None),
        ("http://exa mple.com/", None),
        ("http://../../x", None),
        ("http://example.com/" + "a" * 3000, None),
        ("file:///etc/passwd", None),
    ],
)
def test_urls_have_one_spelling(given: str, expected: str | None) -> None:
    assert canonical(given, "http://example.com/") == expected


@given(st.text(max_size=80))
def test_canonical_twice_is_canonical_once(text: str) -> None:
    once = canonical(text, "http://example.com/a/b.html")
    assert once is None or canonical(once) == once


def found(html: str, kind: PageKind = "list", site: Site = SITE, url: str = "http://example.com/") -> Found:
    return discover(Visited(url, kind, 0, "text/html", html.encode()), Scope(site))


def test_a_list_gives_articles_paging_and_sections_and_never_all_links() -> None:
    html = """
      <a href="/2024/05/01/jiekuan.html">文</a> <a href="/news/123.html">文</a>
      <a href="?id=9">文</a>
      <a href="/list/2.html">2</a> <a href="/loan/">贷款</a> <a href="/x.css">样式</a>
      <a href="/logo.png">图</a>
      <a href="http://other.example.org/1.html">外</a> <a href="/news/123.html#comments">3</a>
      <a href="/search?q=%E9%80%BE%E6%9C%9F">搜</a> <a href="javascript:go()">下一页</a>"""
    said = found(html)
    assert [link.url.removeprefix("http://example.com") for link in said.articles] == [
        "/2024/05/01/jiekuan.html", "/news/123.html", "/?id=9",
    ]  # fmt: skip
    assert {(link.url.removeprefix("http://example.com"), link.depth) for link in said.lists} == {
        ("/list/2.html", 0),
        ("/loan/", 1),
    }


def test_an_articles_own_links_are_not_followed() -> None:
    html = '<title>文</title><a href="/news/9.html">相关文章</a>'
    for said in (found(html, "article"), found(html, "unknown", url="http://example.com/news/1.html")):
        assert replace(said, digests=None) == Found()


@pytest.mark.parametrize(
    "title", ["404", "404 Not Found", "页面不存在 - 某站", "頁面不存在_某站", "Page Not Found"]
)
def test_a_title_that_says_missing_is_a_soft_404(title: str) -> None:
    assert found(f"<title>{title}</title><p>{'推荐' * 500}</p>", "article").soft_404


@pytest.mark.parametrize("title", ["404借款平台怎么样", "借款页面不存在怎么办", "逾期"])
def test_an_article_about_missing_pages_is_none(title: str) -> None:
    assert not found(f"<title>{title}</title><p>{'页面不存在时先核对账单。' * 60}</p>", "article").soft_404


@pytest.mark.parametrize(
    "xml",
    [
        "<urlset><url><loc>http://example.com/1.html</loc></url></urlset>",
        "<rss><channel><link>http://example.com/9.html</link>"
        "<item><link>http://example.com/1.html</link></item></channel></rss>",
        '<feed><entry><link rel="alternate" href="http://example.com/1.html"/>'
        '<link rel="edit" href="/e/2.html"/></entry></feed>',
        "<urlset><url><loc>http://example.com/1.html</loc></url><url><loc>http://evil.example.org/2.html</loc>",
    ],
)
def test_sitemaps_and_feeds_are_read_also_broken_ones(xml: str) -> None:
    said = discover(Visited("http://example.com/map", "list", 0, "text/xml", xml.encode()), Scope(SITE))
    assert said.kind == "sitemap" and [link.url for link in said.articles] == ["http://example.com/1.html"]


def test_an_entity_bomb_and_an_outside_entity_stay_closed() -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">' + "".join(
        f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9)
    )
    xml = (
        bomb
        + '<!ENTITY f SYSTEM "file:///etc/passwd">]><urlset><url><loc>http://example.com/&j;&f;</loc></url></urlset>'
    )
    said = discover(Visited("http://example.com/map", "list", 0, "text/xml", xml.encode()), Scope(SITE))
    assert all(len(link.url) < 100 for link in said.articles)


@given(st.binary(max_size=500), st.sampled_from(["", "<urlset>", "<rss>", "<!DOCTYPE html><a href="]))
def test_no_payload_breaks_discovery(payload: bytes, start: str) -> None:
    discover(Visited("http://example.com/", "list", 0, "text/html", start.encode() + payload), Scope(SITE))


def test_every_host_is_in_exactly_one_shard() -> None:
    for host in (f"h{n}.example.com" for n in range(50)):
        assert sum(in_shard(host, (number, 4)) for number in (1, 2, 3, 4)) == 1
