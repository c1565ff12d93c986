"""A dataset that can be cited, and what must not stand in it."""

from __future__ import annotations

import csv
import hashlib
import json
import re
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import pytest
from invented_corpus import default_articles, make_corpus
from invented_rows import CUE, Told

from crawler.workspace import Workspace
from pipeline.release.cards import CARDS
from pipeline.release.export import ONLY_FULL, TABLES
from pipeline.schema import table_name
from pipeline.tables.corpus import CORPUS
from yuqi.cli import run

LONG = "这一句非常长，" * 40 + f"星蓝贷就{CUE}，" + "后面还有很多话，" * 40 + "完。"
CONTROL_TITLE = '=HYPERLINK("x")\x07星蓝贷'


def released(workspace: Workspace, folder: Path, *more: str) -> Path:
    assert (
        run(
            ["release", "--version", "1.0.0", "--out", str(folder), "--workspace", str(workspace.root), *more]
        )
        == 0
    )
    return folder


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    long = Told(
        "http://site9.example.com/l",
        "site9",
        CONTROL_TITLE,
        LONG,
        "s-000000000300",
        None,
        "xinglan-dai",
        "alleged",
    )
    return make_corpus(tmp_path_factory.mktemp("corpus"), [*default_articles(), long])


@pytest.fixture(scope="module")
def folder(workspace: Workspace, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return released(workspace, tmp_path_factory.mktemp("release") / "1.0.0")


def every_text(folder: Path) -> str:
    return "\n".join(
        p.read_text(encoding="utf-8")
        for p in folder.rglob("*")
        if p.is_file() and p.suffix not in {".parquet", ".xlsx"}
    )


def test_a_release_has_its_files_and_checksums_that_hold(folder: Path) -> None:
    sums = dict(line.split("  ")[::-1] for line in (folder / "SHA256SUMS").read_text().splitlines())
    held = {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}
    assert held == {*sums, "SHA256SUMS"}
    assert {*CARDS, "parquet/articles.parquet", "csv/articles.csv", "jsonl/articles.jsonl"} <= held
    for name, digest in sums.items():
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest


def test_the_same_snapshot_gives_the_same_bytes(workspace: Workspace, folder: Path, tmp_path: Path) -> None:
    again = released(workspace, tmp_path / "again")
    assert (again / "SHA256SUMS").read_bytes() == (folder / "SHA256SUMS").read_bytes()


def test_duckdb_and_arrow_read_the_same_rows_from_all_three(folder: Path) -> None:
    for table in TABLES:
        parquet = pq.read_table(folder / "parquet" / f"{table}.parquet")
        lines = (folder / "jsonl" / f"{table}.jsonl").read_text(encoding="utf-8").splitlines()
        with (folder / "csv" / f"{table}.csv").open(encoding="utf-8-sig", newline="") as file:
            sheet = list(csv.reader(file))
        count = duckdb.sql(f"SELECT count(*) FROM '{folder}/parquet/{table}.parquet'").fetchall()[0][0]
        assert parquet.num_rows == len(lines) == len(sheet) - 1 == count
        assert sheet[0] == parquet.schema.names
        assert all(list(json.loads(line)) == parquet.schema.names for line in lines)


def test_every_column_says_what_it_means_and_dates_are_dates(folder: Path) -> None:
    for table in TABLES:
        schema = pq.read_schema(folder / "parquet" / f"{table}.parquet")
        assert all(field.metadata[b"comment"] for field in schema), table
    assert (
        str(pq.read_schema(folder / "parquet" / "articles.parquet").field("fetched_at").type)
        == "timestamp[us, tz=UTC]"
    )


def test_every_table_of_the_corpus_is_released_or_kept_back_on_purpose() -> None:
    kept_back = {"originals", "fingerprints", "learnt_containers", "meta", "reviews", "takedowns"}
    kept_back |= {
        "template_sentences",
        "template_versions",
        "unlisted_names",
        "article_thresholds",
        "name_hints",
        "counted",
        "counted_findings",
        "counted_kinds",
        "corpus_counts",
        "site_health",
        "failing_months",
        "standing_answers",
    }
    assert {table_name(record) for record in CORPUS} - set(TABLES) == kept_back


def test_the_open_edition_holds_no_full_text_and_no_long_quote(folder: Path) -> None:
    for table, columns in ONLY_FULL.items():
        assert not set(columns) & set(pq.read_schema(folder / "parquet" / f"{table}.parquet").names)
    told = pq.read_table(folder / "parquet" / "practices.parquet").to_pylist()
    assert max(len(row["quote"]) for row in told) == 120
    for table in TABLES:
        for row in pq.read_table(folder / "parquet" / f"{table}.parquet").to_pylist():
            assert not [v for k, v in row.items() if isinstance(v, str) and len(v) > 120 and k != "url"], (
                table
            )


def test_a_quote_holds_its_cue_and_is_the_slice_it_says(folder: Path) -> None:
    texts = {told.id: told.text for told in default_articles()}
    for row in pq.read_table(folder / "parquet" / "practices.parquet").to_pylist():
        assert row["surface"] in row["quote"]
        text = texts.get(row["article_id"], LONG)
        assert text[row["quote_start"] : row["quote_end"]] == row["quote"]


def test_the_full_edition_holds_the_texts(workspace: Workspace, tmp_path: Path) -> None:
    full = released(workspace, tmp_path / "full", "--edition", "full")
    assert LONG in {row["text"] for row in pq.read_table(full / "parquet" / "articles.parquet").to_pylist()}


def test_no_hash_of_a_contact_and_no_page_of_unknown_origin(folder: Path) -> None:
    told = every_text(folder)
    assert "f" * 32 not in told
    assert "urn:yuqi:" not in told.replace("urn:yuqi:…", "")
    assert ",imported," not in told
    rows = pq.read_table(folder / "parquet" / "platform_counts.parquet").to_pylist()
    assert "heting-xiaodai" not in {row["platform_id"] for row in rows}


def test_pages_of_unknown_origin_when_asked_for(workspace: Workspace, tmp_path: Path) -> None:
    told = every_text(released(workspace, tmp_path / "all", "--unsourced"))
    assert "urn:yuqi" in told
    assert "not citable" in told


def test_what_is_doubtful_of_a_company_is_left_out(folder: Path) -> None:
    rows = {
        row["platform_id"]: row for row in pq.read_table(folder / "parquet" / "platforms.parquet").to_pylist()
    }
    assert (rows["xinglan-dai"]["operator"], rows["xinglan-dai"]["parent"]) == (None, None)
    assert rows["maiyu-jinrong"]["operator"] == "某某公司"


def test_csv_is_for_spreadsheets_guarded_and_with_a_byte_order_mark(folder: Path) -> None:
    data = (folder / "csv" / "articles.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    assert b"'=HYPERLINK" in data
    assert b"\x07" not in data
    assert b'"\'=invented"' in (folder / "csv" / "sites.csv").read_bytes()


def test_the_card_has_a_config_for_every_table_with_rows_and_names_the_others(folder: Path) -> None:
    _, front, said = (folder / "README.md").read_text(encoding="utf-8").split("---\n", 2)
    rows = {t: pq.read_metadata(folder / "parquet" / f"{t}.parquet").num_rows for t in TABLES}
    configs = [line.split(": ")[1] for line in front.splitlines() if "config_name" in line]
    assert configs == [table for table in TABLES if rows[table]] != list(TABLES)
    (note,) = (line for line in said.splitlines() if line.startswith("Without rows"))
    assert note.endswith(f": {', '.join(table for table in TABLES if not rows[table])}.")
    for name in CARDS:
        assert "$" not in (folder / name).read_text(encoding="utf-8"), name


def test_the_datasheet_answers_from_the_rows_that_were_released(folder: Path) -> None:
    said = " ".join((folder / "DATASHEET.md").read_text(encoding="utf-8").split())
    articles, pages, sites, drops = (
        pq.read_table(folder / "parquet" / f"{table}.parquet")
        for table in ("articles", "pages", "sites", "drops")
    )
    current = sum(articles["is_current"].to_pylist())
    undated = [row for row in articles.to_pylist() if row["is_current"] and row["published_at"] is None]
    assert f"{articles.num_rows} versions of articles, {current} of them current, from" in said
    assert f"from {pages.num_rows} pages of {sites.num_rows} sites" in said
    assert f"{drops.num_rows} pages gave no article" in said
    assert f"{len(undated)} of the current articles have no date" in said
    assert re.search(r"[1-9]\d* pages of unknown origin are left out", said)
    assert (folder / "sql" / "datasheet.sql").is_file()
    assert "Sites were chosen, not sampled" in (folder / "METHOD.md").read_text(encoding="utf-8")


def test_a_version_that_exists_is_never_changed(workspace: Workspace, folder: Path) -> None:
    before = (folder / "SHA256SUMS").read_bytes()
    arguments = ["release", "--version", "1.0.0", "--out", str(folder), "--workspace", str(workspace.root)]
    assert run(arguments) == 1
    assert (folder / "SHA256SUMS").read_bytes() == before


@pytest.mark.parametrize("version", ["1.0", "v1.0.0", "../../x", "1.0.0/..", "01.0.0"])
def test_a_version_has_three_numbers(version: str, workspace: Workspace) -> None:
    assert run(["release", "--version", version, "--workspace", str(workspace.root)]) == 2
    assert not list(workspace.releases.glob("*")) if workspace.releases.exists() else True


def test_a_synthetic_release_says_so_on_every_page(tmp_path: Path) -> None:
    folder = released(make_corpus(tmp_path / "w", synthetic=True), tmp_path / "r")
    for name in ("README.md", "METHOD.md", "DATASHEET.md", "CHANGELOG.md", "CITATION.cff"):
        assert "SYNTHETIC 合成样本" in (folder / name).read_text(encoding="utf-8")


def test_what_was_taken_down_is_not_released_and_not_named(tmp_path: Path) -> None:
    workspace = make_corpus(tmp_path / "w")
    workspace.takedowns.write_text(
        '[[takedown]]\nurl = "http://site0.example.com/0.html"\n', encoding="utf-8"
    )
    told = every_text(released(workspace, tmp_path / "r"))
    assert "http://site0.example.com/0.html" not in told
    assert "Requests obeyed in this version: 1." in told
