"""SQL stands in files, one question a file; this reads them and runs them statement by statement."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import duckdb

_HERE = Path(__file__).resolve().parent


@cache
def sql(name: str) -> str:
    return (_HERE / f"{name}.sql").read_text(encoding="utf-8")


def run(connection: duckdb.DuckDBPyConnection, name: str) -> None:
    """All statements of one file; none of them takes parameters."""
    connection.execute(sql(name))


def rows(connection: duckdb.DuckDBPyConnection, name: str, **parameters: object) -> list[tuple[object, ...]]:
    """The rows of a file's one statement, read to the end so that nothing stays open."""
    return connection.execute(sql(name), parameters or None).fetchall()
