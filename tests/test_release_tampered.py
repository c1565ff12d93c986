"""Whatever is done to a file of a release, `verify` says where, and falls over nothing."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from invented_corpus import make_corpus
from test_release_verified import rewritten, sealed

from pipeline.release.export import TABLES
from pipeline.verify import checked_tables
from yuqi.cli import run

Tamper = Callable[[Path], None]
OTHER_BYTE = 0x55


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("corpus")
    workspace, folder = make_corpus(place / "w"), place / "1.0.0"
    asked = ["release", "--version", "1.0.0", "--edition", "full", "--out", str(folder)]
    assert run([*asked, "--workspace", str(workspace.root)]) == 0
    return folder


@pytest.fixture
def folder(sound: Path, tmp_path: Path) -> Path:
    shutil.copytree(sound, tmp_path / "1.0.0")
    return tmp_path / "1.0.0"


def faults(folder: Path) -> list[tuple[str, str, str]]:
    sealed(folder)
    return [(one.check, one.record, one.wrong) for one in checked_tables(folder) if one.wrong is not None]


def package(folder: Path, change: Callable[[dict], object]) -> None:
    path = folder / "datapackage.json"
    said = json.loads(path.read_text(encoding="utf-8"))
    change(said)
    path.write_text(json.dumps(said))


def test_a_changed_cell_is_named_though_the_checksum_fails_first(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = folder / "csv" / "mentions.csv"
    lines = path.read_text(encoding="utf-8").split("\n")
    lines[2] = lines[2].replace("贷", "代", 1)
    path.write_text("\n".join(lines), encoding="utf-8")
    assert run(["verify", str(folder)]) == 1
    said = capsys.readouterr().out
    assert "csv/mentions.csv: is not the file" in said and "csv/mentions.csv row 2: surface" in said


@pytest.mark.parametrize("share", [0.1, 0.9])
def test_a_byte_of_parquet_is_found_wherever_it_stands(
    folder: Path, share: float, capsys: pytest.CaptureFixture[str]
) -> None:
    paths = sorted((folder / "parquet").iterdir())
    for path in paths:
        data = bytearray(path.read_bytes())
        data[int(len(data) * share)] ^= OTHER_BYTE
        path.write_bytes(data)
    assert run(["verify", str(folder), "--format", "json"]) == 1
    rows = {row["check"]: row for row in json.loads(capsys.readouterr().out)}
    named = {fault["record"] for fault in rows["release-files"]["faults"]}
    assert named == {f"parquet/{path.name}" for path in paths}


def test_half_a_parquet_file_is_named(folder: Path) -> None:
    path = folder / "parquet" / "articles.parquet"
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    assert any((check, record) == ("release-schema", "articles") for check, record, _ in faults(folder))


@pytest.mark.parametrize(("table", "change", "said"), [
    ("mentions", {"surface": None}, "is not the slice of its text"),
    ("laws", {"char_end": 10**9}, "is not the slice of its text"),
    ("sections", {"char_end": 10**9}, "reaches beyond its text"),
    ("practices", {"quote": None}, "a quote is not as long as its span"),
    ("practices", {"char_start": None}, "a span ends before it begins"),
    ("own_sentences", {"char_start": -1}, "a span ends before it begins"),
])  # fmt: skip
def test_a_changed_offset_is_named_by_table_article_and_place(
    folder: Path, table: str, change: dict, said: str
) -> None:
    rows: list[dict] = []

    def first_changed(held: list[dict]) -> list[dict]:
        rows.extend(held[:1])
        return [{**row, **(change if n == 0 else {})} for n, row in enumerate(held)]

    rewritten(folder, table, first_changed)
    if not rows:
        pytest.skip("the invented corpus has no such row")
    found = [record for check, record, wrong in faults(folder) if check == "release-spans" and wrong == said]
    assert any(record.startswith(f"{table} {rows[0]['article_id']}") for record in found)


def test_a_key_that_finds_nothing_and_one_that_stands_twice_are_named_by_their_rows(folder: Path) -> None:
    rewritten(folder, "mentions", lambda rows: [*rows[:1], rows[1] | {"platform_id": "nobody"}, *rows[2:]])
    rewritten(folder, "stories", lambda rows: [*rows[:2], rows[2] | {"story_id": rows[0]["story_id"]}])
    told = {record: wrong for check, record, wrong in faults(folder) if check == "release-keys"}
    assert told["mentions platform_id"].endswith("the first is nobody in row 2")
    assert told["stories"].endswith("in row 3")


def no_table(folder: Path) -> None:
    package(folder, lambda said: said["resources"].pop())


def no_column(folder: Path) -> None:
    """Described as it is, so that only a question misses it."""
    rewritten(folder, "practices", lambda rows: [{**row, "quote": row["quote"]} for row in rows])
    package(folder, lambda said: [
        one["schema"].update(fields=[f for f in one["schema"]["fields"] if f["name"] != "quote"])
        for one in said["resources"] if one["name"] == "practices"
    ])  # fmt: skip


def key_of_nothing(folder: Path) -> None:
    package(folder, lambda said: said["resources"][0]["schema"].update(primaryKey=["nothing"]))


def key_of_letters(folder: Path) -> None:
    package(folder, lambda said: said["resources"][0]["schema"].update(primaryKey="name"))


def key_to_nowhere(folder: Path) -> None:
    nowhere = {"fields": ["name"], "reference": {"resource": "../../etc", "fields": ["name"]}}
    package(folder, lambda said: said["resources"][0]["schema"].update(foreignKeys=[nowhere]))


def bottomless(folder: Path) -> None:
    (folder / "datapackage.json").write_text("[" * 200_000)


def no_object(folder: Path) -> None:
    (folder / "datapackage.json").write_text('["resources"]')


def no_utf8(folder: Path) -> None:
    (folder / "csv" / "articles.csv").write_bytes(b"\xef\xbb\xbfarticle_id\n\xff\xfe\n")


def no_json(folder: Path) -> None:
    (folder / "jsonl" / "articles.jsonl").write_text("{\n")


def missing_form(folder: Path) -> None:
    (folder / "csv" / "articles.csv").unlink()


@pytest.mark.parametrize(("tamper", "check", "record"), [
    (no_table, "release-schema", TABLES[-1]),
    (no_column, "release-schema", "practices"),
    (key_of_nothing, "release-schema", "datapackage.json"),
    (key_of_letters, "release-schema", "datapackage.json"),
    (key_to_nowhere, "release-schema", "datapackage.json"),
    (bottomless, "release-schema", "datapackage.json"),
    (no_object, "release-schema", "datapackage.json"),
    (no_utf8, "release-forms", "articles"),
    (no_json, "release-forms", "articles"),
    (missing_form, "release-forms", "articles"),
])  # fmt: skip
def test_a_hostile_description_or_file_is_a_fault_and_no_traceback(
    folder: Path, tamper: Tamper, check: str, record: str
) -> None:
    tamper(folder)
    assert (check, record) in {(one, other) for one, other, _ in faults(folder)}
