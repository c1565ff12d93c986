"""SQL stands in files, one question a file: the files of one folder, read once and run by name."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa


@dataclass(frozen=True)
class Questions:
    """The `.sql` files of a folder; parameters are bound, never pasted in."""

    folder: Path

    def sql(self, name: str) -> str:
        return _text(self.folder / f"{name}.sql")

    def run(self, connection: duckdb.DuckDBPyConnection, name: str, **parameters: Any) -> None:
        """All statements of a file; one that takes parameters stands alone in its file."""
        self.rows(connection, name, **parameters)

    def rows(
        self, connection: duckdb.DuckDBPyConnection, name: str, **parameters: Any
    ) -> list[tuple[Any, ...]]:
        """Read to the end, so that no result stays open."""
        return connection.execute(self.sql(name), parameters or None).fetchall()

    def table(
        self, connection: duckdb.DuckDBPyConnection, name: str, **parameters: Any
    ) -> tuple[tuple[str, ...], list[dict[str, Any]]]:
        """Column names, and rows by column name."""
        found = connection.execute(self.sql(name), parameters or None)
        columns = tuple(column[0] for column in found.description or ())
        return columns, [dict(zip(columns, row, strict=True)) for row in found.fetchall()]

    def arrow(self, connection: duckdb.DuckDBPyConnection, name: str, **parameters: Any) -> pa.Table:
        """The same with the types of its columns."""
        found = connection.sql(self.sql(name), params=parameters or None)
        assert found is not None, name  # a question has an answer
        table: pa.Table = found.to_arrow_table()
        return table


@cache
def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")
