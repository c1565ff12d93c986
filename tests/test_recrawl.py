"""`yuqi recrawl` as a scheduler calls it: exit codes, room, rebuilds, warnings, notice, a clean stop."""

from __future__ import annotations

import json
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from crawl_server import LocalSite, Reply, farm, local_site, workspace_in
from waiting import PATIENCE_SECONDS

from crawler.crawl import CrawlSummary
from crawler.workspace import Workspace
from pipeline.make import Allowance
from pipeline.store.snapshot import moment_of
from yuqi.cli import run
from yuqi.operations.health import SiteWarning

WEEK = timedelta(days=7, minutes=1)
HOOK = "import os, sys; print(os.environ['YUQI_EXIT_CODE'], sys.stdin.read(), file=open(sys.argv[1], 'a'))"


@dataclass
class Watched:
    """A workspace with one site, and what its hook and its watchman were told."""

    place: Workspace
    site: LocalSite
    watchman: LocalSite

    def configure(self, more: str = "") -> None:
        hook = json.dumps([sys.executable, "-c", HOOK, str(self.place.root / "heard")])
        self.write(f'{more}\n[recrawl]\nhook = {hook}\nping = "{self.watchman.url}/p"\n')

    def write(self, said: str) -> None:
        said = f"synthetic = true\nmin_free_gb = 0\n{said}"
        (self.place.root / "yuqi.toml").write_text(said, encoding="utf-8")

    def recrawl(self, capsys: pytest.CaptureFixture[str], *more: str) -> tuple[int, dict[str, Any]]:
        capsys.readouterr()
        code = run(["recrawl", "--format", "json", "--workspace", str(self.place.root), *more])
        return code, json.loads(capsys.readouterr().out)[0]

    def heard(self) -> str:
        path = self.place.root / "heard"
        said = path.read_text(encoding="utf-8") if path.exists() else ""
        path.unlink(missing_ok=True)
        return said

    def make_due(self) -> None:
        with closing(sqlite3.connect(self.place.frontier, isolation_level=None)) as frontier:
            frontier.execute("UPDATE url SET next_visit_at = 0")


@pytest.fixture(scope="module")
def watched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Watched]:
    place = workspace_in(tmp_path_factory.mktemp("recrawl") / "w")
    with local_site() as site, local_site() as watchman:
        farm(site, 1, 12)
        watchman.text("/p", "ok")
        said = f'start = ["{site.url}/"]\ndelay_seconds = 0\n'
        (place.sites / "demo.toml").write_text(said, encoding="utf-8")
        yield Watched(place, site, watchman)


def test_a_night_after_the_other(watched: Watched, capsys: pytest.CaptureFixture[str]) -> None:
    watched.configure("[retention]\nmin_free_gb = 100000000")
    code, row = watched.recrawl(capsys)
    assert code == 3 and "min_free_gb" in row["needs"][0] and row["snapshot"] is None
    assert watched.site.asked == []
    watched.heard(), watched.watchman.asked.clear()

    watched.configure()
    code, row = watched.recrawl(capsys)
    assert (code, row["articles"], row["needs"], row["warnings"]) == (0, 12, [], [])
    assert row["visits"][0]["site_id"] == "demo" and row["visits"][0]["new"] == 13
    heard = watched.heard()
    assert heard.startswith("0 [{") and json.loads(heard[2:])[0]["articles"] == 12
    assert watched.watchman.paths()[-1] == "/p"

    _dies(watched)
    code, row = watched.recrawl(capsys)
    assert code == 3 and [one["rule"] for one in row["raised"]] == ["shut-out"]
    assert watched.heard().startswith("3 [{")
    assert row["articles"] == 12  # what stood, stands
    code, row = watched.recrawl(capsys)  # nothing is due: the last crawl that asked anything counts
    assert code == 0 and row["raised"] == [] and [one["rule"] for one in row["warnings"]] == ["shut-out"]
    assert run(["ack", "demo", "--workspace", str(watched.place.root)]) == 0
    capsys.readouterr()
    assert run(["status", "--format", "json", "--workspace", str(watched.place.root)]) == 0
    (site,) = json.loads(capsys.readouterr().out)
    assert site["warnings"][0]["is_acked"] and site["archive_bytes"] > 0 and site["disk_days_left"] > 0
    assert run(["runs", "--format", "json", "--workspace", str(watched.place.root)]) == 0
    kinds = [row["kind"] for row in json.loads(capsys.readouterr().out)]
    assert kinds.count("recrawl") == 4 and kinds.count("crawl") == 3


def _dies(watched: Watched) -> None:
    """Every page answers 403: as a ban does."""
    for path in list(watched.site.pages):
        watched.site.pages[path] = Reply(b"no", 403)
    watched.make_due()


def test_old_parts_are_made_again_within_the_budget_only(
    watched: Watched, capsys: pytest.CaptureFixture[str]
) -> None:
    if not watched.place.latest.exists():
        pytest.skip("needs the night before")
    before = watched.place.latest.resolve()
    shutil.rmtree(watched.place.parts)
    watched.configure("[budget]\nrebuild_minutes = 0.001")
    code, row = watched.recrawl(capsys)
    assert code == 3 and row["needs"] == ["rebuild needed: 1 parts, about 1 minutes: run `yuqi build`"]
    assert watched.place.latest.resolve() == before and not list(watched.place.parts.glob("read/*"))
    watched.configure()
    code, row = watched.recrawl(capsys)
    assert (code, row["needs"], row["articles"]) == (0, [], 12)


