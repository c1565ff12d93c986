"""Columns at a time say of a value what one value at a time says of it."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, datetime
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.csv as pacsv
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.release.cells import csv_cell, json_value
from pipeline.release.printable import guarded, objects, printable

SCHEMA = pa.schema([
    ("said", pa.string()), ("n", pa.int64()), ("share", pa.float64()), ("own", pa.bool_()),
    ("at", pa.timestamp("us", tz="UTC")),
])  # fmt: skip
HOSTILE = "=+-@\t\r＝\x07\x9b\u202e\u2066\u2028\u200f\"',\n"
texts = st.none() | st.text(st.sampled_from(HOSTILE) | st.characters(codec="utf-8"), max_size=12)
moments = st.none() | st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1), timezones=st.just(UTC))
rows = st.lists(
    st.fixed_dictionaries({
        "said": texts,
        "n": st.none() | st.integers(-(2**63), 2**63 - 1),
        "share": st.none() | st.floats(),
        "own": st.none() | st.booleans(),
        "at": moments,
    }),
    max_size=5,
)  # fmt: skip


@pytest.fixture(scope="module")
def connection() -> duckdb.DuckDBPyConnection:
    return duckdb.connect()


@given(held=rows)
def test_json_lines_are_those_of_single_rows(
    held: list[dict[str, Any]], connection: duckdb.DuckDBPyConnection
) -> None:
    said = b"".join(objects(printable(pa.Table.from_pylist(held, SCHEMA)), connection))
    lines = said.decode().split("\n")[:-1]
    assert [json.loads(line) for line in lines] == [json.loads(json_value(row)) for row in held]
    assert not any(character in line for line in lines for character in "\x9b\u202e\u2066\u200f")


@given(held=rows)
def test_cells_of_text_are_those_of_single_cells(held: list[dict[str, Any]]) -> None:
    batch = guarded(printable(pa.Table.from_pylist(held, SCHEMA)))
    sheet = io.BytesIO()
    pacsv.write_csv(batch, sheet)
    told = list(csv.DictReader(io.StringIO(sheet.getvalue().decode(), newline="")))
    for column in ("said", "own", "at", "n"):
        assert [row[column] for row in told] == [csv_cell(row[column]) for row in held]


def test_an_empty_table_has_no_line(connection: duckdb.DuckDBPyConnection) -> None:
    assert list(objects(printable(SCHEMA.empty_table()), connection)) == []
