"""What one build found out about copies, for the next: `parts/copies/<version and content>/`.

Like every part it is whole under its final name, and never needed: without it, or of other code, the same
is worked out again.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.copies.remembered import Compared, Known, face_of
from pipeline.versions import stage_version

FOLDER = "copies"
COMPARISONS, GROUPS = "comparisons.parquet", "groups.parquet"


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
    compared = known.compared
    faces, bits = np.array(list(known.parts), np.uint64), list(known.parts.values())
    content = face_of(compared.left, compared.right, compared.figures, faces, *bits)
    folder = parts / FOLDER / f"{stage_version('copies')}{content:016x}"
    if not folder.is_dir():
        fresh = folder.with_name(f".{folder.name}.{os.getpid()}")
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir(parents=True)
        columns = {"left": compared.left, "right": compared.right}
        figures = {f"figure_{number}": column for number, column in enumerate(compared.figures.T)}
        pq.write_table(pa.table(columns | figures), fresh / COMPARISONS, compression="zstd")
        held = pa.table({"face": faces, "bits": pa.array(bits, pa.binary())})
        pq.write_table(held, fresh / GROUPS, compression="zstd")
        fresh.rename(folder)
    return folder


def _read(folder: Path) -> Known:
    left, right, *figures = (column.to_numpy() for column in pq.read_table(folder / COMPARISONS).columns)
    faces, bits = pq.read_table(folder / GROUPS).to_pydict().values()
    return Known(Compared(left, right, np.column_stack(figures)), dict(zip(faces, bits, strict=True)))
