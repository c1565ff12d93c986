"""Opening the published snapshot for reading; the only way in for report, show, sql and release."""

from __future__ import annotations

from pathlib import Path

import duckdb

from crawler.workspace import FailedError, Workspace
from pipeline.duck import opened
from pipeline.store.age import check_age
from pipeline.store.snapshot import latest_snapshot
from pipeline.store.takedown import ensure_applied

# Beside it stand Python with its libraries (200 MiB) and the rows being written (300); 1.4 GiB in all.
RELEASE_MEMORY = "768MiB"


def latest_file(workspace: Workspace) -> Path:
    """The newest snapshot, after everything on the takedown list was taken out of it."""
    ensure_applied(workspace)
    snapshot = latest_snapshot(workspace)
    if snapshot is None:
        raise FailedError(f"nothing is built yet in {workspace.root}: run `yuqi build` first")
    return snapshot


def open_latest(workspace: Workspace, *, of_any_age: bool = False) -> duckdb.DuckDBPyConnection:
    """`of_any_age`: for what must go on after an update, before anybody built again."""
    snapshot = latest_file(workspace)
    connection = open_snapshot(snapshot, spill=workspace.spill)
    if not of_any_age:
        check_age(connection, snapshot.stem)
    return connection


def open_for_release(workspace: Workspace) -> duckdb.DuckDBPyConnection:
    """For reading every table from end to end: what sorts need beyond `RELEASE_MEMORY` goes to disk."""
    return open_snapshot(latest_file(workspace), memory=RELEASE_MEMORY, spill=workspace.spill)


def open_snapshot(
    snapshot: Path, *, memory: str | None = None, spill: Path | None = None
) -> duckdb.DuckDBPyConnection:
    """Read-only; no query may touch a file or undo these settings.

    `spill` is where large sorts may go (nowhere where it is None); it has to be named before access to
    files is closed.
    """
    config = {"temp_directory": str(spill or "")} | ({"memory_limit": memory} if memory else {})
    connection = opened(snapshot, read_only=True, config=config)
    connection.execute("SET enable_external_access = false")
    connection.execute("SET lock_configuration = true")
    return connection
