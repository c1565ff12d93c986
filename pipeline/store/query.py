"""SQL that somebody else wrote: one statement, in a process of its own that is killed when it takes too long.

DuckDB's own time limit asks the query to stop, and some queries do not listen; a process can be killed.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from crawler.definitions import DefinitionError
from crawler.workspace import FailedError
from pipeline.store import sql
from pipeline.store.reader import open_snapshot

TIME_LIMIT_SECONDS = 60.0  # the questions of a report take well under one
MEMORY_LIMIT = "1GB"  # of DuckDB; the process as a whole may have ADDRESS_SPACE
MAX_BYTES = 256 << 20  # of an answer: the asking process holds it twice
MAX_ROWS = 1_000_000  # more belongs into a release

Rows = tuple[tuple[str, ...], list[tuple[Any, ...]]]


def ask(snapshot: Path, query: str, timeout: float = TIME_LIMIT_SECONDS) -> Rows:
    """Column names and rows; a query that is no SQL is the asker's error, all else a failure."""
    try:
        said = query.encode()
    except UnicodeEncodeError as error:  # bytes of a command line that are no UTF-8
        raise DefinitionError("the query holds half a character: no text does") from error
    command = [sys.executable, "-P", "-m", "pipeline.store.query_worker", str(snapshot), str(timeout)]
    try:
        done = subprocess.run(  # noqa: S603
            command,
            input=said,
            env=_environment(),
            capture_output=True,
            timeout=timeout,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise FailedError(
            f"the query took longer than {timeout:g} s and was stopped: narrow it, or give --timeout"
        ) from error
    if done.returncode:
        raise _failure(done.stderr)
    with pa.ipc.open_stream(done.stdout) as reader:
        table = reader.read_all()
    names = [str(name) for name in json.loads(table.schema.metadata[b"names"])]
    return tuple(names), list(zip(*(column.to_pylist() for column in table.columns), strict=True))


def schema(snapshot: Path) -> Rows:
    """Every table and view with its columns, types and comments."""
    with open_snapshot(snapshot) as connection:
        cursor = connection.execute(sql.sql("schema"))
        return tuple(column[0] for column in cursor.description or ()), cursor.fetchall()


def check_statement(connection: duckdb.DuckDBPyConnection, query: str) -> None:
    """Exactly one statement, or a DefinitionError that says so."""
    try:
        statements = connection.extract_statements(query)
    except duckdb.ParserException as error:
        raise DefinitionError(str(error).splitlines()[0]) from error
    if len(statements) != 1:
        raise DefinitionError(f"one statement at a time, not {len(statements)}")


def _environment() -> dict[str, str]:
    """With `-P` no module comes from the folder that somebody happens to stand in; ours come from here."""
    here = str(Path(__file__).resolve().parents[2])
    return {
        **os.environ,
        "PYTHONPATH": os.pathsep.join([here, os.environ.get("PYTHONPATH", "")]).rstrip(os.pathsep),
    }


def _failure(stderr: bytes) -> Exception:
    lines = [line for line in stderr.decode(errors="replace").splitlines() if line.strip()]
    kind, _, message = (lines[-1] if lines else "").partition("\t")
    if kind == "usage":
        return DefinitionError(message)
    return FailedError(
        message if kind == "failed" else "the query ran out of memory: narrow it, or use a release"
    )
