"""What is taken down is gone from everywhere, and does not come back; all else stays where it was."""

from __future__ import annotations

import gzip
import json
import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import pytest
from explorer_client import client
from stores import ask
from taken_pages import LIST, NUMBERS, SHARED, answer, article, own, places_of, taken_workspace, url

from crawler.archive_writer import ArchiveWriter
from crawler.frontier import Frontier
from crawler.importing import import_paths
from crawler.shards import reading
from crawler.takedowns import Takedown, add_takedowns, load_takedowns
from crawler.workspace import Workspace, open_workspace
from pipeline.release.described import Described
from pipeline.release.publish import Plan, release
from yuqi.building import build_workspace
from yuqi.cli import run
from yuqi.excerpts import PENDING
from yuqi.lock import alone
from yuqi.operations.backing_up import backup
from yuqi.operations.restoring import RestorePlan, restore


def silent(_done: int, _total: int) -> None:
    """Nobody watches."""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    place = taken_workspace(tmp_path_factory.mktemp("taken"))
    build_workspace(place, workers=1)
    return place


@pytest.fixture
def place(built: Workspace, tmp_path: Path) -> Workspace:
    subprocess.run(["cp", "-a", str(built.root), str(tmp_path / "w")], check=True)
    return open_workspace(tmp_path / "w")


def yuqi(place: Workspace, command: str, *more: str) -> int:
    return run([command, *more, "--workspace", str(place.root)])


def articles(place: Workspace) -> set[str]:
    return {row[0] for row in ask(place.latest.resolve(), "SELECT url FROM articles")}


def archived(place: Workspace) -> dict[str, int]:
    return {path.name: path.stat().st_size for path in place.archive.rglob("*.warc.gz")}


def offsets(place: Workspace) -> dict[str, int | None]:
    with reading(place) as held:
        return {fetch.url: fetch.warc_offset for fetch in held.fetches()}


def test_a_purge_leaves_no_sentence_of_its_own_anywhere_and_none_comes_back(place: Workspace) -> None:
    assert yuqi(place, "release", "--version", "1.0.0", "--edition", "full") == 0
    before, sizes = offsets(place), archived(place)
    assert places_of(place.root, own(2)[0])
    assert yuqi(place, "takedown", url(2), "--reason", "作者要求", "--purge") == 0
    for said in own(2):
        assert places_of(place.root, said) == []
    assert articles(place) == {url(n) for n in NUMBERS if n != 2}
    assert places_of(place.root, own(3)[1]) and places_of(place.root, SHARED[0])  # of others all is there
    assert archived(place) == sizes
    assert {u: o for u, o in offsets(place).items() if u != LIST} == {
        u: o for u, o in before.items() if u != LIST
    }
    assert yuqi(place, "verify") == 0
    shutil.rmtree(place.parts)
    shutil.rmtree(place.snapshots)
    place.corpus.unlink()
    place = open_workspace(place.root)
    build_workspace(place, workers=1)
    assert [places_of(place.root, said) for said in own(2)] == [[]] * 4
    assert yuqi(place, "verify") == 0


def test_the_blanked_record_says_why(place: Workspace) -> None:
    assert yuqi(place, "takedown", url(2), "--reason", "作者要求", "--purge", "--no-build") == 0
    records = "".join(gzip.decompress(path.read_bytes()).decode() for path in place.archive.rglob("*.gz"))
    assert "作者要求" in records and records.count("WARC-Type: metadata") == 2  # its list, too


def test_without_purge_the_archive_keeps_everything(place: Workspace) -> None:
    held = {path: path.read_bytes() for path in place.archive.rglob("*") if path.is_file()}
    assert yuqi(place, "takedown", url(2), "--no-build") == 0
    assert {path: path.read_bytes() for path in held} == held
    assert {name.partition("/")[0] for name in places_of(place.root, own(2)[1])} == {"archive"}
    assert yuqi(place, "takedown", url(2), "--purge", "--no-build") == 0
    assert [places_of(place.root, said) for said in own(2)] == [
        []
    ] * 4  # the list that quoted it is blanked, too
    assert places_of(place.root, own(3)[1])


