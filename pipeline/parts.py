"""Files → stage → files: one part at a time, whole under its final name or not there at all.

A part is a folder `parts/<stage>/<key>/` with one Parquet file per record class of the stage. Its key is
a digest of everything it depends on, so a part that exists never has to be made again.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar, Protocol

import pyarrow.parquet as pq

from pipeline.records import Drop
from pipeline.schema import table_name, to_arrow

MAX_ERROR_SHARE = 0.01  # more is a bug, not bad input
ERRORS_ALLOWED = 1  # a small part may hold one poison page without stopping everybody


class TooManyErrorsError(Exception):
    """A stage raised on more pages of a part than bad input explains."""


class Stage(Protocol):
    """What a part runner needs of a stage; instances are frozen and can be pickled."""

    name: ClassVar[str]
    tables: ClassVar[tuple[type, ...]]

    def documents(self, source: Any) -> Iterator[Any]: ...

    def __call__(self, document: Any) -> Iterable[Any]: ...

    def lost(self, document: Any) -> Drop: ...


@dataclass(frozen=True)
class PartJob:
    """One part to make: from `source`, by `stage`, into `folder`."""

    stage: Stage
    source: Any
    folder: Path
    documents: int = 0  # about so many, for an engine to weigh


@dataclass(frozen=True)
class PartDone:
    folder: Path
    documents: int
    errors: tuple[str, ...]


def part_key(*said: object) -> str:
    """32 hex digits over everything the part depends on."""
    return hashlib.sha256(json.dumps(said, ensure_ascii=False, default=str).encode()).hexdigest()[:32]


def part_file(folder: Path, record: type) -> Path:
    return folder / f"{table_name(record)}.parquet"


def run_part(job: PartJob) -> PartDone:
    """Make the part under another name, then rename it; a finished part is left as it is."""
    if job.folder.is_dir():
        return PartDone(job.folder, 0, ())
    rows: dict[type, list[Any]] = {record: [] for record in job.stage.tables}
    errors: list[str] = []
    documents = 0
    for document in job.stage.documents(job.source):
        documents += 1
        for row in _applied(job.stage, document, errors):
            rows[type(row)].append(row)
    _stop_above_the_limit(job, documents, errors)
    _write(job.folder, rows)
    return PartDone(job.folder, documents, tuple(errors))


def _applied(stage: Stage, document: Any, errors: list[str]) -> list[Any]:
    """All rows of one document, or its drop: never half of them."""
    try:
        return list(stage(document))
    except Exception as error:  # the one place: a bug on one page must not cost the others
        drop = stage.lost(document)
        errors.append(f"{stage.name}: {drop.url}: {type(error).__name__}: {error}")
        print(f"warning: {errors[-1]}", file=sys.stderr)
        return [drop]


def _stop_above_the_limit(job: PartJob, documents: int, errors: list[str]) -> None:
    if len(errors) > max(ERRORS_ALLOWED, documents * MAX_ERROR_SHARE):
        raise TooManyErrorsError(
            f"{len(errors)} of {documents} pages failed in {job.stage.name}: {errors[0]}"
        )


def _write(folder: Path, rows: dict[type, list[Any]]) -> None:
    fresh = folder.with_name(f".{folder.name}.{os.getpid()}")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    for record, held in rows.items():
        pq.write_table(to_arrow(record, held), part_file(fresh, record), compression="zstd")
    if folder.is_dir():  # another process made the same part meanwhile
        shutil.rmtree(fresh)
    else:
        fresh.rename(folder)


def read_rows(path: Path, record: type) -> Iterator[Any]:
    """Records of one Parquet file, in order, a batch at a time."""
    with pq.ParquetFile(path) as file:
        for batch in file.iter_batches(batch_size=1000):
            for row in batch.to_pylist():
                yield record(**row)


def remove_unused(parts: Path, used: Iterable[Path]) -> None:
    """Parts of older inputs or versions, and the halves that killed runs left."""
    keep = set(used)
    for folder in parts.glob("*/*"):
        if folder not in keep:
            shutil.rmtree(folder, ignore_errors=True)
