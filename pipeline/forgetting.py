"""Parts that hold anything of what was taken down go; the next build makes the rest of them again.

What readers spilt to disk goes, too.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from crawler.takedowns import Takedowns

NAMING = ("url", "site_id", "article_id")  # columns that say whose a row is
ROWS = 10_000  # looked at together


def forget_parts(parts: Path, takedowns: Takedowns) -> int:
    """How many parts went. A part is named for what it is made from, so the same one never comes again."""
    folders = sorted(folder for folder in parts.glob("*/*") if folder.is_dir())
    taken = {article for folder in folders for article in _taken(folder, takedowns)}
    ids = pa.array(sorted(taken), pa.string())
    going = [folder for folder in folders if folder.name.startswith(".") or _holds(folder, ids, takedowns)]
    for folder in going:
        shutil.rmtree(folder)
    return len(going)


def forget_spilt(spill: Path) -> int:
    """How many files went that sorts have put there: a killed one leaves texts in them.

    A query that is running keeps what it has open; at worst it fails and is asked again.
    """
    held = [path for path in spill.glob("*") if path.is_file()]
    for path in held:
        path.unlink(missing_ok=True)
    return len(held)


def _taken(folder: Path, takedowns: Takedowns) -> Iterator[str]:
    """Articles with a page that was taken down: its own, or a further one."""
    for rows in _rows(folder):
        if {"url", "article_id"} <= rows.keys():
            for row in _hit(rows, takedowns):
                yield rows["article_id"][row]


def _holds(folder: Path, ids: pa.StringArray, takedowns: Takedowns) -> bool:
    return any(
        ("article_id" in rows and pc.any(pc.is_in(pa.array(rows["article_id"], pa.string()), ids)).as_py())
        or next(_hit(rows, takedowns), None) is not None
        for rows in _rows(folder)
    )


def _hit(rows: dict[str, list[Any]], takedowns: Takedowns) -> Iterator[int]:
    """A table without sites is judged by its URLs: what else belongs to a site is in the tables beside it."""
    urls = rows.get("url", [])
    sites = rows.get("site_id", [""] * len(urls))
    return (row for row, url in enumerate(urls) if takedowns.hit(url, sites[row]))


def _rows(folder: Path) -> Iterator[dict[str, list[Any]]]:
    """Of every table of a part that says whose its rows are: only these columns."""
    for path in sorted(folder.glob("*.parquet")):
        with pq.ParquetFile(path) as file:
            held = [name for name in NAMING if name in file.schema_arrow.names]
            for batch in file.iter_batches(ROWS, columns=held) if held else ():
                yield batch.to_pydict()
