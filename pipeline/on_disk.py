"""Rows on disk, not in memory: a build asks for all pages and visits again and again, and keeps none."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any, Generic, TypeVar

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.schema import arrow_schema, to_arrow

TOGETHER = 10_000  # rows: a few megabytes

Row = TypeVar("Row")


class OnDisk(Generic[Row]):
    """Rows in their order, as often as they are asked for, from a file without a name: it ends with them.

    `record` is a class with their fields that names the types, `made` makes a row of its columns' values.
    """

    def __init__(self, record: type, made: Callable[..., Row], rows: Iterable[Row], folder: Path) -> None:
        self._made, self._count = made, 0
        self._file: Any = TemporaryFile(dir=folder)  # noqa: SIM115  open as long as this is
        rest = iter(rows)
        with pq.ParquetWriter(self._file, arrow_schema(record), compression="zstd") as writer:
            while some := list(islice(rest, TOGETHER)):
                writer.write_table(to_arrow(record, some))
                self._count += len(some)

    def __iter__(self) -> Iterator[Row]:
        """Each time from the beginning; one that is not finished does not disturb another."""
        for batch in self.batches():
            yield from map(self._made, *(column.to_pylist() for column in batch.columns))

    def values(self, *names: str) -> Iterator[tuple[Any, ...]]:
        """Of each row these fields; moments of time are the dearest."""
        for batch in self.batches(list(names)):
            yield from zip(*(batch[name].to_pylist() for name in names), strict=True)

    def batches(self, names: list[str] | None = None) -> Iterator[pa.RecordBatch]:
        """The same as columns."""
        with pq.ParquetFile(self._file) as file:
            yield from file.iter_batches(batch_size=TOGETHER, columns=names, use_threads=False)

    def __len__(self) -> int:
        return self._count

    def close(self) -> None:
        self._file.close()
