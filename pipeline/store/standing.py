"""Answers that were worked out with the snapshot: what most readers ask needs no counting when they ask it.

They are what the question itself answers, word for word: a test compares each with its live answer.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import duckdb
import pyarrow as pa

from pipeline.store import sql
from pipeline.tables import StandingAnswer

Table = tuple[tuple[str, ...], list[dict[str, Any]]]
COMPRESSED = pa.ipc.IpcWriteOptions(compression="zstd")


def standing_answer(
    connection: duckdb.DuckDBPyConnection, question: str, asked: Mapping[str, Any]
) -> Table | None:
    """Columns and rows; None where nobody was expected to ask this, or the store was made without."""
    held = sql.rows(connection, "standing_answer", question=question, asked=_name(question, asked))
    if not held:
        return None
    with pa.ipc.open_stream(held[0][0]) as reader:
        table = reader.read_all()
    return tuple(table.column_names), table.to_pylist()


def answered(question: str, asked: Mapping[str, Any], table: pa.Table) -> StandingAnswer:
    """`table`: what the question answered over `chosen`, with its types."""
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema, options=COMPRESSED) as writer:
        writer.write_table(table)
    return StandingAnswer(question, _name(question, asked), sink.getvalue().to_pybytes())


def _name(question: str, asked: Mapping[str, Any]) -> str:
    """Which date is meant matters to days alone."""
    said = {key: str(value) for key, value in asked.items() if value is not None}
    if question not in DATED and not {"since", "until"} & said.keys():
        said.pop("basis", None)
    return json.dumps(said, sort_keys=True, ensure_ascii=False)


DATED = ("datable", "trend")
