"""Sites that crawls leave alone: status and ack say so, until their pages come again."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from crawl_server import workspace_in

from crawler.archive_writer import Record
from crawler.frontier import Frontier
from crawler.pauses import Pause
from crawler.shards import reading
from crawler.sites import load_sites
from crawler.visits import Answer, Link
from crawler.workspace import Workspace
from yuqi.cli import run
from yuqi.operations.health import SiteWarning
from yuqi.operations.settings import HealthLimits
from yuqi.operations.watching import warnings_now

HOST = "example.com"
PAGES = 12
RECORD = Record("archive/s/x.warc.gz", 10, "<urn:uuid:1>", "2026-01-02T03:04:05Z", "sha1:X")


@pytest.fixture
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """One site, all of whose pages were seen."""
    workspace = workspace_in(tmp_path_factory.mktemp("left") / "w")
    (workspace.sites / "s.toml").write_text(f'start = ["http://{HOST}/"]\n', encoding="utf-8")
    with Frontier(workspace) as frontier:
        frontier.add("s", [Link(f"http://{HOST}/{n}.html", "article", 1) for n in range(PAGES)])
    visit(workspace, [200] * PAGES)
    yield workspace


def visit(workspace: Workspace, statuses: list[int]) -> list[str]:
    """One run; what was said of each page."""
    said = []
    with Frontier(workspace) as frontier:
        started = frontier.begin_run("crawl", "test", True, ["s"])
        for status in statuses:
            (lease,) = frontier.lease([HOST], ["s"])
            answer = Answer(datetime.now(UTC), status, record=RECORD, size=1)
            if status == 200:
                answer = replace(answer, payload_sha256=lease.url[-6:].rjust(64, "0"))
            verdict = frontier.commit(started, lease, answer)
            assert verdict is not None
            said.append(verdict.outcome)
        frontier.finish_run(started.run_id)
    return said


def shut_out(workspace: Workspace) -> None:
    now = datetime.now(UTC)
    with Frontier(workspace) as frontier:
        frontier.pause(Pause(HOST, "s", "captcha", now, now + timedelta(days=1)))


def warned(workspace: Workspace) -> list[SiteWarning]:
    with reading(workspace) as held:
        counted, sites = held.tallies(datetime.now(UTC)), load_sites(workspace.sites)
        return warnings_now(workspace, held, counted, sites, HealthLimits())


def test_a_few_missing_pages_and_sites_that_nobody_defines_are_left_alone(workspace: Workspace) -> None:
    visit(workspace, [404] * 4 + [200] * 8)
    assert warned(workspace) == []
    shut_out(workspace)
    (workspace.sites / "s.toml").rename(workspace.sites / "other.toml")
    assert warned(workspace) == []


def test_a_site_that_vanished_is_warned_of_until_its_pages_come_again(workspace: Workspace) -> None:
    assert visit(workspace, [404] * 7)[-1] == "error"  # the one with which it was more than half
    (warning,) = warned(workspace)
    assert warning.rule == "vanished" and warning.said.startswith("7 of its 12 pages are missing at once")
    visit(workspace, [503] * PAGES)
    assert [one.rule for one in warned(workspace)] == ["vanished"]
    visit(workspace, [200] * PAGES)
    assert warned(workspace) == []
    with Frontier(workspace) as frontier:
        assert frontier.in_doubt() == {}


def test_a_site_that_shuts_us_out_is_warned_of_once_by_status_and_silenced_by_ack(
    workspace: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    visit(workspace, [503] * PAGES)  # no page came, and why is known
    shut_out(workspace)
    place = ["--workspace", str(workspace.root)]
    assert run(["status", "--format", "json", *place]) == 0
    (row,) = json.loads(capsys.readouterr().out)
    assert [one["rule"] for one in row["warnings"]] == ["shut-out"]
    assert "example.com answers with a captcha page" in row["warnings"][0]["said"]
    assert run(["ack", "s", "--format", "json", *place]) == 0
    assert [one["rule"] for one in json.loads(capsys.readouterr().out)] == ["shut-out"]
    assert run(["status", *place]) == 0
    assert "warning (seen): s: example.com answers with a captcha" in capsys.readouterr().out


def test_the_pauses_and_doubts_of_all_shards_are_one(workspace: Workspace) -> None:
    shut_out(replace(workspace, shard=(1, 2)))
    visit(workspace, [404] * 7)
    assert [one.rule for one in warned(workspace)] == ["shut-out", "vanished"]
