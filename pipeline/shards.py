"""The join of copies divided by band: each band is a part of its own, on whatever engine makes parts.

Bands have no hash in common, so that what they find apart, put together, is what one join over all finds. A
shard is named for its hashes: a build that was killed, or one over the same texts, finds it done.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, ClassVar

import duckdb
import numpy as np

from crawler.workspace import FailedError
from pipeline.copies.pairs import Bands, Pairs, merged, pairs_of
from pipeline.duck import opened
from pipeline.engine import Engine
from pipeline.parts import PartJob, part_file, part_key, read_table, write_part
from pipeline.records import Drop
from pipeline.versions import stage_version

# A join of a million texts in one takes 2.5 GiB, divided by band a thirtieth of it for each worker.
SHARDED_FROM = 300_000


@dataclass(frozen=True, slots=True)
class Band:
    """One band of all texts, in their order."""

    table: ClassVar[str] = "copy_band"
    hashes: Annotated[bytes, "64-bit numbers"]


@dataclass(frozen=True, slots=True)
class Shard:
    """What one band finds."""

    table: ClassVar[str] = "copy_pairs"
    lower: Annotated[bytes, "64-bit numbers of texts"]
    upper: Annotated[bytes, "as many, each above its lower one"]


@dataclass(frozen=True)
class JoinStage:
    """One band of all texts → pairs that share a hash of it."""

    name: ClassVar[str] = "join"
    tables: ClassVar[tuple[type, ...]] = (Shard,)

    def documents(self, source: Path) -> Iterator[Bands]:
        yield np.frombuffer(_column(source, Band, "hashes"), np.int64).reshape(-1, 1)

    def __call__(self, document: Bands) -> Iterable[Shard]:
        with opened() as connection:
            found = pairs_of(connection, document)
        return [Shard(found.lower.tobytes(), found.upper.tobytes())]

    def lost(self, document: Bands) -> Drop:
        raise FailedError(f"a join of {len(document)} texts ended its process: give workers more memory")


@dataclass(frozen=True)
class Sharded:
    """`pairs_of` of many texts on an engine; `parts` is where parts lie. Of few texts nothing is divided, and
    the connection that asks joins them itself."""

    engine: Engine
    parts: Path
    least: int = SHARDED_FROM

    def __call__(self, connection: duckdb.DuckDBPyConnection, bands: Bands) -> Pairs:
        if len(bands) < self.least:
            return pairs_of(connection, bands)
        jobs = [self._job(np.ascontiguousarray(band), len(bands)) for band in bands.T]
        missing = [job for job in jobs if not job.folder.is_dir()]
        for _ in self.engine(missing) if missing else ():
            pass
        return merged((_found(job.folder) for job in jobs), len(bands))

    def _job(self, band: Bands, texts: int) -> PartJob:
        key = part_key(hashlib.sha256(band.tobytes()).hexdigest(), stage_version("copies"))
        source = self.parts / "band" / key
        write_part(source, {Band: [Band(band.tobytes())]})
        return PartJob(JoinStage(), source, self.parts / JoinStage.name / key, texts)


def _found(folder: Path) -> Pairs:
    return Pairs(*(np.frombuffer(_column(folder, Shard, name), np.int64) for name in ("lower", "upper")))


def _column(folder: Path, record: type, name: str) -> bytes:
    held: list[Any] = read_table(part_file(folder, record), [name]).column(0).to_pylist()
    return bytes(held[0])