@pytest.fixture
def allowances(monkeypatch: pytest.MonkeyPatch) -> list[Allowance]:
    """Recrawls without a crawl and a build: what the build would have been allowed."""
    seen: list[Allowance] = []
    monkeypatch.setattr(
        "yuqi.operations.recrawling.build_workspace", lambda _place, allowance: seen.append(allowance)
    )
    monkeypatch.setattr(
        "yuqi.operations.recrawling.crawl",
        lambda *_: CrawlSummary("crawl-1", resumed=False, left=0),
    )
    return seen


def test_a_rebuild_that_would_outlast_the_maximum_time_is_left_to_a_person(
    watched: Watched, allowances: list[Allowance], capsys: pytest.CaptureFixture[str]
) -> None:
    watched.configure("[budget]\nrebuild_minutes = 30\npages = 1")
    watched.recrawl(capsys, "--max-time", "90")
    watched.recrawl(capsys)
    assert [one.seconds for one in allowances] == [90, 1800]


def test_pages_of_the_second_in_which_the_last_build_began_are_old(
    watched: Watched, allowances: list[Allowance], capsys: pytest.CaptureFixture[str]
) -> None:
    """A snapshot's name ends at the second: what a short crawl brought just before would count as new."""
    if not watched.place.latest.exists():
        pytest.skip("needs the night before")
    watched.recrawl(capsys)
    began = moment_of(watched.place.latest.resolve().stem)
    assert [one.old_until for one in allowances] == [began + timedelta(seconds=1)]


def test_a_warning_ends_a_recrawl_with_three_then_is_known_and_after_a_week_calls_again(
    watched: Watched,
    allowances: list[Allowance],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    watched.write("")
    found = [SiteWarning("demo", rule, "said") for rule in ("drops", "confidence", "template-shift")]
    monkeypatch.setattr("yuqi.operations.recrawling.warnings_now", lambda *_: found)
    path = watched.place.state / "warnings.json"
    path.unlink(missing_ok=True)
    for expected in (3, "new"), (0, "known"), (3, "again"), (0, "known"):
        if expected[1] == "again":
            rows = json.loads(path.read_text(encoding="utf-8"))
            week_ago = {at: str(datetime.fromisoformat(rows[0][at]) - WEEK) for at in ("since", "raised_at")}
            path.write_text(json.dumps([row | week_ago for row in rows]), encoding="utf-8")
        code = run(["recrawl", "--workspace", str(watched.place.root)])
        told = capsys.readouterr().out
        assert (code, told.count(f"warning ({expected[1]}): demo")) == (expected[0], 3), told
    path.unlink()


def test_a_hook_or_watchman_that_fails_needs_a_person_and_the_run_stands(
    watched: Watched, allowances: list[Allowance], capsys: pytest.CaptureFixture[str]
) -> None:
    watched.write(f'[recrawl]\nhook = "false"\nping = "{watched.watchman.url}/gone?key=secret"\n')
    assert run(["recrawl", "--workspace", str(watched.place.root)]) == 3
    said = capsys.readouterr().err
    assert "hook: `false` ended with code 1" in said and "ping: " in said and "secret" not in said


def test_nobody_is_told_unless_yuqi_toml_names_them(
    watched: Watched, allowances: list[Allowance], capsys: pytest.CaptureFixture[str]
) -> None:
    watched.write("")
    watched.watchman.asked.clear()
    watched.heard()
    watched.recrawl(capsys)
    assert watched.watchman.asked == [] and watched.heard() == ""
    assert run(["recrawl", "--ping", "http://127.0.0.2/", "--workspace", str(watched.place.root)]) == 2


def test_a_crawl_without_room_on_the_disk_asks_for_nothing(
    watched: Watched, capsys: pytest.CaptureFixture[str]
) -> None:
    watched.configure("[budget]\nmin_free_gb = 1e8")
    watched.site.asked.clear()
    assert run(["crawl", "--all", "--workspace", str(watched.place.root)]) == 3
    told = capsys.readouterr().err
    assert "GB free" in told and told.count("\n") == 1
    assert watched.site.asked == []


def test_sigterm_stops_a_recrawl_in_good_order_and_the_next_one_goes_on(tmp_path: Path) -> None:
    place = workspace_in(tmp_path / "w")
    (place.root / "yuqi.toml").write_text("synthetic = true\nmin_free_gb = 0\n", encoding="utf-8")
    with local_site() as site:
        farm(site, 1, 40)
        said = f'start = ["{site.url}/"]\ndelay_seconds = 0\n'
        (place.sites / "demo.toml").write_text(said, encoding="utf-8")
        command = [sys.executable, "-m", "yuqi", "recrawl", "--workspace", str(place.root)]
        running = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        assert site.asked_for(5)
        running.send_signal(signal.SIGTERM)
        site.answer_one_by_one(lambda: running.poll() is not None)
        _, told = running.communicate(timeout=PATIENCE_SECONDS)
        assert running.returncode == 143 and "stopped" in told
        asked = {path for path in site.paths() if path.startswith("/article/")}
    with closing(sqlite3.connect(place.frontier)) as frontier:
        kept = {url for (url,) in frontier.execute("SELECT url FROM fetch WHERE outcome = 'new'")}
        assert {f"{site.url}{path}" for path in asked} <= kept
        assert frontier.execute("SELECT count(*) FROM url WHERE lease_owner IS NOT NULL").fetchone() == (0,)
        status = frontier.execute("SELECT status FROM run WHERE kind = 'recrawl'").fetchone()
        assert status == ("failed",)
    assert not (place.state / "lock.holder").exists()
