"""Time and memory of a release beside DuckDB's own COPY: `python -m benchmarks.release DEMO --copies N`.

The demo's snapshot is multiplied; then a full release (with texts), and a plain `COPY … TO` of every table
released as Parquet, CSV and JSON lines, each in a process of its own, whose CPU and peak memory are told.
Either loses the files of a table as soon as they are written: those of a million articles take 27 GB.
"""

from __future__ import annotations

import argparse
import multiprocessing
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple
from unittest.mock import patch

import duckdb

from benchmarks.explorer import NAME, multiplied_store
from benchmarks.peers.tools.child import peak_gib, spent
from crawler.workspace import Workspace
from pipeline.release import publish
from pipeline.release.export import TABLES, Edition, Released
from pipeline.release.write import write_table
from pipeline.store.reader import open_for_release
from pipeline.store.snapshot import point_to

FORMS = {
    "parquet": "(FORMAT parquet, COMPRESSION zstd)",
    "csv": "(FORMAT csv, HEADER)",
    "json": "(FORMAT json)",
}
MIB_IN_GIB = 1024


class Cost(NamedTuple):
    wall: float  # seconds
    cpu: float
    peak: float  # MiB


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("workspace", type=Path)
    parser.add_argument("--copies", type=int, default=200)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "w").mkdir()
        place, store = multiplied_store(Workspace(asked.workspace), Path(folder) / "w", asked.copies)
        store.rename(place.snapshots / f"{NAME}.duckdb")
        point_to(place, place.snapshots / f"{NAME}.duckdb")
        ours = cost_of(_released, place, Path(folder) / "1.0.0")
        print(f"release {ours}", flush=True)
        theirs = cost_of(_copied, place, Path(folder) / "copied")
    print(f"COPY    {theirs}")
    print(f"wall {ours.wall / theirs.wall:.2f}, CPU {ours.cpu / theirs.cpu:.2f}")


def cost_of(work: Callable[[Workspace, Path], None], place: Workspace, target: Path) -> Cost:
    fresh = multiprocessing.get_context("spawn")
    queue: multiprocessing.Queue[Cost] = fresh.Queue()
    process = fresh.Process(target=_measured, args=(queue, work, place, target))
    process.start()
    cost = queue.get()
    process.join()
    return cost


def _measured(
    queue: multiprocessing.Queue[Cost],
    work: Callable[[Workspace, Path], None],
    place: Workspace,
    target: Path,
) -> None:
    begun, before = time.perf_counter(), spent()
    work(place, target)
    wall, cpu = time.perf_counter() - begun, spent() - before
    queue.put(Cost(round(wall, 1), round(cpu, 1), round(peak_gib() * MIB_IN_GIB)))


def _released(place: Workspace, target: Path) -> None:
    with open_for_release(place) as connection, patch.object(publish, "write_table", _written_and_gone):
        publish.release(
            connection, publish.Plan("1.0.0", target, Edition("full", named_only=True), synthetic=True)
        )


def _written_and_gone(
    table: Released, folder: Path, json: duckdb.DuckDBPyConnection
) -> tuple[int, dict[str, str]]:
    rows, digests = write_table(table, folder, json)
    for name in digests:
        (folder / name).unlink()
    return rows, digests


def _copied(place: Workspace, target: Path) -> None:
    target.mkdir()
    with duckdb.connect(str(place.latest.resolve()), read_only=True) as connection:
        connection.execute("SET enable_progress_bar = false")
        for table in TABLES:
            for form, said in FORMS.items():
                connection.execute(f"COPY \"{table}\" TO '{target / table}.{form}' {said}")
                (target / f"{table}.{form}").unlink()


if __name__ == "__main__":
    main()