def test_a_release_is_withdrawn_superseded_and_both_verify(place: Workspace, tmp_path: Path) -> None:
    out = tmp_path / "elsewhere"
    assert yuqi(place, "release", "--version", "1.0.0", "--edition", "full") == 0
    assert yuqi(place, "release", "--version", "1.0.0", "--out", str(out)) == 0
    assert yuqi(place, "takedown", url(2), "--no-build") == 0
    old, new = place.releases / "1.0.0", place.releases / "1.0.1"
    assert "1.0.1" in (old / "WITHDRAWN.md").read_text() and not (old / "parquet").exists()
    assert "1 taken down" in (new / "CHANGELOG.md").read_text()
    assert (out / "WITHDRAWN.md").is_file() and (tmp_path / "elsewhere-1.0.1" / "parquet").is_dir()
    for folder in (old, new, out):
        assert places_of(folder, own(2)[0]) == [] and places_of(folder, url(2)) == []
        assert run(["verify", str(folder)]) == 0
    assert places_of(new, own(3)[0])
    named = pq.read_table(new / "parquet" / "platforms.parquet")["name"].to_pylist()
    assert named == []  # as in the synthetic one that it follows: no lender of its pages is in the gazetteer
    marked = {path: path.read_bytes() for path in old.iterdir()}
    assert yuqi(place, "takedown", url(2), "--no-build") == 0
    assert {path: path.read_bytes() for path in old.iterdir()} == marked
    assert not (place.releases / "1.0.2").exists()


def test_what_killed_commands_left_behind_goes_too(place: Workspace, tmp_path: Path) -> None:
    out = tmp_path / "elsewhere"
    assert yuqi(place, "release", "--version", "1.0.0", "--out", str(out)) == 0
    left = (place.spill / "duckdb_temp_9", place.releases / ".1.0.0.9" / "a", tmp_path / ".elsewhere.9" / "a")
    others = (tmp_path / ".other.9" / "a", place.releases / "notes" / "a")
    for path in (*left, *others):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(own(2)[0], encoding="utf-8")
    assert yuqi(place, "takedown", url(2), "--no-build") == 0
    assert [path for path in left if path.exists()] == []
    assert all(path.exists() for path in others)


