"""Many requests at once, several processes: what is forbidden is never asked for, and hosts have peace."""

from __future__ import annotations

import codecs
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from statistics import median
from urllib.parse import quote

import pytest
from crawl_server import LocalSite, Reply, article, farm, links, local_site, workspace_in
from effort import within
from waiting import PATIENCE_SECONDS

from crawler.blocked import blocked_by
from crawler.crawl import crawl
from crawler.frontier import Frontier
from crawler.guard import Guard, is_link_local
from crawler.page import PageKind
from crawler.pauses import LONGEST_PAUSE, Gates, Shut
from crawler.politeness import JITTER, MAX_AWAY, Pace, day_start, is_open, retry_after_seconds
from crawler.robots import RobotsFile, Rules, is_old, robots_text
from crawler.sites import Site
from crawler.visits import Answer, Link

NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
FORBIDDING = "User-agent: *\nDisallow: /private/\nDisallow: /专题/\n"
LONG = (
    "User-agent: *\n"
    + "".join(f"Disallow: /some/long/path/{n}\n" for n in range(60_000))
    + "Disallow: /private/\n"
)
AT_ONCE = 32


def rules(payload: bytes) -> Rules:
    return Rules(RobotsFile("http://example.com", 200, robots_text(payload), NOW))


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "gbk"]
)
def test_a_robots_file_forbids_in_whatever_encoding(encoding: str) -> None:
    said = rules(FORBIDDING.encode(encoding))
    path = quote("专题", encoding="gbk" if encoding == "gbk" else "utf-8")
    assert not said.allow("http://example.com/private/1.html")
    assert not said.allow(f"http://example.com/{path}/1.html")
    assert said.allow("http://example.com/news/1.html")


def test_two_megabytes_of_robots_are_read_to_the_end_and_more_end_with_a_whole_line() -> None:
    assert not rules(LONG.encode()).allow("http://example.com/private/1.html")
    huge = ("User-agent: *\n" + "Disallow: /loan/list/detail/\n" * 200_000).encode()
    assert rules(huge).allow("http://example.com/loan/1.html")
    assert rules(codecs.BOM_UTF16_LE + b"\xd8" * 5000).allow("http://example.com/")


def test_a_robots_file_is_read_again_after_a_day_and_after_a_clock_set_back() -> None:
    assert [is_old(NOW, NOW + timedelta(hours=hours)) for hours in (0, 23, 25, -1)] == [
        False,
        False,
        True,
        True,
    ]


@pytest.mark.parametrize("pattern", ["*a*a*a*a*a*a*a*a*b", "*" * 2000 + "b"])
def test_no_pattern_of_a_robots_file_takes_long(pattern: str) -> None:
    said = rules(f"User-agent: *\nDisallow: /{pattern}\n".encode())
    with within(1):
        said.allow("http://example.com/" + "a" * 2000)


def _slow(_: dict[str, str]) -> Reply:
    time.sleep(1)
    return Reply(FORBIDDING.encode(), headers={})


def test_nothing_forbidden_is_asked_for_at_32_requests_at_once(tmp_path: Path) -> None:
    names = ("slow", "redirecting", "long", "wide", "missing", "failing")
    with ExitStack() as stack:
        sites = {name: stack.enter_context(local_site(f"127.0.5.{n + 1}")) for n, name in enumerate(names)}
        for site in sites.values():
            paths = [f"/{folder}/{n}.html" for n in range(20) for folder in ("private", "news")]
            site.html("/", links(*paths))
            for path in paths:
                site.html(path, article(1))
        sites["slow"].pages["/robots.txt"] = _slow
        sites["missing"].pages["/news/19.html"] = sites["missing"].pages["/news/18.html"] = _slow
        sites["redirecting"].pages["/robots.txt"] = Reply(status=301, headers={"Location": "/r/1"})
        for n in range(1, 4):
            sites["redirecting"].pages[f"/r/{n}"] = Reply(status=302, headers={"Location": f"/r/{n + 1}"})
        sites["redirecting"].text("/r/4", FORBIDDING)
        sites["long"].text("/robots.txt", LONG)
        sites["wide"].pages["/robots.txt"] = Reply(FORBIDDING.encode("utf-16"), headers={})
        sites["failing"].text("/robots.txt", "", status=503)
        definitions = [
            Site(name, (f"{site.url}/", *_all(site)), delay_seconds=0, at_once=AT_ONCE)
            for name, site in sites.items()
        ]
        crawl(workspace_in(tmp_path), definitions)
        asked = {name: site.paths() for name, site in sites.items()}
    for name in ("slow", "redirecting", "long", "wide"):
        assert not [path for path in asked[name] if "private" in path], name
        assert sum("news" in path for path in asked[name]) == 20, name
    assert len(asked["missing"]) == 42
    assert set(asked["failing"]) == {"/robots.txt"}
    assert sites["missing"].most_at_once > 1


