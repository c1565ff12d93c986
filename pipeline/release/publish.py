"""Writing a release under another name, then renaming it: a folder with its final name is whole."""

from __future__ import annotations

import json
import os
import re
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb

from crawler.definitions import DefinitionError
from crawler.takedowns import Takedowns
from crawler.workspace import FailedError
from pipeline.checksums import SUMS, file_sha256
from pipeline.release.cards import write_cards
from pipeline.release.changes import Changes, changes, earlier_release
from pipeline.release.croissant import croissant
from pipeline.release.datapackage import datapackage
from pipeline.release.described import Described, Facts, described
from pipeline.release.export import TABLES, Edition, prepare, released
from pipeline.release.provenance import Run, provenance
from pipeline.release.spreadsheet import write_summary
from pipeline.release.write import FOLDERS, write_table
from pipeline.release.zenodo import zenodo
from pipeline.store.meta import facts as snapshot_facts
from pipeline.store.reports import QUESTION_FILES

VERSION = re.compile(r"(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)")


@dataclass(frozen=True)
class Plan:
    version: str
    folder: Path
    edition: Edition
    synthetic: bool = False
    contact: str | None = None
    takedowns: Takedowns = field(default_factory=Takedowns)


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
    tables = []
    for name in TABLES:
        table = released(connection, name, plan.edition)
        tables.append(described(table, write_table(table, folder)))
    earlier = earlier_release(plan.folder)
    changed = changes(earlier, folder, plan.takedowns) if earlier else None
    _describe(connection, _facts(connection, plan), (tables, changed), folder)
    (folder / SUMS).write_text(_sums(folder), encoding="utf-8")
    return tables


def _describe(
    connection: duckdb.DuckDBPyConnection,
    facts: Facts,
    told: tuple[list[Described], Changes | None],
    folder: Path,
) -> None:
    """Everything beside the tables, in the words of people and in those of programs."""
    tables, changed = told
    digests = _digests(folder)
    write_summary(connection, facts, folder)
    write_cards(facts, tables, changed, folder)
    _write_json(folder / "croissant.json", croissant(facts, tables, digests))
    _write_json(folder / "datapackage.json", datapackage(facts, tables, digests))
    _write_json(folder / ".zenodo.json", zenodo(facts))
    _write_json(folder / "provenance.json", provenance(facts, snapshot_facts(connection), _runs(connection)))
    shutil.copytree(QUESTION_FILES.folder, folder / "sql", ignore=shutil.ignore_patterns("known-*"))


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


def _digests(folder: Path) -> dict[str, str]:
    """File below the folder → SHA-256, in the order of names."""
    files = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    return {name: file_sha256(folder / name) for name in files}


def _sums(folder: Path) -> str:
    return "".join(f"{digest}  {name}\n" for name, digest in _digests(folder).items())
