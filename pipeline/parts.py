"""Files → stage → files: one part at a time, whole under its final name or not there at all.

A part is a folder `parts/<stage>/<key>/` with one Parquet file per record class of the stage. Its key is
a digest of everything it depends on, so a part that exists never has to be made again.
"""

from __future__ import annotations

import gc
import hashlib
import json
import shutil
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import cache, partial
from itertools import islice
from pathlib import Path
from typing import Any, ClassVar, Protocol

import pyarrow as pa
import pyarrow.parquet as pq

from crawler.whole_files import whole_folder
from pipeline.records import Drop
from pipeline.schema import field_names, table_name, to_arrow

MAX_ERROR_SHARE = 0.01  # more is a bug, not bad input
KILLED = "worker-killed"
ROWS_TOGETHER = 10_000  # a few megabytes; a batch costs as much as a hundred rows
FEW_ROWS = 1000  # the first part of a night's pages: packing them would take as long as all else of writing
# New objects between two looks for garbage, instead of 700: a part's rows are kept to its end, and to walk
# over all of them again and again took a twelfth of the time of reading.
OBJECTS_UNSEARCHED = 50_000
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


@dataclass(frozen=True, slots=True)
class Copied:
    """What a stage gives for rows of another part that stay as they are: no record is made of them."""

    record: type
    rows: pa.Table


class Mark(Protocol):
    """Says which document is in hand, for whoever finds the process dead: a file, here or elsewhere."""

    def write_text(self, text: str, /, encoding: str) -> object: ...

    def unlink(self, *, missing_ok: bool = False) -> None: ...


@dataclass(frozen=True)
class PartJob:
    """One part to make: from `source`, by `stage`, into `folder`."""

    stage: Stage
    source: Any
    folder: Path
    documents: int = 0  # about so many, for an engine to weigh
    left_out: frozenset[int] = frozenset()  # numbers of documents that killed the process
    mark: Mark | None = None


@dataclass(frozen=True)
class PartDone:
    folder: Path
    documents: int
    errors: tuple[str, ...]
    cpu_seconds: float = 0.0  # of the process that made it


def part_key(*said: object) -> str:
    """32 hex digits over everything the part depends on."""
    return hashlib.sha256(json.dumps(said, ensure_ascii=False, default=str).encode()).hexdigest()[:32]


def part_file(folder: Path, record: type) -> Path:
    return folder / f"{table_name(record)}.parquet"


def run_part(job: PartJob) -> PartDone:
    """Make the part under another name, then rename it; a finished part is left as it is."""
    if job.folder.is_dir():
        return PartDone(job.folder, 0, ())
    with _seldom_searched():
        return _made(job)


@contextmanager
def _seldom_searched() -> Iterator[None]:
    """The collector looks for garbage seldom; what no cycle holds goes at once all the same."""
    often = gc.get_threshold()
    gc.set_threshold(OBJECTS_UNSEARCHED, *often[1:])
    try:
        yield
    finally:
        gc.set_threshold(*often)


def _made(job: PartJob) -> PartDone:
    rows: dict[type, list[Any]] = {record: [] for record in (*job.stage.tables, Copied)}
    errors: list[str] = []
    documents, begun = 0, time.process_time()
    for number, document in enumerate(job.stage.documents(job.source)):
        documents += 1
        for row in _left_out_or_applied(job, number, document, errors):
            rows[type(row)].append(row)
    _stop_above_the_limit(job, documents, errors)
    write_part(job.folder, rows)
    if job.mark:
        job.mark.unlink(missing_ok=True)
    return PartDone(job.folder, documents, tuple(errors), time.process_time() - begun)


def try_document(number: int, job: PartJob) -> PartDone:
    """One document of the part, to see what becomes of the process; writes nothing but its mark."""
    for document in islice(job.stage.documents(job.source), number, number + 1):
        _left_out_or_applied(job, number, document, [])
    return PartDone(job.folder, 0, ())


def _left_out_or_applied(job: PartJob, number: int, document: Any, errors: list[str]) -> list[Any]:
    if number in job.left_out:
        drop = replace(job.stage.lost(document), reason=KILLED)
        errors.append(f"{job.stage.name}: {drop.url}: it killed the process that read it, and is left out")
        return [drop]
    if job.mark is None:
        return _applied(job.stage, document, errors)
    job.mark.write_text(str(number), encoding="ascii")
    applied = _applied(job.stage, document, errors)
    job.mark.write_text("", encoding="ascii")
    return applied


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


def write_part(folder: Path, rows: Mapping[type, Sequence[Any]]) -> None:
    """One file per record class, what is copied first; a part that is there meanwhile stays."""
    with whole_folder(folder) as fresh:
        for record, held in rows.items():
            if record is not Copied:
                copied = [one.rows for one in rows.get(Copied, ()) if one.record is record]
                write_table(part_file(fresh, record), pa.concat_tables([*copied, to_arrow(record, held)]))


def write_table(path: Path, table: pa.Table) -> None:
    """Few rows in one stroke: the writer's own many small ones take three times as long."""
    if table.num_rows < FEW_ROWS:
        path.write_bytes(_packed(table) if table.num_rows else _without_rows(table.schema))
    else:
        pq.write_table(table, path, compression="zstd")


def _packed(table: pa.Table) -> pa.Buffer:
    written = pa.BufferOutputStream()
    pq.write_table(table, written, compression="none", use_dictionary=False)
    return written.getvalue()


@cache
def _without_rows(schema: pa.Schema) -> pa.Buffer:
    """A third of a night's files have none."""
    return _packed(schema.empty_table())


def read_rows(path: Path, record: type) -> Iterator[Any]:
    """Records of one Parquet file, in order, a batch at a time; its columns are the record's fields."""
    made = _from_columns(record)
    with pq.ParquetFile(path) as file:
        for batch in file.iter_batches(batch_size=ROWS_TOGETHER, use_threads=False):
            yield from made(*(column.to_pylist() for column in batch.columns))


def read_table(path: Path, columns: list[str] | None = None) -> pa.Table:
    """The same as columns, without a record."""
    with pq.ParquetFile(path) as file:
        return file.read(columns=columns, use_threads=False)


def _from_columns(record: type) -> Callable[..., Iterator[Any]]:
    """To hand over values by name takes a record twice as long to make; one that asks for names gets them."""
    names = field_names(record)
    if not is_dataclass(record) or not any(field.kw_only for field in fields(record)):
        return partial(map, record)
    return lambda *columns: (
        record(**dict(zip(names, row, strict=True))) for row in zip(*columns, strict=True)
    )


def remove_unused(parts: Path, used: Iterable[Path | None]) -> None:
    """Parts of older inputs or versions, and the halves that killed runs left."""
    keep = set(used)
    for left in parts.glob("*/*"):
        if left.is_dir() and left not in keep:
            shutil.rmtree(left, ignore_errors=True)
        elif left.suffix == ".mark":
            left.unlink()
