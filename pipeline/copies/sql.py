"""The SQL of this package stands in files, one question a file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from pipeline.duck import streamed
from pipeline.questions import Questions

TOGETHER = 100_000  # rows

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
    """Columns as the temporary table `name`, until others are lent; `types` where there may be no rows."""
    lend_table(connection, name, pa.table(columns, schema=pa.schema(types) if types else None))


def lend_table(connection: duckdb.DuckDBPyConnection, name: str, table: pa.Table) -> None:
    connection.register("lent", streamed(table.schema, _slices(table)))
    connection.execute(f'CREATE OR REPLACE TEMP TABLE "{name}" AS FROM lent').fetchall()
    connection.unregister("lent")


def _slices(table: pa.Table) -> Iterator[pa.RecordBatch]:
    yield from table.to_batches(max_chunksize=TOGETHER)


def take_back(connection: duckdb.DuckDBPyConnection, *names: str) -> None:
    """Tables that nobody reads any more."""
    for name in names:
        connection.execute(f'DROP TABLE "{name}"').fetchall()
