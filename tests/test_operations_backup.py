"""Backup and restore: whole, incremental, checked, and nothing that was taken down comes back."""

from __future__ import annotations

import os
import sqlite3
import stat
import subprocess
import threading
from contextlib import closing
from pathlib import Path

import pytest
from crawl_server import farm, local_site, workspace_in

from crawler.archive import read_pages
from crawler.crawl import crawl
from crawler.definitions import DefinitionError
from crawler.frontier import Frontier
from crawler.frontier_reader import FrontierReader
from crawler.owners import Owner
from crawler.takedowns import load_takedowns
from crawler.workspace import Workspace, open_workspace, secret_key
from yuqi.cli import run
from yuqi.operations.backing_up import BackupSummary, backup
from yuqi.operations.copying import copy_database, passing_name
from yuqi.operations.irreplaceable import manifest
from yuqi.operations.restoring import RestorePlan, restore

TAKEN = '[[takedown]]\nurl = "{}"\nreason = "asked \\"politely\\""\nat = 2026-01-02T03:04:05Z\n'


def silent(_done: int, _total: int) -> None:
    """Nobody watches."""


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    place = workspace_in(tmp_path_factory.mktemp("backup") / "w")
    with local_site() as site:
        farm(site, 1, 4)
        crawl(place, [site.site()])
        (place.sites / "demo.toml").write_text(f'start = ["{site.url}/"]\n', encoding="utf-8")
    secret_key(place)
    (place.root / "overrides").mkdir()
    (place.root / "overrides" / "platforms.toml").write_text("", encoding="utf-8")
    place.corpus.write_bytes(b"can be rebuilt")
    place.parts.mkdir()
    (place.parts / "part").write_bytes(b"can be rebuilt")
    (place.state / "recrawl.log").write_bytes(b"a log")
    return place


@pytest.fixture
def place(crawled: Workspace, tmp_path: Path) -> Workspace:
    subprocess.run(["cp", "-a", str(crawled.root), str(tmp_path / "w")], check=True)
    return open_workspace(tmp_path / "w")


def contents(root: Path) -> dict[str, bytes]:
    """Databases by what they hold, all else by its bytes; without locks."""
    found: dict[str, bytes] = {}
    for path in sorted(root.rglob("*")):
        name = path.relative_to(root).as_posix()
        if not path.is_file() or name in ("state/lock", "state/lock.holder", "SHA256SUMS"):
            continue
        found[name] = dump(path) if path.suffix == ".sqlite" else path.read_bytes()
    return found


def dump(path: Path) -> bytes:
    with closing(sqlite3.connect(path)) as database:
        return "\n".join(database.iterdump()).encode()


def test_a_backup_holds_what_cannot_be_rebuilt_and_nothing_else(place: Workspace, tmp_path: Path) -> None:
    summary = backup(place, tmp_path / "b", silent)
    kept = contents(tmp_path / "b")
    assert {name.split("/")[0] for name in kept} == {"archive", "state", "sites", "overrides", "yuqi.toml"}
    assert not [name for name in kept if name.endswith((".log", "-wal", "-shm"))]
    assert summary.files == summary.copied == len(kept) and not summary.lost
    checked = subprocess.run(["sha256sum", "-c", "--quiet", "SHA256SUMS"], cwd=tmp_path / "b", check=False)
    assert checked.returncode == 0
    assert stat.S_IMODE((tmp_path / "b" / "state" / "secret.key").stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "b").stat().st_mode) == 0o700


def test_a_backup_made_again_copies_databases_and_what_is_new(place: Workspace, tmp_path: Path) -> None:
    backup(place, tmp_path / "b", silent)
    (place.archive / "demo" / "new.warc.gz").write_bytes(b"a new file")
    (place.sites / "demo.toml").unlink()
    held = {path: path.stat().st_ino for path in (tmp_path / "b" / "archive").rglob("*") if path.is_file()}
    summary = backup(place, tmp_path / "b", silent)
    assert (summary.copied, summary.removed) == (2, 1)  # frontier.sqlite and the new file; the site's file
    assert held == {path: path.stat().st_ino for path in held}
    assert contents(tmp_path / "b").keys() == manifest(tmp_path / "b").keys()


def test_restored_into_an_empty_folder_all_is_as_it_was(place: Workspace, tmp_path: Path) -> None:
    backup(place, tmp_path / "b", silent)
    assert run(["restore", str(tmp_path / "b"), "--workspace", str(tmp_path / "r")]) == 0
    assert contents(tmp_path / "r") == contents(tmp_path / "b")
    assert stat.S_IMODE((tmp_path / "r" / "state" / "secret.key").stat().st_mode) == 0o600
    assert run(["status", "--workspace", str(tmp_path / "r")]) == 0


