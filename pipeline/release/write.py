"""One table as Parquet, CSV and JSON lines, in one pass over its rows."""

from __future__ import annotations

import csv
from contextlib import ExitStack
from pathlib import Path
from typing import Any, TextIO

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.release.cells import csv_cell, json_value
from pipeline.release.export import Released

BOM = "\ufeff"  # without it Excel takes UTF-8 for the system's code page
FOLDERS = ("parquet", "csv", "jsonl")


def write_table(table: Released, folder: Path) -> int:
    """How many rows were written to each of the three files."""
    count = 0
    with ExitStack() as open_files:
        parquet = open_files.enter_context(
            pq.ParquetWriter(folder / "parquet" / f"{table.name}.parquet", table.schema, compression="zstd")
        )
        sheet = open_files.enter_context(_text(folder / "csv" / f"{table.name}.csv"))
        lines = open_files.enter_context(_text(folder / "jsonl" / f"{table.name}.jsonl"))
        sheet.write(BOM)
        writer = csv.writer(sheet, lineterminator="\r\n")
        writer.writerow(table.schema.names)
        for group in table.groups:
            parquet.write_table(group)
            _write_rows(group, writer, lines)
            count += group.num_rows
    return count


def _text(path: Path) -> TextIO:
    return path.open("w", encoding="utf-8", newline="")


def _write_rows(group: pa.Table, writer: Any, lines: TextIO) -> None:
    for batch in group.to_batches(max_chunksize=1000):
        for row in batch.to_pylist():
            writer.writerow([csv_cell(value) for value in row.values()])
            lines.write(json_value(row) + "\n")