def _all(site: LocalSite) -> list[str]:
    """Every page as a start: they all wait for the same robots.txt."""
    return [site.url + path for path in site.pages if path.endswith(".html")]


CRAWLS = """
import sys
from pathlib import Path
from crawler.crawl import crawl
from crawler.sites import Site
from crawler.workspace import open_workspace
crawl(open_workspace(Path(sys.argv[1])), [Site("demo", (sys.argv[2],), delay_seconds=0.2)])
"""


def test_two_processes_share_a_host_and_its_pause(tmp_path: Path) -> None:
    workspace, times = workspace_in(tmp_path), []
    with local_site("127.0.5.9") as site:
        farm(site, lists=1, per_list=12)
        for path, page in list(site.pages.items()):
            site.pages[path] = lambda _, page=page: times.append(time.monotonic()) or page  # type: ignore
        command = [sys.executable, "-c", CRAWLS, str(workspace.root), f"{site.url}/"]
        with ThreadPoolExecutor() as pool:
            ran = list(pool.map(lambda _: subprocess.run(command, cwd=Path(__file__).parents[1]), range(2)))
        assert [run.returncode for run in ran] == [0, 0]
        asked = [path for path in site.paths() if path != "/robots.txt"]
    assert len(asked) == len(set(asked)) == 13 and site.most_at_once == 1
    # each by itself would ask twice as often; a single request may be late to be written down
    assert median(after - before for before, after in pairwise(times)) > 0.19


def test_hours_and_a_days_budget_hold_over_runs(tmp_path: Path) -> None:
    hour = (datetime.now(UTC) + timedelta(hours=8)).hour
    closed = f"{(hour + 2) % 24:02}:00-{(hour + 3) % 24:02}:00"
    with local_site("127.0.5.10") as shut, local_site("127.0.5.11") as thrifty:
        farm(shut, 1, 2)
        farm(thrifty, 1, 8)
        sites = [shut.site("shut", hours=closed), thrifty.site("thrifty", pages_per_day=3)]
        workspace = workspace_in(tmp_path)
        first, second = crawl(workspace, sites), crawl(workspace, sites)
    assert shut.asked == [] and first.held["shut"] == f"outside its hours {closed}"
    assert (first.fetched, second.fetched, first.left) == (3, 0, 7)
    assert "thrifty" in second.held


def test_hours_may_hold_midnight_and_are_those_of_china() -> None:
    at = [datetime(2026, 1, 1, hour, tzinfo=UTC) for hour in (15, 18, 23)]  # 23:00, 02:00, 07:00 in China
    assert [is_open("22:30-06:30", moment) for moment in at] == [True, True, False]
    assert [is_open("01:00-05:00", moment) for moment in at] == [False, True, False]
    assert all(is_open(None, moment) for moment in at)
    assert day_start(at[1]) == datetime(2026, 1, 1, 16, tzinfo=UTC)


def test_pauses_vary_and_are_never_shorter_than_promised() -> None:
    pace = Pace(2.0)
    assert [pace.pause_seconds(share) for share in (0, 1)] == [2.0, 2.0 * (1 + JITTER)]
    assert Pace(0, at_once=4).asked(0).room(0) == 3 and Pace(1, at_once=4).room(0) == 1
    waits = [pace := pace.asked(0).failed(0, pace.busy_seconds()) for _ in range(4)]
    assert [wait.ready_at for wait in waits] == [5, 10, 20, 40]


def test_no_retry_after_closes_a_site_for_years() -> None:
    for value in ("999999999999", "Fri, 31 Dec 9999 23:59:59 GMT"):
        assert retry_after_seconds(value, NOW) == MAX_AWAY.total_seconds()


def test_an_answer_holds_back_every_process_and_a_longer_wait_stands(tmp_path: Path) -> None:
    workspace = workspace_in(tmp_path)
    with Frontier(workspace) as frontier, Frontier(workspace) as other:
        frontier.add("s", [Link(f"http://example.com/{n}.html", "unknown", 1) for n in range(3)])
        run = frontier.begin_run("crawl", "x", False, ["s"])
        other.begin_run("crawl", "y", False, ["s"])
        at_once = {"example.com": 1}
        (lease,) = frontier.lease(["example.com"], ["s"], at_once)
        assert other.lease(["example.com"], ["s"], at_once) == []
        frontier.commit(run, lease, Answer(datetime.now(UTC), 200, pause_seconds=3600))
        assert other.lease(["example.com"], ["s"], at_once) == []
        frontier.stay_away("example.com", datetime.now(UTC))
        assert other.not_before("example.com") > datetime.now(UTC) + timedelta(seconds=3000)  # type: ignore


