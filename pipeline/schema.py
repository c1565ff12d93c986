"""From a record class to its Parquet schema and its DuckDB table: one source, two renderings."""

from __future__ import annotations

import types
from collections.abc import Iterable, Sequence
from dataclasses import fields
from datetime import date, datetime
from functools import cache
from operator import attrgetter
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

import pyarrow as pa

ARROW = {
    str: pa.string(),
    int: pa.int64(),
    float: pa.float64(),
    bool: pa.bool_(),
    bytes: pa.binary(),
    date: pa.date32(),
    datetime: pa.timestamp("us", tz="UTC"),
}
DUCKDB = {
    str: "VARCHAR", int: "BIGINT", float: "DOUBLE", bool: "BOOLEAN", bytes: "BLOB", date: "DATE",
    datetime: "TIMESTAMPTZ",
}  # fmt: skip


def table_name(record: type) -> str:
    return str(record.__dict__["table"])


def field_names(record: type) -> tuple[str, ...]:
    """Of a dataclass, or of a named tuple where a page has hundreds of them."""
    named: tuple[str, ...] | None = getattr(record, "_fields", None)
    return tuple(field.name for field in fields(record)) if named is None else named


@cache
def columns(record: type) -> tuple[tuple[str, type, bool, str], ...]:
    """(name, Python type, nullable, comment) per column, in order."""
    hints = get_type_hints(record, include_extras=True)
    return tuple((name, *_column(hints[name])) for name in field_names(record))


@cache
def arrow_schema(record: type) -> pa.Schema:
    return pa.schema(
        [
            pa.field(name, ARROW[kind], nullable, metadata={"comment": comment})
            for name, kind, nullable, comment in columns(record)
        ]
    )


def to_arrow(record: type, rows: Iterable[Any]) -> pa.Table:
    """Rows of one record class as a table with exactly its schema."""
    schema = arrow_schema(record)
    held: Sequence[Any] = list(rows)
    if not held:
        return schema.empty_table()
    return pa.table({name: list(map(attrgetter(name), held)) for name in schema.names}, schema=schema)


def create_table(record: type) -> list[str]:
    """DDL of one table: CREATE and COMMENT statements."""
    table = table_name(record)
    body = ", ".join(
        f'"{name}" {DUCKDB[kind]}{"" if nullable else " NOT NULL"}'
        for name, kind, nullable, _ in columns(record)
    )
    comments = [
        f'COMMENT ON COLUMN "{table}"."{name}" IS \'{_quoted(comment)}\''
        for name, _, _, comment in columns(record)
    ]
    said = _quoted((record.__doc__ or "").strip().splitlines()[0])
    return [f'CREATE TABLE "{table}" ({body})', f"COMMENT ON TABLE \"{table}\" IS '{said}'", *comments]


def _column(hint: Any) -> tuple[type, bool, str]:
    if get_origin(hint) is not Annotated:
        raise TypeError(f"a column needs Annotated[type, comment], not {hint}")
    inner, comment = get_args(hint)
    options = get_args(inner) if get_origin(inner) in (Union, types.UnionType) else (inner,)
    kinds = [option for option in options if option is not type(None)]
    kind = type(get_args(kinds[0])[0]) if get_origin(kinds[0]) is Literal else kinds[0]
    return kind, len(kinds) < len(options), comment


def _quoted(text: str) -> str:
    return text.replace("'", "''")