def test_a_release_that_a_takedown_overtakes_is_not_published(
    place: Workspace, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def overtaken(connection: duckdb.DuckDBPyConnection, plan: Plan) -> list[Described]:
        tables = release(connection, plan)
        add_takedowns(place.takedowns, [Takedown(url=url(1))])  # it found nothing to withdraw yet
        return tables

    monkeypatch.setattr("yuqi.commands.release.release", overtaken)
    assert yuqi(place, "release", "--version", "1.0.0") == 1
    assert "run the same command again" in capsys.readouterr().err
    assert list(place.releases.iterdir()) == []


def test_a_release_without_the_page_is_left_alone(place: Workspace) -> None:
    assert yuqi(place, "release", "--version", "1.0.0") == 0
    assert yuqi(place, "takedown", "http://nobody.example.com/1.html", "--no-build") == 0
    assert not (place.releases / "1.0.0" / "WITHDRAWN.md").exists()
    assert articles(place) == {url(n) for n in NUMBERS}


def test_a_killed_purge_is_finished_without_arguments(
    place: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def die(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("crawler.purge._overwrite", die)
        yuqi(place, "takedown", url(2), "--purge")
    assert places_of(place.archive, own(2)[0]) and (place.state / PENDING).exists()
    assert yuqi(place, "takedown", "--no-build") == 0
    assert [places_of(place.root, said) for said in own(2)] == [[]] * 4


def test_a_half_written_record_is_mended_from_the_journal(
    place: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def half(path: Path, offset: int, member: bytes) -> None:
        with path.open("r+b") as file:
            file.seek(offset)
            file.write(member[: len(member) // 2])
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("crawler.purge._overwrite", half)
        yuqi(place, "takedown", url(2), "--purge")
    assert yuqi(place, "verify") == 1
    assert yuqi(place, "takedown", "--no-build") == 0
    assert yuqi(place, "verify") == 0


def test_a_request_holds_for_readers_while_another_command_holds_the_workspace(place: Workspace) -> None:
    with client(place) as asked, alone(place, "build"):
        assert own(2)[1][:12] in asked.get(f"/search?q={own(2)[1][:12]}").text
        command = [sys.executable, "-m", "yuqi", "takedown", url(2), "--workspace", str(place.root)]
        assert subprocess.run(command, check=False).returncode == 75
        assert url(2) not in asked.get(f"/search?q={own(2)[1][:12]}").text
    assert load_takedowns(place.takedowns).hit(url(2), "any")


def test_no_import_and_no_crawl_brings_it_back(place: Workspace, tmp_path: Path) -> None:
    assert yuqi(place, "takedown", url(2), "--purge", "--no-build") == 0
    other = open_workspace(_empty(tmp_path / "other"))
    with ArchiveWriter(other, "farm", "crawl") as writer:
        writer.response(answer(url(2), article(2, "<p>新的一段话。</p>")))
    summary = import_paths(place, {}, [other.archive])
    assert summary.drops == {"taken-down": 1} and places_of(place.root, own(2)[0]) == []
    with Frontier(place) as frontier:
        frontier.begin_run("crawl", "all", takes_all=True, site_ids=["farm.example.com"])
        leased = frontier.lease(["farm.example.com"] * 9, ["farm.example.com"])
        assert {lease.url for lease in leased} == {LIST, *map(url, NUMBERS)} - {url(2)}


def test_no_restore_of_an_older_backup_brings_it_back(place: Workspace, tmp_path: Path) -> None:
    backup(place, tmp_path / "backup", silent)
    assert yuqi(place, "takedown", url(2), "--purge", "--no-build") == 0
    target = tmp_path / "again"
    restore(RestorePlan(tmp_path / "backup", target, takedowns=place.takedowns), silent)
    again = open_workspace(target)
    assert places_of(again.root, own(2)[1]) == []
    assert load_takedowns(again.takedowns).hit(url(2), "any")


@pytest.mark.parametrize(
    ("arguments", "left"),
    [
        ((r"/[12]\.html$",), {3, 4, 5, 6}),
        (("--site", "farm.example.com"), set()),
        ((r"/1\.html", "--site", "farm.example.com"), {2, 3, 4, 5, 6}),
        (("--platform", "xinglan-dai"), None),
    ],
)
def test_pages_are_named_by_url_pattern_site_or_platform(
    place: Workspace, arguments: tuple[str, ...], left: set[int] | None
) -> None:
    code = yuqi(place, "takedown", *arguments, "--no-build")
    if left is None:  # not in the gazetteer
        assert code == 2 and not place.takedowns.exists()
    else:
        assert code == 0 and articles(place) == {url(n) for n in left}


@pytest.mark.parametrize("arguments", [("(",), ("--site", "unknown"), (url(1), "--platform", "a")])
def test_what_names_nothing_is_wrong_usage_and_is_not_recorded(
    place: Workspace, arguments: tuple[str, ...]
) -> None:
    assert yuqi(place, "takedown", *arguments) == 2
    assert not place.takedowns.exists()


def test_a_dry_run_changes_nothing_and_names_what_others_have_copied(
    place: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    assert yuqi(place, "takedown", url(2), "--dry-run", "--format", "json") == 0
    (row,) = json.loads(capsys.readouterr().out)
    assert row["url"] == url(2) and row["copies"] == len(row["other_pages"])
    assert not place.takedowns.exists() and url(2) in articles(place)


def test_the_log_names_pages_and_no_content(place: Workspace) -> None:
    assert yuqi(place, "takedown", url(2), "--reason", "asked", "--no-build") == 0
    (line,) = (place.state / "takedowns.jsonl").read_text(encoding="utf-8").splitlines()
    said = json.loads(line)
    assert said["pages"] == [url(2)] and said["requests"][0]["reason"] == "asked"
    assert not any(one in line for one in own(2))


def _empty(folder: Path) -> Path:
    folder.mkdir()
    (folder / "yuqi.toml").write_text("synthetic = true\n", encoding="utf-8")
    return folder