GATES = [
    (200, "<title>百度安全验证</title><body></body>", "captcha"),
    (200, "<title>Just a moment...</title><script src=/cdn-cgi/challenge-platform/x></script>", "challenge"),
    (200, "<html><script>var arg1='A';document.cookie='acw_sc__v2='+x</script></html>", "challenge"),
    (200, "<title>提示</title><p>您的访问过于频繁，请稍后再试</p>", "ban"),
    (405, "<title>405</title><a href='https://errors.aliyun.com/'>x</a>", "ban"),
    (503, "<script src='/cdn-cgi/challenge-platform/h/b'></script>", "challenge"),
    (503, "<h1>Service Unavailable</h1>", None),
    (403, "<h1>Forbidden</h1>", "refused"),
    (404, "<title>访问被拒绝</title>", None),
    (200, f"<title>借款平台要请完成安全验证怎么办</title><p>{'请完成安全验证之后再登录。' * 40}</p>", None),
    (
        200,
        f"<title>逾期</title><script src='TCaptcha.js'></script><p>{'先核对账单，再谈分期。' * 40}</p>",
        None,
    ),
    (200, "<title>首页</title><script src='TCaptcha.js'></script>" + "<a href='/1.html'>短</a>" * 30, None),
    (200, "<title>验证码收不到怎么办</title><p>等一分钟再试。</p>", None),
]


@pytest.mark.parametrize(("status", "html", "sign"), GATES)
def test_what_stands_in_front_of_a_page_is_told_from_pages(status: int, html: str, sign: str | None) -> None:
    assert blocked_by(status, b"HTTP/1.1 200 OK", html.encode()) == sign
    assert blocked_by(status, b"HTTP/1.1 200 OK", html.encode("gb18030")) == sign


def shut(at: datetime, kind: PageKind = "article", sign: str = "captcha") -> Shut:
    return Shut("example.com", "s", sign, kind == "list", at)  # type: ignore[arg-type]


def test_a_pause_needs_several_gates_in_a_row_and_grows_until_a_page_comes() -> None:
    gates = Gates({})
    assert [gates.shut(shut(NOW)) for _ in range(2)] == [None, None]
    gates.opened("example.com")
    assert [gates.shut(shut(NOW)) for _ in range(2)] == [None, None]
    first = gates.shut(shut(NOW))
    assert first is not None and first.times == 1 and first.until == NOW + timedelta(days=1)
    again = gates.shut(shut(NOW + timedelta(days=2)))
    assert again is not None and again.times == 2 and again.until == NOW + timedelta(days=4)
    for number in range(10):
        again = gates.shut(shut(NOW + timedelta(days=100 * number + 100)))
    assert again is not None and again.until - NOW - timedelta(days=1000) == LONGEST_PAUSE
    assert gates.opened("example.com") and not gates.opened("example.com")
    assert gates.shut(shut(NOW, "list")) is not None  # nothing is found behind a start page


def test_a_name_is_inside_only_while_it_never_was_outside() -> None:
    learnt: list[str] = []
    site = Site("s", ("http://farm.example.com/", "http://10.0.0.5/", "http://169.254.1.1/"))
    guard = Guard([site], (), learnt.append)
    assert guard.permits("10.0.0.5", "farm.example.com", 80)  # an intranet of the user's own
    assert not guard.permits("169.254.169.254", "farm.example.com", 80)
    assert guard.permits("93.184.216.34", "farm.example.com", 80) and learnt == ["farm.example.com"]
    assert not guard.permits("10.0.0.5", "farm.example.com", 80)
    assert guard.permits("10.0.0.5", "10.0.0.5", 80) and guard.permits("169.254.1.1", "169.254.1.1", 80)
    assert not Guard([site], learnt).permits("127.0.0.1", "farm.example.com", 80)  # also in a later run
    assert is_link_local("::ffff:169.254.169.254")


def test_who_finds_nothing_to_do_waits_for_a_process_that_visits_the_site_and_takes_over_when_it_dies(
    tmp_path: Path,
) -> None:
    workspace = workspace_in(tmp_path)
    dying = (
        "import os, sys; from pathlib import Path; from crawler.frontier import Frontier\n"
        "from crawler.visits import Link; from crawler.workspace import open_workspace\n"
        "frontier = Frontier(open_workspace(Path(sys.argv[1])))\n"
        "frontier.add('demo', [Link(sys.argv[2] + '/', 'list', 0)])\n"
        "frontier.begin_run('crawl', 'other', False, ['demo'])\n"
        "assert frontier.lease([sys.argv[3]], ['demo'])\n"
        "print('leased', flush=True); sys.stdin.readline(); os._exit(1)"
    )
    with local_site("127.0.5.12") as site:
        farm(site, 1, 3)
        command = [sys.executable, "-c", dying, str(tmp_path), site.url, site.url.removeprefix("http://")]
        other = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        assert other.stdout is not None and other.stdout.readline() == "leased\n"
        with ThreadPoolExecutor(1) as beside:
            ours = beside.submit(crawl, workspace, [site.site()])
            time.sleep(3)
            assert site.asked == [] and not ours.done()
            other.communicate("die\n")
            assert ours.result(timeout=PATIENCE_SECONDS).outcomes == {"demo": {"new": 4}}
