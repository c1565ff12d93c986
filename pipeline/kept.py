"""What one build found out, for the next: about copies under `parts/copies/<version and content>/`, pages'
signatures for their sites' memory under `parts/memory/<…>/`.

Like every part it is whole under its final name, and never needed: without it, or of other code, the same
is worked out again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from crawler.whole_files import whole_folder
from pipeline.copies.ragged import Ragged
from pipeline.copies.remembered import Compared, Known, Parts
from pipeline.remains import first_readable
from pipeline.site_memory import Signed, nothing_signed
from pipeline.site_memory.alike import BINS
from pipeline.versions import stage_version

FOLDER, MEMORY = "copies", "memory"
PAGES, MINIMA = "pages.parquet", "minima.parquet"
COMPARISONS, PARTS, LINES = "comparisons.parquet", "parts.parquet", "lines.parquet"


def load_known(parts: Path) -> Known:
    """Of the last build with this code; nothing where there was none, or where the disk has lost it."""
    return first_readable(parts / FOLDER, stage_version("copies"), _read) or Known()


def load_signed(parts: Path) -> Signed:
    """The same of the pages' signatures."""
    return first_readable(parts / MEMORY, stage_version("article"), _read_signed) or nothing_signed()


def keep_known(parts: Path, known: Known) -> Path:
    """The folder that holds it; the same knowledge gives the same files under the same name."""
    return _kept(parts / FOLDER, stage_version("copies"), _tables(known))


def keep_signed(parts: Path, signed: Signed) -> Path:
    """The same of the pages' signatures."""
    pages = pa.table({"article": signed.articles, "mask": signed.masks})
    tables = {PAGES: pages, MINIMA: pa.table({"least": signed.minima.ravel()})}
    return _kept(parts / MEMORY, stage_version("article"), tables)


def _kept(place: Path, version: str, tables: Mapping[str, pa.Table]) -> Path:
    digest = hashlib.sha256()
    for table in tables.values():
        for column in table.columns:
            digest.update(np.ascontiguousarray(column.to_numpy()).data)
    folder = place / f"{version}{digest.hexdigest()[:16]}"
    if not folder.is_dir():
        with whole_folder(folder) as fresh:
            for name, table in tables.items():
                pq.write_table(table, fresh / name, compression="zstd", use_dictionary=False)
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


def _read_signed(folder: Path) -> Signed:
    articles, masks = _columns(folder / PAGES)
    (least,) = _columns(folder / MINIMA)
    if len(least) != len(articles) * BINS:
        raise OSError(f"{folder}: pages and minima differ")
    return Signed(articles, masks, least.reshape(-1, BINS))


def _columns(file: Path) -> list[NDArray[Any]]:
    return [column.to_numpy() for column in pq.read_table(file).columns]
