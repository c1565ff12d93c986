"""The frontier: what is leased, committed, freed and counted, without any network."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from crawl_server import workspace_in

from crawler.archive_writer import Record
from crawler.frontier import MAX_LEASES, Frontier
from crawler.frontier_reader import ADDED
from crawler.page import fetch_id
from crawler.revisit import article_interval, list_interval
from crawler.visits import Answer, Lease, Link
from crawler.workspace import Workspace

NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
HOST = "example.com"
RECORD = Record("archive/s/x.warc.gz", 10, "<urn:uuid:1>", "2026-01-02T03:04:05Z", "sha1:X")
DIES = """
import os, sys
from pathlib import Path
from crawler.frontier import Frontier
from crawler.workspace import Workspace
frontier = Frontier(Workspace(Path(sys.argv[1])))
frontier.begin_run("crawl", "same", False, ["s"])
assert frontier.lease(["example.com"], ["s"])
os._exit(9)
"""


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return workspace_in(tmp_path)


@pytest.fixture
def frontier(workspace: Workspace) -> Iterator[Frontier]:
    with Frontier(workspace) as frontier:
        frontier.add("s", [Link(f"http://{HOST}/{n}.html", "unknown", 1) for n in range(3)])
        yield frontier


def answer(payload: str = "a", **more: object) -> Answer:
    values = {"fetched_at": NOW, "status": 200, "payload_sha256": payload * 64, "record": RECORD, "size": 5}
    return Answer(**{**values, **more})  # type: ignore[arg-type]


def lease_one(frontier: Frontier) -> Lease:
    (lease,) = frontier.lease([HOST], ["s"])
    return lease


def die_with_a_lease(workspace: Workspace) -> None:
    folder = Path(__file__).parents[1]
    died = subprocess.run([sys.executable, "-c", DIES, str(workspace.root)], cwd=folder, check=False)
    assert died.returncode == 9


def test_two_processes_never_hold_the_same_url(workspace: Workspace, frontier: Frontier) -> None:
    frontier.begin_run("crawl", "one", False, ["s"])
    with Frontier(workspace) as other:
        other.begin_run("crawl", "two", False, ["s"])
        held = [lease_one(frontier), lease_one(other), lease_one(frontier)]
        assert len({lease.url for lease in held}) == 3
        assert other.lease([HOST], ["s"]) == []


def test_leases_of_a_dead_process_are_freed_at_once_and_its_run_goes_on(
    workspace: Workspace, frontier: Frontier
) -> None:
    die_with_a_lease(workspace)
    assert [run.status for run in frontier.runs()] == ["failed"]
    run = frontier.begin_run("crawl", "same", False, ["s"])
    assert run.resumed
    assert lease_one(frontier).url.endswith("/0.html")


def test_another_command_does_not_go_on_with_a_dead_run(workspace: Workspace, frontier: Frontier) -> None:
    die_with_a_lease(workspace)
    assert not frontier.begin_run("crawl", "other", False, ["s"]).resumed
    assert [run.status for run in frontier.runs()] == ["failed", "running"]


def test_a_page_that_kills_the_process_is_parked_in_the_end(workspace: Workspace, frontier: Frontier) -> None:
    with Frontier(workspace) as again:
        again._db.execute("UPDATE url SET leases = ? WHERE url LIKE '%/0.html'", (MAX_LEASES,))
    frontier.begin_run("crawl", "x", False, [])
    assert lease_one(frontier).url.endswith("/1.html")
    page = frontier.page(f"http://{HOST}/0.html")
    assert page is not None and (page.state, page.loss) == ("blocked", "poison")


def test_a_visit_without_its_lease_does_not_count(workspace: Workspace, frontier: Frontier) -> None:
    run = frontier.begin_run("crawl", "x", False, ["s"])
    lease = lease_one(frontier)
    frontier.release()
    assert frontier.commit(run, lease, answer()) is None
    assert list(frontier.fetches()) == []


def test_outcomes_follow_the_payload_and_ids_the_visits(frontier: Frontier) -> None:
    outcomes = []
    for n, payload in enumerate("aabac"):
        run = frontier.begin_run("crawl", f"{n}", True, ["s"])
        lease = next(
            lease for lease in iter(lambda: lease_one(frontier), None) if lease.url.endswith("/0.html")
        )
        verdict = frontier.commit(run, lease, answer(payload, fetched_at=NOW + timedelta(days=n)))
        assert verdict is not None
        outcomes.append(verdict.outcome)
        frontier.finish_run(run.run_id)
        frontier.release()
    assert outcomes == ["new", "unchanged", "changed", "changed", "changed"]
    url = f"http://{HOST}/0.html"
    assert [fetch.fetch_id for fetch in frontier.fetches()] == [fetch_id(url, n) for n in range(1, 6)]
    page = frontier.page(url)
    assert page is not None and (page.visits, page.changes, page.last_changed_at) == (
        5,
        3,
        NOW + timedelta(days=4),
    )


def test_an_error_of_a_page_that_is_known_alive_is_no_loss(frontier: Frontier) -> None:
    run = frontier.begin_run("crawl", "x", True, ["s"])
    lease = lease_one(frontier)
    frontier.commit(run, lease, answer())
    frontier.finish_run(run.run_id)
    run = frontier.begin_run("crawl", "y", True, ["s"])
    lease = next(held for held in [lease_one(frontier) for _ in range(3)] if held.payload_sha256)
    verdict = frontier.commit(run, lease, Answer(NOW))
    assert verdict is not None and verdict.outcome == "error" and verdict.again
    page = frontier.page(lease.url)
    assert page is not None and (page.state, page.loss) == ("live", None)


def test_a_run_visits_what_is_due_and_all_of_it_when_asked(frontier: Frontier) -> None:
    run = frontier.begin_run("crawl", "x", False, ["s"])
    for _ in range(3):
        frontier.commit(run, lease_one(frontier), answer(fetched_at=datetime.now(UTC)))
    assert frontier.ready(["s"]) == 0
    frontier.finish_run(run.run_id)
    frontier.begin_run("crawl", "x", False, ["s"])
    assert frontier.ready(["s"]) == 0
    frontier.begin_run("crawl", "all", True, ["s"])
    assert frontier.ready(["s"]) == 3


def test_a_run_that_begins_writes_only_what_changes(workspace: Workspace, frontier: Frontier) -> None:
    with closing(sqlite3.connect(workspace.frontier)) as beside:
        beside.execute("CREATE TABLE written (url TEXT)")
        beside.execute(
            "CREATE TRIGGER noted AFTER UPDATE ON url BEGIN INSERT INTO written VALUES (new.url); END"
        )
        run = frontier.begin_run("crawl", "new", False, ["s"])
        assert beside.execute("SELECT url FROM written").fetchall() == []
        visited = lease_one(frontier)
        frontier.commit(run, visited, answer())
        frontier.finish_run(run.run_id)
        beside.execute("DELETE FROM written")
        beside.commit()
        frontier.begin_run("crawl", "all", True, ["s"])
        assert {row[0] for row in beside.execute("SELECT url FROM written")} == {visited.url}


def test_every_known_url_has_a_fate(frontier: Frontier) -> None:
    assert {(page.state, page.loss) for page in frontier.pages()} == {("blocked", "not-fetched")}
    run = frontier.begin_run("crawl", "x", False, ["s"])
    frontier.commit(run, lease_one(frontier), Answer(NOW, refusal="robots"))
    assert [page.loss for page in frontier.pages()] == ["robots", "not-fetched", "not-fetched"]


def test_what_is_read_in_a_snapshot_is_of_one_moment(workspace: Workspace, frontier: Frontier) -> None:
    with Frontier(workspace) as reader, reader.snapshot():
        before = len(list(reader.pages()))
        frontier.add("s", [Link(f"http://{HOST}/new.html", "unknown", 1)])
        assert len(list(reader.pages())) == before
    assert len(list(frontier.pages())) == before + 1


def test_intervals_follow_the_observed_changes() -> None:
    never = article_interval(0, timedelta(days=0))
    assert timedelta(days=90) >= article_interval(0, timedelta(days=365)) >= never
    assert article_interval(300, timedelta(days=300)) < timedelta(days=2)
    assert list_interval(numbered=False) == timedelta(days=1) < list_interval(numbered=True)


def test_the_frontier_leaves_no_process_file_behind(workspace: Workspace) -> None:
    with Frontier(workspace) as frontier:
        frontier.begin_run("crawl", "x", False, [])
        assert len(list((workspace.state / "processes").iterdir())) == 1
    assert list((workspace.state / "processes").iterdir()) == []


def test_a_frontier_of_an_earlier_version_gets_the_columns_that_it_lacks(workspace: Workspace) -> None:
    with Frontier(workspace) as frontier:
        frontier.add("s", [Link(f"http://www.{HOST}/1.html", "unknown", 1)])
    db = sqlite3.connect(workspace.frontier)
    for index in ("url_turn", "url_key", "url_text"):
        db.execute(f"DROP INDEX {index}")
    for column in ADDED["url"]:
        db.execute(f"ALTER TABLE url DROP COLUMN {column}")
    db.commit()
    db.close()
    with Frontier(workspace) as frontier:
        known = frontier.visit(f"http://www.{HOST}/1.html")
        (key,) = frontier._db.execute("SELECT page_key FROM url").fetchone()
    assert known is not None and known.missing_at is None and key == f"{HOST}/1.html"
