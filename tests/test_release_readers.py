"""The sample release as its readers load it: the card's own snippets, and validators."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from pipeline.release.export import TABLES, Edition
from pipeline.schema import columns, table_name
from pipeline.tables.corpus import CORPUS
from pipeline.verify import checked_release, checked_tables

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = ROOT / "datasets" / "sample"
READERS = ROOT / ".venv" / "readers" / "bin" / "python"
CITATIONS = ROOT / ".venv" / "citations" / "bin" / "cffconvert"
SNIPPETS = re.findall(r"```python\n(.*?)```", (SAMPLE / "README.md").read_text(encoding="utf-8"), re.DOTALL)
IMPORTED = ("duckdb", "polars", "pandas", "datasets", "openpyxl", "mlcroissant")
LOADED = """
import glob, json, os
import duckdb, pandas, polars
from datasets import load_dataset
said = {}
for path in sorted(glob.glob("parquet/*.parquet")):
    name = os.path.basename(path).removesuffix(".parquet")
    said[name] = {
        "duckdb": duckdb.sql(f"SELECT count(*) FROM '{path}'").fetchall()[0][0],
        "polars": polars.read_parquet(path).height,
        "pandas": len(pandas.read_parquet(path)),
        "pandas csv": len(pandas.read_csv(f"csv/{name}.csv", encoding="utf-8-sig")),
        "polars jsonl": sum(1 for line in open(f"jsonl/{name}.jsonl", encoding="utf-8")),
    }
    if said[name]["duckdb"]:  # datasets refuses a table without rows, and says so
        said[name]["datasets"] = load_dataset(os.getcwd(), name, split="train").num_rows
print(json.dumps(said))
"""
CROISSANT = """
import json, mlcroissant
held = mlcroissant.Dataset("croissant.json")
assert not held.metadata.ctx.issues.errors, held.metadata.ctx.issues.report()
print(json.dumps({one.name: sum(1 for _ in held.records(one.name)) for one in held.metadata.record_sets}))
"""
FRICTIONLESS = """
import frictionless, json
said = frictionless.validate("datapackage.json")
print(json.dumps([said.valid, [str(error) for task in said.tasks for error in task.errors][:5]]))
"""


def ask(code: str, tmp_path: Path) -> str:
    """In the readers' own environment, offline, from the release's folder."""
    if not READERS.exists():
        pytest.skip("`make readers` installs what reads releases")
    offline = {
        "HF_HUB_OFFLINE": "1",
        "HF_HOME": str(tmp_path),
        "HOME": str(tmp_path),
        "PATH": "/usr/bin:/bin",
    }
    done = subprocess.run(
        [READERS, "-c", code],
        cwd=SAMPLE,
        env=offline,
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


def rows() -> dict[str, int]:
    return {table: pq.read_metadata(SAMPLE / "parquet" / f"{table}.parquet").num_rows for table in TABLES}


@pytest.mark.parametrize("snippet", SNIPPETS, ids=[next(r for r in IMPORTED if r in s) for s in SNIPPETS])
def test_a_snippet_of_the_card_runs(snippet: str, tmp_path: Path) -> None:
    ask(snippet, tmp_path)


def test_all_readers_count_the_same_rows(tmp_path: Path) -> None:
    for table, said in json.loads(ask(LOADED, tmp_path).splitlines()[-1]).items():
        assert set(said.values()) == {rows()[table]}, table


def test_croissant_is_valid_and_gives_every_row(tmp_path: Path) -> None:
    assert json.loads(ask(CROISSANT, tmp_path).splitlines()[-1]) == rows()


def test_the_data_package_is_valid_with_its_keys(tmp_path: Path) -> None:
    assert json.loads(ask(FRICTIONLESS, tmp_path).splitlines()[-1]) == [True, []]


def test_the_citation_is_valid() -> None:
    if not CITATIONS.exists():
        pytest.skip("`make readers` installs cffconvert")
    done = subprocess.run(
        [CITATIONS, "--validate", "-i", SAMPLE / "CITATION.cff"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_the_sample_in_the_repository_is_sound_small_and_synthetic() -> None:
    faults = [one for check in (checked_release, checked_tables) for one in check(SAMPLE) if one.wrong]
    assert not faults, f"{faults[:3]}: `make sample-release` writes it anew"
    assert sum(path.stat().st_size for path in SAMPLE.rglob("*") if path.is_file()) <= 1_000_000
    for name in ("README.md", "README.zh.md", "METHOD.md", "DATASHEET.md", "CITATION.cff", "CHANGELOG.md"):
        assert "SYNTHETIC" in (SAMPLE / name).read_text(encoding="utf-8"), name
    names = pq.read_table(SAMPLE / "parquet" / "platforms.parquet")["platform_id"].to_pylist()
    assert names and all(name.startswith("sample-") for name in names)


def test_the_sample_has_the_columns_of_todays_schema() -> None:
    left_out = {"text"} if Edition().name == "open" else set()
    for record in CORPUS:
        if (table := table_name(record)) in TABLES:
            held = pq.read_schema(SAMPLE / "parquet" / f"{table}.parquet").names
            expected = [name for name, *_ in columns(record) if name not in left_out]
            assert held[: len(expected)] == expected, f"{table}: `make sample-release` writes it anew"
