"""A crawl that dies, is stopped or meets a full disk loses nothing, and the same command goes on."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from crawl_server import LocalSite, farm, local_site, workspace_in
from waiting import PATIENCE_SECONDS

from crawler.archive import read_pages
from crawler.crawl import CrawlOptions, crawl
from crawler.frontier import Frontier
from crawler.page import Fetch, KnownPage
from crawler.workspace import Workspace

COMMAND = """
import sys
from pathlib import Path
from crawler.crawl import CrawlOptions, crawl
from crawler.sites import Site
from crawler.workspace import FailedError, open_workspace
site = Site("demo", start=(sys.argv[2],), delay_seconds=0)
try:
    crawl(open_workspace(Path(sys.argv[1])), [site], CrawlOptions(all=True))
except FailedError as error:
    sys.exit(f"failed: {error}")
"""
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


@pytest.fixture
def site() -> Iterator[LocalSite]:
    with local_site("127.0.2.1") as server:
        farm(server, lists=3, per_list=8)
        server.text("/robots.txt", "User-agent: *\nDisallow: /article/7.html\n")
        yield server


def start(
    workspace: Workspace, site: LocalSite, before: Callable[[], None] | None = None
) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", COMMAND, str(workspace.root), f"{site.url}/"],
        cwd=Path(__file__).parents[1],
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=before,
    )


def finished(child: subprocess.Popen[str]) -> str:
    return child.communicate(timeout=PATIENCE_SECONDS)[1]


def known(workspace: Workspace) -> tuple[list[KnownPage], list[Fetch]]:
    """Pages and fetches, without times, runs and archive place."""
    with Frontier(workspace) as frontier:
        pages = [
            replace(
                page,
                first_seen_at=LONG_AGO,
                last_seen_at=page.last_seen_at and LONG_AGO,
                last_changed_at=page.last_changed_at and LONG_AGO,
                next_visit_at=page.next_visit_at and LONG_AGO,
            )
            for page in frontier.pages()
        ]
        fetches = [
            replace(fetch, run_id="", fetched_at=LONG_AGO, warc_file="", warc_offset=0)
            for fetch in frontier.fetches()
        ]
    return pages, sorted(fetches, key=lambda fetch: fetch.fetch_id)


def test_killed_at_several_moments_and_repeated_equals_an_undisturbed_run(
    tmp_path: Path, site: LocalSite
) -> None:
    undisturbed, killed = workspace_in(tmp_path / "a"), workspace_in(tmp_path / "b")
    crawl(undisturbed, [site.site()], CrawlOptions(all=True))
    for requests in (1, 6, 15):
        site.asked.clear()
        child = start(killed, site)
        assert site.asked_for(requests)
        child.send_signal(signal.SIGKILL)
        finished(child)
    site.answer_up_to()
    child = start(killed, site)
    assert finished(child) == "" and child.returncode == 0
    assert known(killed) == known(undisturbed)
    with Frontier(killed) as frontier:
        assert [run.status for run in frontier.runs()] == ["done"]  # one run, gone on with
        fetches = [fetch for fetch in frontier.fetches() if fetch.payload_sha256]
    assert len(list(read_pages(killed.root, fetches))) == len(fetches)


def test_sigterm_stops_in_good_order_and_the_same_command_goes_on(tmp_path: Path, site: LocalSite) -> None:
    workspace = workspace_in(tmp_path)
    child = start(workspace, site)
    assert site.asked_for(8)
    child.send_signal(signal.SIGTERM)
    site.answer_one_by_one(lambda: child.poll() is not None)
    finished(child)
    assert child.returncode != 0
    asked = len(site.asked)
    with Frontier(workspace) as frontier:
        assert len(list(frontier.fetches())) == asked - 1  # all but robots.txt: nothing was cut off
    summary = crawl(workspace, [site.site()], CrawlOptions(all=True))
    assert summary.resumed and len(site.paths()) == len(set(site.paths())) == 27


@pytest.mark.parametrize(
    ("page_bytes", "limit", "full"), [(600, 400_000, "frontier"), (600_000, 1_500_000, "archive")]
)
def test_a_full_disk_stops_with_one_line_and_nothing_is_lost(
    tmp_path: Path, site: LocalSite, page_bytes: int, limit: int, full: str
) -> None:
    """`limit`: bytes a file, enough for some records."""
    workspace = workspace_in(tmp_path)
    for number in range(24):
        site.html(f"/article/{number}.html", f"<title>{number}</title>{os.urandom(page_bytes).hex()}")
    child = start(workspace, site, lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)))
    said = finished(child)
    assert child.returncode == 1 and said.startswith("failed: crawl stopped: ") and said.count("\n") == 1
    assert full in said
    before = known(workspace)[1]
    assert len(before) >= 1
    summary = crawl(workspace, [site.site()], CrawlOptions(all=True))
    assert summary.resumed and summary.left == 0
    after = known(workspace)[1]
    assert {fetch.fetch_id for fetch in before} <= {fetch.fetch_id for fetch in after}
    with Frontier(workspace) as frontier:
        fetches = [fetch for fetch in frontier.fetches() if fetch.payload_sha256]
    assert len(list(read_pages(workspace.root, fetches))) == len(fetches) == 26


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_an_archive_that_cannot_be_written_stops_the_crawl(tmp_path: Path, site: LocalSite) -> None:
    workspace = workspace_in(tmp_path)
    workspace.archive.chmod(0o500)
    said = finished(start(workspace, site))
    assert "failed: crawl stopped" in said
