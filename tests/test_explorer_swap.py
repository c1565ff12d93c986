"""Snapshots come, go and are rewritten while people read: no request is lost, nothing taken down is shown."""

from __future__ import annotations

import shutil
import threading
from datetime import datetime
from pathlib import Path

import duckdb
import pytest
from explorer_client import client, file
from invented_corpus import default_articles, make_corpus
from invented_rows import SNAPSHOT
from starlette.testclient import TestClient
from waiting import until

from crawler.workspace import Workspace
from explorer.asked import MAX_ROWS, MAX_SHOWN, read_asked
from explorer.shelf import MAX_OPEN, MAX_REMEMBERED_ROWS, Opened, Shelf
from pipeline.store.snapshot import point_to

LATER = "20240503T000000Z"
READERS = 4


def publish_again(workspace: Workspace, name: str) -> None:
    """What a build does at its end: a whole file under a new name, then the link."""
    target = workspace.snapshots / f"{name}.duckdb"
    shutil.copyfile(workspace.snapshots / f"{SNAPSHOT}.duckdb", target)
    point_to(workspace, target)


def test_a_newer_snapshot_is_served_and_no_request_is_lost(tmp_path: Path) -> None:
    workspace = make_corpus(tmp_path)
    answers: list[int] = []
    with client(workspace) as asked:
        stop = threading.Event()

        def read() -> None:
            while not stop.is_set():
                answers.append(asked.get("/runs").status_code)

        readers = [threading.Thread(target=read) for _ in range(READERS)]
        for reader in readers:
            reader.start()
        for second in range(6):
            publish_again(workspace, f"2024050{3 + second}T000000Z")
            before = len(answers)
            assert until(lambda before=before: len(answers) >= before + READERS)
        stop.set()
        for reader in readers:
            reader.join()
    assert set(answers) == {200}


def test_a_permalink_opens_the_snapshot_that_it_names(tmp_path: Path) -> None:
    workspace = make_corpus(tmp_path)
    publish_again(workspace, LATER)
    with client(workspace) as asked:
        assert "x-snapshot" in asked.get(f"/?format=csv&snapshot={SNAPSHOT}").headers
        (workspace.snapshots / f"{SNAPSHOT}.duckdb").unlink()
        assert asked.get("/").status_code == 200
        with client(make_corpus(tmp_path / "other")) as other:
            assert other.get(f"/?snapshot={LATER}").status_code == 410


@pytest.mark.parametrize("named", [None, SNAPSHOT])
def test_what_is_taken_down_while_it_is_served_is_gone_with_the_next_request(
    tmp_path: Path, named: str | None
) -> None:
    workspace = make_corpus(tmp_path)
    if named:  # a citation of an older snapshot obeys, too
        publish_again(workspace, LATER)
    first, second = default_articles()[:2]
    url = "/article/{}" + (f"?snapshot={named}" if named else "")
    with client(workspace) as asked:
        assert asked.get(url.format(first.id)).status_code == 200
        workspace.takedowns.write_text(
            f'[[takedown]]\nurl = "{first.url}"\nreason = "asked"\n', encoding="utf-8"
        )
        assert asked.get(url.format(first.id)).status_code == 404
        assert asked.get(url.format(second.id)).status_code == 200
        stories = [row["story_id"] for row in file(asked, "/evidence")["rows"]]
        assert first.story not in stories


def test_a_store_that_another_process_rewrote_is_read_anew(tmp_path: Path) -> None:
    workspace = make_corpus(tmp_path)
    with client(workspace) as asked:
        assert len(file(asked, "/reports/sites")["rows"]) == 5
        fewer = make_corpus(tmp_path / "fewer", default_articles()[:2])
        fewer.latest.resolve().replace(workspace.latest.resolve())
        assert len(file(asked, "/reports/sites")["rows"]) == 2


def test_few_snapshots_stay_open_and_times_are_utc_wherever_the_server_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    workspace = make_corpus(tmp_path)
    names = [f"202406{day:02}T000000Z" for day in range(1, MAX_OPEN + 4)]
    for name in names:
        publish_again(workspace, name)
    shelf = Shelf(workspace)
    for name in names:
        with shelf.reading(name) as (_, cursor):
            found = cursor.execute("SELECT min(started_at) FROM runs").fetchone()
            assert found and isinstance(found[0], datetime) and found[0].utcoffset().total_seconds() == 0  # type: ignore[union-attr]
    assert len(shelf._open) == MAX_OPEN
    shelf.close()


def test_nothing_built_yet_is_said(tmp_path: Path) -> None:
    workspace = make_corpus(tmp_path)
    workspace.latest.unlink()
    asked: TestClient = client(workspace)
    response = asked.get("/")
    assert response.status_code == 503 and "yuqi build" in response.text


def test_large_answers_push_older_ones_out_and_too_large_ones_are_not_kept() -> None:
    def rows(share: float) -> list[dict[str, int]]:
        return [{}] * int(MAX_REMEMBERED_ROWS * share)

    with duckdb.connect() as root:
        opened = Opened(("path", 0, 0), root, {})
        for name, share in (("first", 0.6), ("second", 0.6), ("second", 0.1), ("too large", 1.1)):
            assert len(opened.remember(name, lambda share=share: rows(share))) >= MAX_REMEMBERED_ROWS * 0.6
        assert list(opened.answers) == ["second"] and 0 < opened.rows <= MAX_REMEMBERED_ROWS


def test_a_screen_shows_no_more_than_a_browser_bears_and_a_file_what_is_asked_for() -> None:
    many = ("limit", str(MAX_ROWS))
    assert read_asked("/", [many], "").size == MAX_SHOWN
    assert read_asked("/", [many, ("format", "csv")], "").size == MAX_ROWS
