"""The SQL of this package stands in files, one question a file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from pipeline.questions import Questions

_QUESTIONS = Questions(Path(__file__).resolve().parent)
statement, run, rows = _QUESTIONS.sql, _QUESTIONS.run, _QUESTIONS.rows


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


def take_back(connection: duckdb.DuckDBPyConnection, *names: str) -> None:
    """Views that nobody reads any more: as long as they are lent, their columns stay in memory."""
    for name in names:
        connection.unregister(name)
