"""One table as Parquet, CSV and JSON lines, in one pass over its rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.csv as pacsv
import pyarrow.parquet as pq

from pipeline.checksums import SummedFile
from pipeline.release.export import Released
from pipeline.release.printable import Printable, guarded, objects, printable

BOM = "\ufeff".encode()  # without it Excel takes UTF-8 for the system's code page
FOLDERS = ("parquet", "csv", "jsonl")

WriteGroup = Callable[[pa.Table, Printable], None]  # the rows, and as people and programs read them


def write_table(table: Released, folder: Path, json: duckdb.DuckDBPyConnection) -> tuple[int, dict[str, str]]:
    """How many rows were written to each of the three files; file below the folder → SHA-256.

    The three are written side by side, group by group, so that memory holds one group.
    `json`: a connection that makes lines.
    """
    count, files = 0, {name: f"{name}/{table.name}.{name}" for name in FOLDERS}
    with ExitStack() as stack:
        opened = {name: stack.enter_context(SummedFile(folder / file)) for name, file in files.items()}
        writers = [
            stack.enter_context(_parquet(opened["parquet"], table.schema)),
            stack.enter_context(_sheet(opened["csv"], table.schema)),
            stack.enter_context(_lines(opened["jsonl"], json)),
        ]
        pool = stack.enter_context(ThreadPoolExecutor(len(writers)))
        for group in table.groups:
            said = printable(group)
            list(pool.map(lambda write, both=(group, said): write(*both), writers))
            count += group.num_rows
    return count, {files[name]: file.sha256 for name, file in opened.items()}


@contextmanager
def _parquet(file: SummedFile, schema: pa.Schema) -> Iterator[WriteGroup]:
    with pq.ParquetWriter(file, schema, compression="zstd") as writer:
        yield lambda group, _: writer.write_table(group)


@contextmanager
def _sheet(file: SummedFile, schema: pa.Schema) -> Iterator[WriteGroup]:
    file.write(BOM)
    with pacsv.CSVWriter(file, printable(schema.empty_table()).rows.schema) as writer:
        yield lambda _, said: writer.write_table(guarded(said))


@contextmanager
def _lines(file: SummedFile, json: duckdb.DuckDBPyConnection) -> Iterator[WriteGroup]:
    yield lambda _, said: file.writelines(objects(said, json))
