"""CSV and JSON lines of a release against its Parquet, value by value, in the order of the rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pacsv
import pyarrow.json as pajson
import pyarrow.parquet as pq

from pipeline.release.export import GROUP_ROWS
from pipeline.release.printable import guarded, printable

BLOCK = 64 << 20  # bytes read at once; no row may be longer, and a text has some thousand characters


class UnreadableError(ValueError):
    """A file of CSV or JSON lines is not what its ending says."""


def other_row(folder: Path, name: str) -> str | None:
    """The first row of either file that is not the one in Parquet; None where all are.

    What Arrow raises is of the Parquet file.
    """
    parquet = folder / "parquet" / f"{name}.parquet"
    with pq.ParquetFile(parquet) as file:
        schema = printable(file.schema_arrow.empty_table()).rows.schema
    forms = {
        f"csv/{name}.csv": (_sheet(folder / "csv" / f"{name}.csv", schema), "guarded"),
        f"jsonl/{name}.jsonl": (_lines(folder / "jsonl" / f"{name}.jsonl", schema), "plain"),
    }
    for said, (batches, how) in forms.items():
        with pq.ParquetFile(parquet) as file:
            try:
                place = _first_other(_groups(file, how), batches)
            except UnreadableError as error:
                return f"{said} cannot be read: {error}"
            if place:
                return f"{said} row {place[0]}: {place[1]} is not what Parquet has"
    return None


def _groups(file: pq.ParquetFile, how: str) -> Iterator[pa.Table]:
    for batch in file.iter_batches(GROUP_ROWS):
        said = printable(pa.Table.from_batches([batch]))
        yield guarded(said) if how == "guarded" else said.rows


def _sheet(path: Path, schema: pa.Schema) -> Iterator[pa.RecordBatch]:
    with _unreadable():
        yield from _sheet_batches(path, schema)


def _lines(path: Path, schema: pa.Schema) -> Iterator[pa.RecordBatch]:
    with _unreadable():
        yield from _line_batches(path, schema)


@contextmanager
def _unreadable() -> Iterator[None]:
    try:
        yield
    except (OSError, pa.ArrowException) as error:
        raise UnreadableError(str(error)) from error


def _sheet_batches(path: Path, schema: pa.Schema) -> Iterable[pa.RecordBatch]:
    return pacsv.open_csv(
        path,
        read_options=pacsv.ReadOptions(block_size=BLOCK),
        parse_options=pacsv.ParseOptions(newlines_in_values=True),
        convert_options=pacsv.ConvertOptions(
            column_types=schema, strings_can_be_null=True, quoted_strings_can_be_null=False, null_values=[""]
        ),
    )


def _line_batches(path: Path, schema: pa.Schema) -> Iterable[pa.RecordBatch]:
    if not path.stat().st_size:  # which the reader takes for no JSON
        return []
    return pajson.open_json(
        path,
        read_options=pajson.ReadOptions(block_size=BLOCK),
        parse_options=pajson.ParseOptions(explicit_schema=schema, unexpected_field_behavior="error"),
    )


def _first_other(expected: Iterable[pa.Table], found: Iterable[pa.RecordBatch]) -> tuple[int, str] | None:
    """(row, column), rows counted from 1; None where all values are the same, and no row is left over."""
    rest, batches, before = pa.table({}), iter(found), 0
    for group in expected:
        while rest.num_rows < group.num_rows and (batch := next(batches, None)) is not None:
            table = pa.Table.from_batches([batch])
            rest = pa.concat_tables([rest, table]) if rest.num_rows else table
        held, rest = rest.slice(0, group.num_rows), rest.slice(group.num_rows)
        if held.num_rows < group.num_rows:
            return before + held.num_rows + 1, "the row is missing, or a value"
        others = [(row, name) for name in group.column_names if (row := _other(group[name], held[name])) >= 0]
        if others:
            row, name = min(others)
            return before + row + 1, name
        before += group.num_rows
    if rest.num_rows or any(batch.num_rows for batch in batches):
        return before + 1, "the row"
    return None


def _other(expected: pa.ChunkedArray[Any], found: pa.ChunkedArray[Any]) -> int:
    """The first place in which two columns differ, -1 for none; two nulls are the same."""
    nulls = pc.and_(pc.is_null(expected), pc.is_null(found))
    same: Any = pc.equal(expected, found).fill_null(False)
    return pc.index(pc.or_(same, nulls), False).as_py()
