"""Writing a release under another name, then renaming it: a folder with its final name is whole."""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb

from crawler.definitions import DefinitionError
from crawler.takedowns import Takedowns
from crawler.workspace import FailedError
from pipeline.checksums import SUMS, file_sha256
from pipeline.duck import opened
from pipeline.release.cards import write_cards
from pipeline.release.changes import Changes, changes, earlier_release
from pipeline.release.croissant import croissant
from pipeline.release.datapackage import datapackage
from pipeline.release.described import Described, Facts, described
from pipeline.release.export import QUESTIONS, TABLES, Edition, prepare, released
from pipeline.release.provenance import Run, provenance
from pipeline.release.spreadsheet import write_summary
from pipeline.release.write import FOLDERS, write_table
from pipeline.release.zenodo import zenodo
from pipeline.store.answering import QUESTION_FILES
from pipeline.store.meta import facts as snapshot_facts

DATASHEET = "datasheet"  # the question of what DATASHEET.md answers from the data
VERSION = re.compile(r"(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)")


@dataclass(frozen=True)
class Plan:
    version: str
    folder: Path
    edition: Edition
    synthetic: bool = False
    contact: str | None = None
    takedowns: Takedowns = field(default_factory=Takedowns)
    evaluation: Mapping[str, str] = field(default_factory=dict)  # file below the folder → what stands in it


@dataclass(frozen=True)
class Written:
    """The tables of a release, the digests of their files, and what changed since the one before."""

    tables: list[Described]
    digests: Mapping[str, str]
    changes: Changes | None


def release(connection: duckdb.DuckDBPyConnection, plan: Plan) -> list[Described]:
    """The tables written; refuses a version that exists, since a cited release never changes."""
    if not VERSION.fullmatch(plan.version):
        raise DefinitionError(f"--version: `{plan.version}` is not of the form 1.2.3")
    if plan.folder.exists():
        raise FailedError(f"{plan.folder} exists, and a release never changes: give a new --version or --out")
    fresh = plan.folder.with_name(f".{plan.folder.name}.{os.getpid()}")
    try:
        tables = _write(connection, plan, fresh)
        fresh.rename(plan.folder)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    return tables


def _write(connection: duckdb.DuckDBPyConnection, plan: Plan, folder: Path) -> list[Described]:
    for name in FOLDERS:
        (folder / name).mkdir(parents=True)
    prepare(connection, plan.edition)
    tables: list[Described] = []
    digests: dict[str, str] = {}
    with opened() as json_maker:
        for name in TABLES:
            table = released(connection, name, plan.edition)
            rows, summed = write_table(table, folder, json_maker)
            tables.append(described(table, rows))
            digests |= summed
    earlier = earlier_release(plan.folder)
    changed = changes(earlier, folder, plan.takedowns) if earlier else None
    _describe(connection, _facts(connection, plan), Written(tables, digests, changed), folder)
    for file, said in plan.evaluation.items():
        (folder / file).parent.mkdir(exist_ok=True)
        (folder / file).write_text(said, encoding="utf-8")
    (folder / SUMS).write_text(_sums(folder, digests), encoding="utf-8")
    return tables


def _describe(
    connection: duckdb.DuckDBPyConnection,
    facts: Facts,
    written: Written,
    folder: Path,
) -> None:
    """Everything beside the tables, in the words of people and in those of programs."""
    tables, digests = written.tables, written.digests
    write_summary(connection, facts, folder)
    (answers,) = QUESTIONS.table(connection, DATASHEET)[1]
    write_cards(facts, tables, written.changes, answers, folder)
    _write_json(folder / "croissant.json", croissant(facts, tables, digests))
    _write_json(folder / "datapackage.json", datapackage(facts, tables, digests))
    _write_json(folder / ".zenodo.json", zenodo(facts))
    _write_json(folder / "provenance.json", provenance(facts, snapshot_facts(connection), _runs(connection)))
    shutil.copytree(QUESTION_FILES.folder, folder / "sql", ignore=shutil.ignore_patterns("known-*"))
    (folder / "sql" / f"{DATASHEET}.sql").write_text(QUESTIONS.sql(DATASHEET), encoding="utf-8")


def _runs(connection: duckdb.DuckDBPyConnection) -> list[Run]:
    return connection.execute(
        "SELECT run_id, kind, started_at, finished_at FROM runs ORDER BY started_at, run_id"
    ).fetchall()


def _write_json(path: Path, said: dict[str, Any]) -> None:
    path.write_text(json.dumps(said, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _facts(connection: duckdb.DuckDBPyConnection, plan: Plan) -> Facts:
    known = snapshot_facts(connection)
    row = connection.execute("SELECT count(*) FROM takedowns").fetchone()
    return Facts(
        version=plan.version,
        edition=plan.edition,
        snapshot=known["snapshot"],
        method=f"yuqi {known['yuqi']}, topic {known['topic']}",
        synthetic=plan.synthetic,
        takedowns=row[0] if row else 0,
        contact=plan.contact,
    )


def _sums(folder: Path, known: Mapping[str, str]) -> str:
    """`known`: digests of files that were summed as they were written."""
    names = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    return "".join(f"{known.get(name) or file_sha256(folder / name)}  {name}\n" for name in names)
