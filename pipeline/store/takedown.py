"""Taking rows out of a published store: the one change that a snapshot may see."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import duckdb
from filelock import FileLock

from crawler.takedowns import Takedowns, load_takedowns
from crawler.workspace import Workspace
from pipeline.duck import opened
from pipeline.room import bounded
from pipeline.schema import table_name
from pipeline.search.index import index_folder
from pipeline.store import sql
from pipeline.store.age import OlderStoreError, older
from pipeline.store.keeping import keep_answers
from pipeline.store.load import count_again, insert, open_store
from pipeline.store.retention import snapshots
from pipeline.store.snapshot import latest_snapshot, remove_halves
from pipeline.tables.copies import OperatorEvidence, OperatorRow, StoryRow, TemplateRow
from pipeline.tables.sites import SiteRow
from pipeline.tables.verdicts import TakedownRow

REGROUPED = (SiteRow, StoryRow, TemplateRow, OperatorRow, OperatorEvidence)


def ensure_applied(workspace: Workspace, snapshot: Path | None = None) -> None:
    """Rewrite a snapshot, else the newest, where `state/takedowns.toml` names something that it still holds.

    Readers call this before they open it, so a takedown holds from the moment it is written.
    """
    takedowns = load_takedowns(workspace.takedowns)
    snapshot = snapshot or latest_snapshot(workspace)
    if not takedowns.entries or snapshot is None or snapshot_obeys(snapshot, takedowns):
        return
    with FileLock(workspace.state / "takedown.lock"):
        if not snapshot_obeys(snapshot, takedowns):
            _rewrite(snapshot, takedowns)


def apply_everywhere(workspace: Workspace) -> list[Path]:
    """Every snapshot and the working corpus without what was taken down; snapshots that had to be removed.

    One that older code made, with other tables, cannot be rewritten: nothing of it is left either.
    """
    takedowns = load_takedowns(workspace.takedowns)
    removed: list[Path] = []
    with FileLock(workspace.state / "takedown.lock"):
        remove_halves(workspace)
        for store in [*snapshots(workspace).values(), workspace.corpus]:
            if not store.exists():
                continue
            try:
                if not snapshot_obeys(store, takedowns):
                    _rewrite(store, takedowns)
            except OlderStoreError:
                if store == latest_snapshot(workspace):
                    raise
                remove_store(store)
                removed.append(store)
        remove_halves(workspace)
    return removed


def remove_store(store: Path) -> None:
    _forget_index(store)
    store.unlink()


def obeys(store: duckdb.DuckDBPyConnection, takedowns: Takedowns) -> bool:
    """Whether all that was taken down is out of an open store."""
    applied = set(store.execute("SELECT url, pattern, site FROM takedowns").fetchall())
    return all(entry.named in applied for entry in takedowns.entries)


def snapshot_obeys(snapshot: Path, takedowns: Takedowns) -> bool:
    with opened(snapshot, read_only=True) as store:
        return obeys(store, takedowns)


def _rewrite(snapshot: Path, takedowns: Takedowns) -> None:
    """The store without what was taken down, under the same name, in one step."""
    mode = snapshot.stat().st_mode & 0o777
    fresh = snapshot.with_name(f".{snapshot.name}.{os.getpid()}")
    shutil.copyfile(snapshot, fresh)
    fresh.chmod(0o644)
    with open_store(fresh) as store:
        _remove_if_known(store, takedowns, snapshot.stem)
    compacted = snapshot.with_name(f".{snapshot.name}.{os.getpid()}.compact")
    compacted.unlink(missing_ok=True)
    # A deleted row stays in the file's pages until it is copied
    with opened(config=bounded(compacted)) as connection:
        connection.execute("ATTACH $path AS old (READ_ONLY)", {"path": str(fresh)})
        connection.execute("ATTACH $path AS new", {"path": str(compacted)})
        connection.execute("COPY FROM DATABASE old TO new")
    fresh.unlink()
    compacted.chmod(mode)
    _forget_index(snapshot)
    compacted.replace(snapshot)


def _forget_index(snapshot: Path) -> None:
    """Deleted words stay in the files of an index: search scans until the next build makes another."""
    folder = index_folder(snapshot)
    if folder.is_dir():
        gone = folder.with_name(f".{folder.name}.{os.getpid()}")
        folder.rename(gone)
        shutil.rmtree(gone)


def _remove_if_known(store: duckdb.DuckDBPyConnection, takedowns: Takedowns, name: str) -> None:
    try:
        remove(store, takedowns)
    except (duckdb.CatalogException, duckdb.BinderException) as error:
        raise older(name, str(error).splitlines()[0]) from error


def remove(store: duckdb.DuckDBPyConnection, takedowns: Takedowns) -> int:
    """Delete every row of the URLs and sites named, count the groups again; how many pages went."""
    known = store.execute(
        "SELECT url, site_id FROM pages UNION SELECT url, site_id FROM articles"
        " UNION SELECT url, site_id FROM fetches"
    ).fetchall()
    hit = [(url,) for url, site_id in known if takedowns.hit(url, site_id)]
    store.execute("BEGIN")
    store.execute("CREATE TEMP TABLE taken (url VARCHAR)")
    if hit:
        store.executemany("INSERT INTO taken VALUES (?)", hit)
    _keep_what_groups_need(store)
    sql.run(store, "takedown")
    for record in REGROUPED:
        store.execute(f'DELETE FROM "{table_name(record)}"')  # noqa: S608
    sql.run(store, "earliest")
    sql.run(store, "groups")
    count_again(store)
    store.execute("DELETE FROM takedowns")
    insert(store, TakedownRow, takedowns.entries)
    keep_answers(store)
    store.execute("COMMIT")
    return len(hit)


def _keep_what_groups_need(store: duckdb.DuckDBPyConnection) -> None:
    for name, question in (
        ("known_sites", "SELECT site_id, name, home_url, why FROM sites"),
        ("site_operators", "SELECT site_id, operator_id FROM sites WHERE operator_id IS NOT NULL"),
        ("operator_rows", "SELECT * FROM operators"),
        ("operator_evidence_rows", "SELECT * FROM operator_evidence"),
    ):
        store.execute(f"CREATE TEMP TABLE {name} AS {question}")
