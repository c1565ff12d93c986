"""One table as Parquet, CSV and JSON lines, in one pass over its rows."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

import duckdb
import pyarrow.csv as pacsv
import pyarrow.parquet as pq

from pipeline.release.export import Released
from pipeline.release.printable import guarded, objects, printable
from pipeline.store.load import NO_EXTENSIONS

BOM = "\ufeff".encode()  # without it Excel takes UTF-8 for the system's code page
FOLDERS = ("parquet", "csv", "jsonl")


def write_table(table: Released, folder: Path) -> int:
    """How many rows were written to each of the three files."""
    count = 0
    with ExitStack() as open_files:
        parquet = open_files.enter_context(
            pq.ParquetWriter(folder / "parquet" / f"{table.name}.parquet", table.schema, compression="zstd")
        )
        sheet = open_files.enter_context((folder / "csv" / f"{table.name}.csv").open("wb"))
        sheet.write(BOM)
        writer = open_files.enter_context(
            pacsv.CSVWriter(sheet, printable(table.schema.empty_table()).schema)
        )
        lines = open_files.enter_context(
            (folder / "jsonl" / f"{table.name}.jsonl").open("w", encoding="utf-8", newline="")
        )
        json = open_files.enter_context(duckdb.connect(config={**NO_EXTENSIONS}))
        for group in table.groups:
            parquet.write_table(group)
            rows = printable(group)
            writer.write_table(guarded(rows))
            lines.write(objects(rows, json))
            count += group.num_rows
    return count
