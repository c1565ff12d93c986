"""What one build found out about copies, for the next: `parts/copies/<version and content>/`.

Like every part it is whole under its final name, and never needed: without it, or of other code, the same
is worked out again.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from pipeline.copies.ragged import Ragged
from pipeline.copies.remembered import Compared, Known, Parts
from pipeline.versions import stage_version

FOLDER = "copies"
COMPARISONS, PARTS, LINES = "comparisons.parquet", "parts.parquet", "lines.parquet"


def load_known(parts: Path) -> Known:
    """Of the last build with this code; nothing where there was none, or where the disk has lost it."""
    for folder in sorted((parts / FOLDER).glob(f"{stage_version('copies')}*")):
        try:
            return _read(folder)
        except (OSError, pa.ArrowException):
            shutil.rmtree(folder)
    return Known()


def keep_known(parts: Path, known: Known) -> Path:
    """The folder that holds it; the same knowledge gives the same files under the same name."""
    tables = _tables(known)
    digest = hashlib.sha256()
    for table in tables.values():
        for column in table.columns:
            digest.update(column.to_numpy().tobytes())
    folder = parts / FOLDER / f"{stage_version('copies')}{digest.hexdigest()[:16]}"
    if not folder.is_dir():
        fresh = folder.with_name(f".{folder.name}.{os.getpid()}")
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir(parents=True)
        for name, table in tables.items():
            pq.write_table(table, fresh / name, compression="zstd")
        fresh.rename(folder)
    return folder


def _tables(known: Known) -> dict[str, pa.Table]:
    (left, right, figures), (faces, lines) = known.compared, known.parts
    return {
        COMPARISONS: pa.table({"left": left, "right": right, "one": figures[:, 0], "two": figures[:, 1]}),
        PARTS: pa.table({"face": faces, "lines": np.diff(lines.starts)}),
        LINES: pa.table({"shared": lines.values}),
    }


def _read(folder: Path) -> Known:
    """Columns that do not fit together are no knowledge."""
    left, right, *figures = _columns(folder / COMPARISONS)
    (faces, sizes), (values,) = _columns(folder / PARTS), _columns(folder / LINES)
    starts = np.concatenate([np.zeros(1, np.int64), np.cumsum(sizes)])
    if starts[-1] != len(values):
        raise OSError(f"{folder}: parts and lines differ")
    return Known(Compared(left, right, np.column_stack(figures)), Parts(faces, Ragged(starts, values)))


def _columns(file: Path) -> list[NDArray[Any]]:
    return [column.to_numpy() for column in pq.read_table(file).columns]
