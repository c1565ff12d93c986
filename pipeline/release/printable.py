"""A batch of typed rows as CSV and JSON lines hold them, column by column."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.release.cells import CONTROL, FORMULA, escaped
from pipeline.release.scanned import Column, may_act, may_reckon, text_bytes

# Arrow's regular expressions (RE2) read UTF-8, in which no surrogate can stand.
CONTROL_RE2 = CONTROL.pattern.replace("\ud800-\udfff", "")
FORMULA_RE2 = f"^([{''.join(FORMULA).replace('-', '')}-])"
AS_TEXT = r"'\1"
NO_FRACTION = ".000000"  # how Arrow ends a moment of a whole second; ISO 8601 needs none
OBJECTS = "SELECT to_json(batch) || chr(10) AS line FROM batch"


@dataclass(frozen=True)
class Printable:
    """Rows as both forms hold them, looked through once for both."""

    rows: pa.Table
    acting: frozenset[str]  # columns of text in which something stands that a terminal or reader may act on


def printable(batch: pa.Table) -> Printable:
    """Times as ISO 8601 in UTC, numbers that are none (NaN, infinite) as null; the rest as it is."""
    rows = _each(batch, _printable)
    return Printable(rows, frozenset(name for name in rows.column_names if _acts(rows.column(name))))


def guarded(batch: Printable) -> pa.Table:
    """No control characters, an apostrophe before what a spreadsheet would reckon."""
    clean = batch.rows
    for name in batch.acting:
        said = pc.replace_substring_regex(clean.column(name), CONTROL_RE2, "")
        clean = clean.set_column(clean.column_names.index(name), name, said)
    return _each(clean, _not_reckoned)


def objects(batch: Printable, connection: duckdb.DuckDBPyConnection) -> Iterator[bytes | memoryview]:
    """One JSON object a row and line; what a terminal would act on is escaped.

    The lines of one chunk lie one behind the other in Arrow's memory as they do in the file.
    """
    connection.register("batch", batch.rows)
    for lines in text_bytes(connection.sql(OBJECTS).to_arrow_table()["line"]):
        yield escaped(lines.tobytes().decode()).encode() if batch.acting else lines.data


def _each(batch: pa.Table, change: Callable[[Column], Column]) -> pa.Table:
    return pa.table({name: change(batch.column(name)) for name in batch.column_names})


def _printable(column: Column) -> Column:
    if pa.types.is_timestamp(column.type):
        return _moments(column)
    if pa.types.is_floating(column.type):
        finite: Column = pc.if_else(pc.is_finite(column), column, None)
        return finite
    return column


def _moments(column: Column) -> Column:
    """Without the zone, which all have alike, Arrow writes them in a fifteenth of the time."""
    said: Column = column.cast(pa.timestamp(column.type.unit)).cast(pa.string())
    said = pc.replace_substring(pc.replace_substring(said, " ", "T"), NO_FRACTION, "")
    return pc.binary_join_element_wise(said, "Z", "")  # type: ignore[call-overload, no-any-return]


def _acts(column: Column) -> bool:
    return pa.types.is_string(column.type) and any(map(may_act, text_bytes(column)))


def _not_reckoned(column: Column) -> Column:
    if pa.types.is_string(column.type) and may_reckon(column):
        return pc.replace_substring_regex(column, FORMULA_RE2, AS_TEXT)
    return column
