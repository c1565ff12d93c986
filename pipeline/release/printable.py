"""A batch of typed rows as CSV and JSON lines hold them, column by column."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.release.cells import CONTROL, FORMULA, escaped
from pipeline.release.scanned import Column, may_act, may_reckon, text_bytes

# Arrow's regular expressions (RE2) read UTF-8, in which no surrogate can stand.
CONTROL_RE2 = CONTROL.pattern.replace("\ud800-\udfff", "")
FORMULA_RE2 = f"^([{''.join(FORMULA).replace('-', '')}-])"
AS_TEXT = r"'\1"
WHOLE_SECOND = ".000000Z"  # how Arrow ends a UTC moment without a fraction; ISO 8601 needs none
OBJECTS = "SELECT to_json(batch) || chr(10) AS line FROM batch"


def printable(batch: pa.Table) -> pa.Table:
    """Times as ISO 8601 in UTC, numbers that are none (NaN, infinite) as null; the rest as it is."""
    return _each(batch, _printable)


def guarded(batch: pa.Table) -> pa.Table:
    """Of a printable batch: no control characters, an apostrophe before what a spreadsheet would reckon."""
    return _each(batch, _guarded)


def objects(batch: pa.Table, connection: duckdb.DuckDBPyConnection) -> Iterator[bytes]:
    """Of a printable batch: one JSON object a row and line; what a terminal would act on is escaped.

    The lines of one chunk lie one behind the other in Arrow's memory as they do in the file.
    """
    connection.register("batch", batch)
    for lines in text_bytes(connection.sql(OBJECTS).to_arrow_table()["line"]):
        said = lines.tobytes()
        yield escaped(said.decode()).encode() if may_act(lines) else said


def _each(batch: pa.Table, change: Callable[[Column], Column]) -> pa.Table:
    return pa.table({name: change(batch.column(name)) for name in batch.column_names})


def _printable(column: Column) -> Column:
    if pa.types.is_timestamp(column.type):
        said: Column = pc.replace_substring(column.cast(pa.string()), " ", "T")
        return pc.replace_substring(said, WHOLE_SECOND, "Z")
    if pa.types.is_floating(column.type):
        finite: Column = pc.if_else(pc.is_finite(column), column, None)
        return finite
    return column


def _guarded(column: Column) -> Column:
    if not pa.types.is_string(column.type):
        return column
    if any(map(may_act, text_bytes(column))):
        column = pc.replace_substring_regex(column, CONTROL_RE2, "")
    if may_reckon(column):
        column = pc.replace_substring_regex(column, FORMULA_RE2, AS_TEXT)
    return column
