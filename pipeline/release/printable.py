"""A batch of typed rows as CSV and JSON lines hold them, column by column."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.release.cells import CONTROL, FORMULA, LOOSE, escaped

# Arrow's regular expressions (RE2) read UTF-8, in which no surrogate can stand.
SURROGATES = "\ud800-\udfff"
CONTROL_RE2 = CONTROL.pattern.replace(SURROGATES, "")
LOOSE_RE2 = LOOSE.pattern.replace(SURROGATES, "")
FORMULA_RE2 = f"^([{''.join(FORMULA).replace('-', '')}-])"
AS_TEXT = r"'\1"
# Arrow prints a UTC moment as `2024-05-02 10:00:00.000000Z`; ISO 8601 has a T and needs no empty fraction.
ARROW_MOMENT = r"^(\S+) (\S+?)(?:\.0+)?Z$"
ISO_MOMENT = r"\1T\2Z"
OBJECTS = "SELECT to_json(batch) || chr(10) AS line FROM batch"

Column: TypeAlias = "pa.ChunkedArray[Any]"


def printable(batch: pa.Table) -> pa.Table:
    """Times as ISO 8601 in UTC, numbers that are none (NaN, infinite) as null; the rest as it is."""
    return _each(batch, _printable)


def guarded(batch: pa.Table) -> pa.Table:
    """Of a printable batch: no control characters, an apostrophe before what a spreadsheet would reckon."""
    return _each(batch, _guarded)


def objects(batch: pa.Table, connection: duckdb.DuckDBPyConnection) -> str:
    """Of a printable batch: one JSON object a row and line; what a terminal would act on is escaped."""
    connection.register("batch", batch)
    lines = connection.sql(OBJECTS).to_arrow_table()["line"]
    text = "".join(lines.to_pylist())
    return escaped(text) if _holds(lines, LOOSE_RE2) else text


def _each(batch: pa.Table, change: Callable[[Column], Column]) -> pa.Table:
    return pa.table({name: change(batch.column(name)) for name in batch.column_names})


def _printable(column: Column) -> Column:
    if pa.types.is_timestamp(column.type):
        said: Column = column.cast(pa.string())
        return pc.replace_substring_regex(said, ARROW_MOMENT, ISO_MOMENT)
    if pa.types.is_floating(column.type):
        finite: Column = pc.if_else(pc.is_finite(column), column, None)
        return finite
    return column


def _guarded(column: Column) -> Column:
    if not pa.types.is_string(column.type):
        return column
    if _holds(column, CONTROL_RE2):
        column = pc.replace_substring_regex(column, CONTROL_RE2, "")
    return pc.replace_substring_regex(column, FORMULA_RE2, AS_TEXT)


def _holds(column: Column, pattern: str) -> bool:
    """A look is five times as quick as a replacement, and few columns hold anything of the kind."""
    return bool(pc.any(pc.match_substring_regex(column, pattern)).as_py())
