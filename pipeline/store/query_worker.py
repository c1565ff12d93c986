"""The process that runs one query for `query.ask`: SQL on stdin, Arrow on stdout, one line on stderr."""

from __future__ import annotations

import json
import os
import resource
import sys
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from crawler.definitions import DefinitionError
from crawler.workspace import FailedError
from pipeline.store.query import MAX_BYTES, MAX_ROWS, MEMORY_LIMIT, check_statement
from pipeline.store.reader import open_snapshot

BATCH = 65_536  # rows read at once
ADDRESS_SPACE = 4 << 30  # bytes; DuckDB and Arrow reserve far more than they use


def main() -> None:
    try:
        _limit(float(sys.argv[2]))
        _answer(Path(sys.argv[1]), sys.stdin.buffer.read().decode())
    except DefinitionError as error:
        _say("usage", error)
    except (FailedError, duckdb.Error, MemoryError, pa.ArrowException, UnicodeDecodeError) as error:
        _say("failed", error)


def _limit(seconds: float) -> None:
    """What holds even where nobody is left to kill this process: no file grows, and its time is bounded."""
    cpu = int(seconds * (os.cpu_count() or 1)) + 2
    resource.setrlimit(resource.RLIMIT_CPU, (cpu, cpu))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":  # macOS knows the limit but does not keep it
        resource.setrlimit(resource.RLIMIT_AS, (ADDRESS_SPACE, ADDRESS_SPACE))


def _answer(snapshot: Path, query: str) -> None:
    with open_snapshot(snapshot, memory=MEMORY_LIMIT) as connection:
        check_statement(connection, query)
        relation = connection.sql(query)
        if relation is None:  # a statement without rows
            raise FailedError("this statement has no result: only questions are answered")
        names = list(relation.columns)
        table = _read(relation.to_arrow_reader(BATCH))
    _write(table, names)


def _read(answer: pa.RecordBatchReader) -> pa.Table:
    """Read on only while it is small enough; a LIMIT around the query would break at `; -- a comment`."""
    held, rows, size = [], 0, 0
    for batch in answer:
        rows, size = rows + batch.num_rows, size + batch.nbytes
        if size > MAX_BYTES:
            raise FailedError(
                f"an answer of more than {MAX_BYTES >> 20} MB: narrow the query, or use `yuqi release`"
            )
        if rows > MAX_ROWS:
            raise FailedError(f"more than {MAX_ROWS:,} rows: narrow the query, or use `yuqi release`")
        held.append(batch)
    return pa.Table.from_batches(held, answer.schema)


def _write(table: pa.Table, names: list[str]) -> None:
    """The names travel apart, and become distinct: two columns of one query may share a name."""
    table = table.rename_columns([str(place) for place in range(len(names))])
    table = table.replace_schema_metadata({"names": json.dumps(distinct(names))})
    stdout: Any = sys.stdout.buffer
    with pa.output_stream(stdout) as out, pa.ipc.new_stream(out, table.schema) as writer:
        writer.write_table(table)


def distinct(names: list[str]) -> list[str]:
    """
    >>> distinct(["n", "n", "m"])
    ['n', 'n_2', 'm']
    """
    seen: list[str] = []
    for name in names:
        place = 2
        fresh = name
        while fresh in seen:
            fresh, place = f"{name}_{place}", place + 1
        seen.append(fresh)
    return seen


def _say(kind: str, error: BaseException) -> None:
    lines = str(error).strip().splitlines() or [type(error).__name__]
    print(f"{kind}\t{lines[0]}", file=sys.stderr)
    sys.exit(1)


if __name__ == "__main__":
    main()
