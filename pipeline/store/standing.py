"""Answers that were worked out with the snapshot: what most readers ask needs no counting when they ask it.

They are what the question itself answers, word for word: a test compares each with its live answer.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

import duckdb
import pyarrow as pa

from pipeline.store import sql
from pipeline.tables.answers import StandingAnswer

Table = tuple[tuple[str, ...], list[dict[str, Any]]]
CODEC: Final = "zstd"  # over the whole stream: of small tables the schema is the larger part


def standing_answers(
    connection: duckdb.DuckDBPyConnection, questions: Sequence[str], asked: Mapping[str, Any]
) -> dict[str, Table]:
    """Columns and rows by question; of those only that somebody was expected to ask."""
    names = [_name(question, asked) for question in questions]
    held = sql.rows(connection, "standing_answers", questions=list(questions), asked=names)
    return {question: _read(answer) for question, answer in held}


def _read(answer: bytes) -> Table:
    with pa.CompressedInputStream(pa.BufferReader(answer), CODEC) as stream:
        table = pa.ipc.open_stream(stream).read_all()
    return tuple(table.column_names), table.to_pylist()


def answered(question: str, asked: Mapping[str, Any], table: pa.Table) -> StandingAnswer:
    """`table`: what the question answered over `chosen`, with its types."""
    sink = pa.BufferOutputStream()
    with pa.CompressedOutputStream(sink, CODEC) as stream, pa.ipc.new_stream(stream, table.schema) as writer:
        writer.write_table(table)
    return StandingAnswer(question, _name(question, asked), sink.getvalue().to_pybytes())


def _name(question: str, asked: Mapping[str, Any]) -> str:
    """Which date is meant matters to days alone."""
    said = {key: str(value) for key, value in asked.items() if value is not None}
    if question not in DATED and not {"since", "until"} & said.keys():
        said.pop("basis", None)
    return json.dumps(said, sort_keys=True, ensure_ascii=False)


DATED = ("datable", "trend")
