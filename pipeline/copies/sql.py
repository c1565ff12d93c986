"""The SQL of this package stands in files, one question a file."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

_HERE = Path(__file__).resolve().parent


@cache
def statement(name: str) -> str:
    return (_HERE / f"{name}.sql").read_text(encoding="utf-8")


def run(connection: duckdb.DuckDBPyConnection, name: str, **parameters: Any) -> None:
    """All statements of a file; one that takes parameters stands alone in its file."""
    connection.execute(statement(name), parameters or None).fetchall()


def rows(connection: duckdb.DuckDBPyConnection, name: str, **parameters: Any) -> list[tuple[Any, ...]]:
    """Read to the end, so that no result stays open."""
    return connection.execute(statement(name), parameters or None).fetchall()


def numbers(
    connection: duckdb.DuckDBPyConnection, name: str, **parameters: Any
) -> dict[str, NDArray[np.int64]]:
    """Columns of whole numbers."""
    found = connection.execute(statement(name), parameters or None).fetchnumpy()
    return {column: np.asarray(values, np.int64) for column, values in found.items()}


def lend(
    connection: duckdb.DuckDBPyConnection,
    name: str,
    columns: dict[str, Any],
    types: list[pa.Field[Any]] | None = None,
) -> None:
    """Columns to read as the view `name` until others are lent; `types` where there may be no rows."""
    connection.register(name, pa.table(columns, schema=pa.schema(types) if types else None))
