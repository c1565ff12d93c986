"""What programs read of a release: descriptions, keys, the spreadsheet, where it comes from, what changed."""

from __future__ import annotations

import hashlib
import json
import zipfile
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from invented_corpus import default_articles, make_corpus
from invented_rows import Told

from crawler.workspace import Workspace
from pipeline.keys import PRIMARY, references
from pipeline.release.export import TABLES
from pipeline.release.spreadsheet import SHEETS
from yuqi.cli import run

TITLE = '=HYPERLINK("x")星蓝贷'


def released(workspace: Workspace, folder: Path, version: str = "1.0.0") -> Path:
    arguments = ["--version", version, "--out", str(folder), "--workspace", str(workspace.root)]
    assert run(["release", *arguments]) == 0
    return folder


def described(folder: Path, name: str) -> dict[str, Any]:
    held: dict[str, Any] = json.loads((folder / name).read_text(encoding="utf-8"))
    return held


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return make_corpus(tmp_path_factory.mktemp("corpus"), synthetic=True)


@pytest.fixture(scope="module")
def folder(workspace: Workspace, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return released(workspace, tmp_path_factory.mktemp("release") / "1.0.0")


def test_croissant_names_every_column_of_every_file_and_its_digest(folder: Path) -> None:
    said = described(folder, "croissant.json")
    assert [record["name"] for record in said["recordSet"]] == list(TABLES)
    for file, record in zip(said["distribution"], said["recordSet"], strict=True):
        path = folder / file["contentUrl"]
        assert file["sha256"] == hashlib.sha256(path.read_bytes()).hexdigest()
        assert [field["name"] for field in record["field"]] == pq.read_schema(path).names
    assert "SYNTHETIC" in said["description"]
    assert "SYNTHETIC" in said["citeAs"]


def test_the_data_package_has_types_keys_and_references(folder: Path) -> None:
    resources = {held["name"]: held for held in described(folder, "datapackage.json")["resources"]}
    articles = resources["articles"]["schema"]
    types = {field["name"]: field["type"] for field in articles["fields"]}
    assert (types["fetched_at"], types["is_current"], types["own_share"]) == ("datetime", "boolean", "number")
    assert articles["primaryKey"] == ["article_id"]
    keys = [(key["fields"], key["reference"]) for key in articles["foreignKeys"]]
    assert (["story_id"], {"resource": "stories", "fields": ["story_id"]}) in keys


@pytest.mark.parametrize("table", TABLES)
def test_keys_are_unique_and_references_lead_somewhere(table: str, folder: Path) -> None:
    held = pq.read_table(folder / "parquet" / f"{table}.parquet")
    if key := PRIMARY.get(table):
        rows = [tuple(row[column] for column in key) for row in held.to_pylist()]
        assert len(set(rows)) == len(rows)
    for reference in references(table, held.column_names, TABLES):
        target = pq.read_table(folder / "parquet" / f"{reference.table}.parquet", columns=[reference.key])
        named = set(held[reference.column].to_pylist()) - {None}
        assert named <= set(target[reference.key].to_pylist()), reference


def test_the_spreadsheet_reckons_nothing_and_says_what_it_is(tmp_path: Path) -> None:
    trap = Told(
        "http://site9.example.com/l", "site9", TITLE, "星蓝贷的一篇。", "s-000000000300", None, "xinglan-dai"
    )
    workspace = make_corpus(tmp_path / "w", [*default_articles(), trap], synthetic=True)
    with zipfile.ZipFile(released(workspace, tmp_path / "r") / "summary.xlsx") as book:
        names = book.namelist()
        pages = [book.read(name).decode() for name in names if name.startswith("xl/worksheets/")]
        words = book.read("xl/sharedStrings.xml").decode()
    assert len(pages) == len(SHEETS) + 1
    assert not any("<f>" in page or "<hyperlink" in page for page in pages)
    assert "SYNTHETIC 合成样本" in words
    assert "not a complaint and not a borrower" in words


def test_where_a_release_comes_from_is_told(folder: Path) -> None:
    said = described(folder, "provenance.json")
    assert {"yuqi:archive", "yuqi:topic", "yuqi:release-1.0.0-open"} <= set(said["entity"])
    named = {held["prov:entity"] for held in said["used"].values()}
    assert named <= set(said["entity"])
    assert not any(label.startswith("yuqi:build-") for label in said["activity"])


def test_the_questions_of_the_figures_come_with_them(folder: Path) -> None:
    assert "platform_id" in (folder / "sql" / "platforms.sql").read_text(encoding="utf-8")


def test_the_changelog_counts_what_changed_and_names_nothing_that_was_taken_down(tmp_path: Path) -> None:
    workspace = make_corpus(tmp_path / "w")
    released(workspace, tmp_path / "out" / "1.0.0")
    workspace.takedowns.write_text(
        '[[takedown]]\nurl = "http://site0.example.com/0.html"\n', encoding="utf-8"
    )
    told = (released(workspace, tmp_path / "out" / "1.1.0", "1.1.0") / "CHANGELOG.md").read_text("utf-8")
    assert "Since 1.0.0, by URLs of current articles: 0 added, 0 changed" in told
    assert "1 taken down, 0 no article any more" in told
    assert "site0.example.com/0.html" not in told


def test_a_first_release_has_nothing_to_compare_with(folder: Path) -> None:
    assert "nothing to compare with" in (folder / "CHANGELOG.md").read_text(encoding="utf-8")


def told(folder: Path, name: str) -> list[dict[str, Any]]:
    text = (folder / "evaluation" / f"{name}.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


def test_the_figures_of_quality_follow_from_the_labels_and_predictions_beside_them(folder: Path) -> None:
    figures = {(row["part"], row["measure"]): row for row in told(folder, "figures")}
    sentences = told(folder, "assertions")
    found = [row for row in sentences if row["predicted_assertion"] is not None]
    alleged = [row for row in found if row["predicted_assertion"] == "alleged"]
    right = sum(row["assertion"] == "alleged" for row in alleged)
    said = figures["assertions", "alleged-precision"]
    assert (said["value"], said["basis"]) == (round(right / len(alleged), 4), len(alleged))
    assert said["low"] <= said["value"] <= said["high"]
    assert figures["assertions", "practices-found"]["basis"] == len(sentences) > 100
    advice = [row for row in told(folder, "advice") if row["tip"] != "~"]
    found = [row for row in advice if row["predicted_tip"] != "-"]
    assert figures["advice", "segmentation-precision"]["basis"] == len(found)


def test_only_a_release_of_real_pages_has_the_sentences_that_name_real_lenders(
    folder: Path, tmp_path: Path
) -> None:
    assert not (folder / "evaluation" / "names.jsonl").exists()
    names = told(released(make_corpus(tmp_path / "w"), tmp_path / "r"), "names")
    alone = [row for row in names if row["setting"] == "alone" and not row["is_name"]]
    fired = sum(row["predicted_is_name"] for row in alone)
    figures = {row["measure"]: row for row in told(folder, "figures")}
    assert figures["held-out-alone-others-fire"]["value"] == round(fired / len(alone), 4)
