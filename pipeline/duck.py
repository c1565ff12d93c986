"""DuckDB as everything here opens it: in UTC, without a progress bar, never looking for extensions."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

import duckdb
import pyarrow as pa

NO_EXTENSIONS = {"autoinstall_known_extensions": "false", "autoload_known_extensions": "false"}
IN_MEMORY = ":memory:"
NOTHING: Mapping[str, str] = {}
BUILD_MIB = 1536  # what a build of a million articles sorts and groups beyond it goes to disk
# Pages: of fewer a second thread is woken for each question and finds little to do. With one, copies of 2,400
# and of 6,000 articles take a seventh less CPU, and no longer (docs/measurements.md).
FEW_PAGES = 10_000


def opened(
    path: Path | None = None, *, read_only: bool = False, config: Mapping[str, str] = NOTHING
) -> duckdb.DuckDBPyConnection:
    """A file's database, else one in memory; `config` for what can only be said as it is opened.

    The progress bar would stand among a command's results: it goes to stdout after two seconds.
    """
    said: dict[str, str | bool | int | float | list[str]] = {**NO_EXTENSIONS, **config}
    connection = duckdb.connect(str(path or IN_MEMORY), read_only=read_only, config=said)
    connection.execute("SET enable_progress_bar = false")
    connection.execute("SET GLOBAL TimeZone = 'UTC'")  # of its cursors, too
    return connection


def streamed(schema: pa.Schema, batches: Iterator[pa.RecordBatch]) -> pa.RecordBatchReader:
    """Rows to register and to read once. What is registered stays in memory to the end of the transaction,
    also where it is taken back: of this that is nothing, once it is read."""
    return pa.RecordBatchReader.from_batches(schema, batches)


def bounded(store: Path, pages: int = FEW_PAGES) -> Mapping[str, str]:
    """What a build's database is opened with: half of this machine's memory at most, the rest goes to a
    folder beside `store`, where DuckDB puts it for a file, and where halves of killed builds are removed;
    of few `pages` one thread."""
    machine = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2**20
    memory = {"memory_limit": f"{min(BUILD_MIB, machine // 2)}MiB", "temp_directory": f"{store}.tmp"}
    return memory | ({"threads": "1"} if pages < FEW_PAGES else {})
