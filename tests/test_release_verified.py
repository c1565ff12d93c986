"""A release that was tampered with is found out, and by what."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from invented_corpus import make_corpus

from pipeline.checksums import SUMS, file_sha256
from pipeline.release.export import Released
from pipeline.release.write import FOLDERS, write_table
from pipeline.verify import checked_release, checked_tables
from pipeline.verify.release_quotes import own_words
from yuqi.cli import run


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("corpus")
    workspace, folder = make_corpus(place / "w"), place / "1.0.0"
    assert (
        run(["release", "--version", "1.0.0", "--out", str(folder), "--workspace", str(workspace.root)]) == 0
    )
    return folder


def sealed(folder: Path) -> None:
    """Make the checksums true again, as somebody would who wants not to be found out."""
    files = sorted(
        p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file() and p.name != SUMS
    )
    (folder / SUMS).write_text("".join(f"{file_sha256(folder / name)}  {name}\n" for name in files))


def rewritten(folder: Path, table: str, change: Callable[[list[dict]], list[dict]]) -> None:
    path = folder / "parquet" / f"{table}.parquet"
    held = pq.read_table(path)
    pq.write_table(pa.Table.from_pylist(change(held.to_pylist()), held.schema), path)


def without_last_line(folder: Path) -> None:
    path = folder / "csv" / "mentions.csv"
    path.write_bytes(b"\n".join(path.read_bytes().split(b"\n")[:-2]) + b"\n")


def other_cell(folder: Path) -> None:
    path = folder / "csv" / "mentions.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("星蓝贷", "星兰贷", 1), encoding="utf-8")


def other_line(folder: Path) -> None:
    path = folder / "jsonl" / "articles.jsonl"
    path.write_text(
        path.read_text(encoding="utf-8").replace("2024-05-01T08:00:00Z", "2024-05-01T08:00:01Z", 1)
    )


def longer_quote(folder: Path) -> None:
    rewritten(folder, "practices", lambda rows: [row | {"quote": row["quote"] + "！"} for row in rows])


def other_cue(folder: Path) -> None:
    rewritten(folder, "practices", lambda rows: [row | {"surface": "查无此词"} for row in rows])


def lost_story(folder: Path) -> None:
    rewritten(folder, "articles", lambda rows: [row | {"story_id": "s-ffffffffffff"} for row in rows])


def one_id(folder: Path) -> None:
    rewritten(folder, "stories", lambda rows: [row | {"story_id": rows[0]["story_id"]} for row in rows])


def other_type(folder: Path) -> None:
    path = folder / "datapackage.json"
    path.write_text(path.read_text(encoding="utf-8").replace('"type": "datetime"', '"type": "integer"', 1))


def outside(folder: Path) -> None:
    path = folder / "datapackage.json"
    said = json.loads(path.read_text(encoding="utf-8"))
    said["resources"][0]["name"] = "../../outside"
    path.write_text(json.dumps(said))


@pytest.mark.parametrize(("tamper", "check"), [
    (without_last_line, "release-forms"),
    (other_cell, "release-forms"),
    (other_line, "release-forms"),
    (other_type, "release-schema"),
    (outside, "release-schema"),
    (lost_story, "release-keys"),
    (one_id, "release-keys"),
    (longer_quote, "release-spans"),
    (other_cue, "release-spans"),
])  # fmt: skip
def test_what_was_changed_is_found(
    tamper: Callable[[Path], None], check: str, sound: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "1.0.0"
    shutil.copytree(sound, folder)
    tamper(folder)
    assert any(one.wrong for one in checked_release(folder))
    sealed(folder)
    assert not [one for one in checked_release(folder) if one.wrong]
    assert check in {one.check for one in checked_tables(folder) if one.wrong}


def test_a_sound_release_is_sound_and_everything_was_looked_at(sound: Path) -> None:
    found = list(checked_tables(sound))
    assert not [one for one in found if one.wrong]
    assert {one.check for one in found} == {
        "release-schema",
        "release-forms",
        "release-keys",
        "release-spans",
    }


def test_a_quote_gives_the_pages_own_words_by_its_edits() -> None:
    quote = {"quote": "催收问题也让", "start": 10, "end": 16, "field": "text"}
    edits = [
        {"field": "text", "kind": "deletion", "start": 13, "end": 14, "original": "", "confidence": "high"}
    ]
    assert own_words(quote, edits) == "催收问也让"
    cut = [edits[0] | {"start": 9, "end": 12, "original": "摧"}]
    assert own_words(quote, cut) == "问题也让"


def faults(sound: Path, folder: Path, *tampers: Callable[[Path], None]) -> list[str]:
    shutil.copytree(sound, folder)
    for tamper in tampers:
        tamper(folder)
    sealed(folder)
    return [f"{one.record}: {one.wrong}" for one in checked_tables(folder) if one.wrong]


def test_the_file_and_the_row_that_were_changed_are_named(sound: Path, tmp_path: Path) -> None:
    rows = pq.read_table(sound / "parquet" / "mentions.parquet").to_pylist()
    first = next(n for n, row in enumerate(rows, start=1) if row["surface"] == "星蓝贷")
    said = "is not what Parquet has"
    assert faults(sound, tmp_path / "a", other_cell) == [
        f"mentions: csv/mentions.csv row {first}: surface {said}"
    ]
    assert faults(sound, tmp_path / "b", other_line) == [
        f"articles: jsonl/articles.jsonl row 1: fetched_at {said}"
    ]
    story = pq.read_table(sound / "parquet" / "stories.parquet")["story_id"][0]
    for change, told in ((lost_story, "the first is s-ffffffffffff"), (one_id, f"the first is {story}")):
        folder = tmp_path / change.__name__
        assert any(told in fault for fault in faults(sound, folder, change, in_all_forms)), told


def in_all_forms(folder: Path) -> None:
    """What was changed in Parquet, in CSV and JSON lines, too."""
    for name in ("articles", "stories"):
        write_as(folder, name)


def write_as(folder: Path, name: str) -> None:
    held = pq.read_table(folder / "parquet" / f"{name}.parquet")
    table = Released(name, "", held.schema, iter([held]))
    for form in FOLDERS:
        (folder / form / f"{name}.{form}").unlink()
    with duckdb.connect() as json_maker:
        write_table(table, folder, json_maker)