def test_a_folder_that_is_not_empty_is_left_alone_unless_told(
    place: Workspace, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    backup(place, tmp_path / "b", silent)
    mine = tmp_path / "r" / "mine"
    mine.parent.mkdir()
    mine.write_bytes(b"mine")
    restore = ["restore", str(tmp_path / "b"), "--workspace", str(tmp_path / "r")]
    assert run(restore) == 2
    assert "--overwrite" in capsys.readouterr().err
    assert list((tmp_path / "r").iterdir()) == [mine]
    assert run([*restore, "--overwrite"]) == 0
    assert mine.read_bytes() == b"mine" and (tmp_path / "r" / "yuqi.toml").exists()


@pytest.mark.parametrize("how", ["changed", "missing", "longer"])
def test_a_backup_that_is_not_what_was_kept_restores_nothing(
    how: str, place: Workspace, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    backup(place, tmp_path / "b", silent)
    victim = next((tmp_path / "b" / "archive").rglob("*.warc.gz"))
    block = victim.read_bytes()
    if how == "missing":
        victim.unlink()
    else:
        victim.write_bytes(block[:-1] + b"!" if how == "changed" else block + b"!")
    assert run(["restore", str(tmp_path / "b"), "--workspace", str(tmp_path / "r")]) == 1
    assert victim.name in capsys.readouterr().err
    assert not [
        path for path in (tmp_path / "r").rglob("*") if path.suffix in (".gz", ".fresh", ".toml", ".key")
    ]


def test_a_restore_that_was_stopped_can_be_repeated(place: Workspace, tmp_path: Path) -> None:
    backup(place, tmp_path / "b", silent)
    plan = RestorePlan(tmp_path / "b", tmp_path / "r")

    def stops(done: int, _total: int) -> None:
        if done == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        restore(plan, stops)
    assert not (tmp_path / "r" / "yuqi.toml").exists()
    restore(plan, silent)
    assert contents(tmp_path / "r") == contents(tmp_path / "b")
    with pytest.raises(DefinitionError, match="--overwrite"):
        restore(plan, silent)


@pytest.mark.parametrize("name", ["../outside", "/etc/outside", "state/../../outside"])
def test_a_list_that_leads_out_of_the_backup_is_refused(name: str, place: Workspace, tmp_path: Path) -> None:
    backup(place, tmp_path / "b", silent)
    with (tmp_path / "b" / "SHA256SUMS").open("a", encoding="utf-8") as file:
        file.write(f"{'0' * 64}  {name}\n")
    assert run(["restore", str(tmp_path / "b"), "--workspace", str(tmp_path / "deep" / "r")]) == 2
    assert not (tmp_path / "deep").exists()


def test_an_older_backup_brings_nothing_back_that_was_taken_down_since(
    place: Workspace, tmp_path: Path
) -> None:
    place.takedowns.write_text(TAKEN.format("http://example.com/1"), encoding="utf-8")
    backup(place, tmp_path / "b", silent)
    place.takedowns.write_text(
        TAKEN.format("http://example.com/2") + '[[takedown]]\nsite = "demo"\n', encoding="utf-8"
    )
    elsewhere = tmp_path / "newer.toml"
    elsewhere.write_text('[[takedown]]\npattern = "\\\\d\\u007f"\n', encoding="utf-8")
    restore = ["restore", str(tmp_path / "b"), "--workspace", str(place.root), "--overwrite"]
    assert run([*restore, "--takedowns", str(elsewhere)]) == 0
    held = load_takedowns(place.takedowns)
    assert {(one.url, one.site, one.pattern) for one in held.entries} == {
        ("http://example.com/1", None, None), ("http://example.com/2", None, None),
        (None, "demo", None), (None, None, "\\d\x7f"),
    }  # fmt: skip
    assert held.entries[0].reason == 'asked "politely"' and held.hit("http://x/", "demo")
    assert run(restore) == 0
    assert load_takedowns(place.takedowns) == held


def test_beside_a_crawl_nothing_is_restored(
    place: Workspace, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    backup(place, tmp_path / "b", silent)
    crawling = Owner(place)
    try:
        restore = ["restore", str(tmp_path / "b"), "--workspace", str(place.root), "--overwrite"]
        assert run(restore) == 75
        assert str(os.getpid()) in capsys.readouterr().err
    finally:
        crawling.close()
    assert run(restore) == 0


def test_a_backup_made_while_a_crawl_runs_holds_every_record_that_it_names(tmp_path: Path) -> None:
    place = workspace_in(tmp_path / "w")
    secret_key(place)
    with local_site() as site:
        farm(site, 4, 50)
        site.answer_up_to(0)
        crawling = threading.Thread(target=crawl, args=(place, [site.site()]))
        crawling.start()
        counted = []
        for asked in (20, 60, 100):
            assert site.asked_for(asked)
            backup(place, tmp_path / "b", silent)
            counted.append(_readable(tmp_path / "b"))
        assert crawling.is_alive()
        site.answer_up_to()
        crawling.join()
    assert 0 < counted[0] < counted[-1] < 200
    assert run(["restore", str(tmp_path / "b"), "--workspace", str(tmp_path / "r")]) == 0
    assert _readable(tmp_path / "r") == counted[-1]
    with Frontier(open_workspace(tmp_path / "r")) as frontier:
        frontier.free_dead_leases()
        assert frontier.ready(["demo"]) + len(list(frontier.fetches())) >= 20


def _readable(root: Path) -> int:
    """Visits with a payload, each read from the archive and checked against its digest."""
    with FrontierReader(Workspace(root)) as frontier:
        fetches = [fetch for fetch in frontier.fetches() if fetch.outcome == "new"]
    return len(list(read_pages(root, fetches)))


def test_a_database_is_copied_whole_while_it_is_written(tmp_path: Path) -> None:
    live = tmp_path / "live.sqlite"
    with closing(sqlite3.connect(live, isolation_level=None)) as database:
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("CREATE TABLE pair (one, two)")
    stop = threading.Event()

    def writes() -> None:
        with closing(sqlite3.connect(live, isolation_level=None, timeout=30)) as database:
            while not stop.is_set():
                database.execute("BEGIN IMMEDIATE")
                database.executemany("INSERT INTO pair VALUES (?, ?)", [(n, n) for n in range(50)])
                database.execute("COMMIT")

    writer = threading.Thread(target=writes)
    writer.start()
    try:
        for number in range(10):
            copy_database(live, tmp_path / f"copy{number}")
    finally:
        stop.set()
        writer.join()
    for number in range(10):
        with closing(sqlite3.connect(passing_name(tmp_path / f"copy{number}"))) as copy:
            assert copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            assert copy.execute("SELECT count(*) % 50 FROM pair").fetchone() == (0,)


def test_an_archive_file_that_the_disk_lost_stays_in_the_backup(
    place: Workspace, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    backup(place, tmp_path / "b", silent)
    lost = next(path for path in place.archive.rglob("*.warc.gz"))
    name = lost.relative_to(place.root).as_posix()
    lost.unlink()
    assert run(["backup", str(tmp_path / "b"), "--workspace", str(place.root)]) == 3
    assert f"{name} is lost here" in capsys.readouterr().out
    assert (tmp_path / "b" / name).exists() and name in manifest(tmp_path / "b")


def test_an_archive_file_that_was_purged_leaves_the_backup(place: Workspace, tmp_path: Path) -> None:
    backup(place, tmp_path / "b", silent)
    purged = next(path for path in place.archive.rglob("*.warc.gz"))
    name = purged.relative_to(place.root).as_posix()
    purged.unlink()
    with closing(sqlite3.connect(place.frontier, isolation_level=None)) as frontier:
        frontier.execute("UPDATE fetch SET warc_file = NULL WHERE warc_file = ?", (name,))
    summary = backup(place, tmp_path / "b", silent)
    assert isinstance(summary, BackupSummary) and summary.removed == 1 and not summary.lost
    assert not (tmp_path / "b" / name).exists()


@pytest.mark.parametrize("where", ["inside", "around", "foreign", "other"])
def test_a_place_that_is_no_place_for_a_backup_is_refused(
    where: str, place: Workspace, tmp_path: Path
) -> None:
    folders = {
        "inside": place.root / "b",
        "around": place.root.parent,
        "foreign": tmp_path / "f",
        "other": tmp_path / "o",
    }
    (tmp_path / "f").mkdir()
    (tmp_path / "f" / "mine").write_bytes(b"mine")
    if where == "other":
        backup(place, tmp_path / "o", silent)
        (place.state / "secret.key").write_bytes(b"k" * 32)
    before = sorted(path for path in folders[where].rglob("*")) if where != "around" else None
    assert run(["backup", str(folders[where]), "--workspace", str(place.root)]) == 2
    assert before is None or before == sorted(path for path in folders[where].rglob("*"))


def test_a_backup_killed_while_files_got_their_names_can_be_restored(
    place: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    backup(place, tmp_path / "b", silent)
    (place.sites / "a.toml").write_text('start = ["http://example.com/"]\n', encoding="utf-8")
    (place.sites / "demo.toml").write_text("# changed\n", encoding="utf-8")
    renamed: list[Path] = []
    replace = Path.replace

    def dies(path: Path, target: Path) -> Path:
        if len(renamed) == 2:
            raise KeyboardInterrupt
        renamed.append(path)
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", dies)
    with pytest.raises(KeyboardInterrupt):
        backup(place, tmp_path / "b", silent)
    monkeypatch.undo()
    assert (tmp_path / "b" / "SHA256SUMS.next").exists()
    assert run(["restore", str(tmp_path / "b"), "--workspace", str(tmp_path / "half")]) == 0
    backup(place, tmp_path / "b", silent)
    assert not list((tmp_path / "b").rglob("*fresh")) + list((tmp_path / "b").glob("*.next"))
    assert contents(tmp_path / "half") == contents(tmp_path / "b")
    assert run(["restore", str(tmp_path / "b"), "--workspace", str(tmp_path / "r")]) == 0
    assert contents(tmp_path / "r") == contents(tmp_path / "b")
    assert (tmp_path / "r" / "sites" / "demo.toml").read_text(encoding="utf-8") == "# changed\n"
