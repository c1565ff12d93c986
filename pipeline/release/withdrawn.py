"""Releases that hold what was taken down since: replaced by one without it, and marked; their data goes."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePosixPath

import pyarrow.parquet as pq

from crawler.takedowns import Takedowns
from pipeline.checksums import SUMS, file_sha256

WITHDRAWN = "WITHDRAWN.md"
KEPT = ("CITATION.cff", "LICENSE-DATA", "provenance.json", WITHDRAWN)  # of a withdrawn release: no data
TABLES_WITH_URLS = ("pages", "articles", "fetches", "drops", "article_pages")
RELEASE, SNAPSHOT = "yuqi:release-", "yuqi:snapshot-"
TEXT = """# Withdrawn 已撤回

Version {version} ({edition} edition, snapshot {snapshot}) was withdrawn on {day}: pages in it were taken
down. Its data are not kept. {superseded}

If you hold a copy, delete it, and do not pass it on. 如果您保存有本版本的副本，请删除，不要再传播。
"""


@dataclass(frozen=True)
class Published:
    """What a release says of itself, as far as making another like it needs."""

    folder: Path
    version: str
    edition: str
    snapshot: str
    unsourced: bool
    synthetic: bool


Successor = Callable[[Published], str | None]  # makes it; its version, None where it cannot be made


def is_withdrawn(folder: Path) -> bool:
    return (folder / WITHDRAWN).is_file()


def withdraw(folder: Path, takedowns: Takedowns, successor: Successor) -> str | None:
    """The version that was withdrawn; None for a release that holds nothing of it, or is none.

    Successor first, mark, data, checksums: killed anywhere, the same call finishes it.
    """
    if not (folder / SUMS).is_file() or not (is_withdrawn(folder) or _holds(folder, takedowns)):
        return None
    if not is_withdrawn(folder):
        known = published(folder)
        _mark(known, successor(known))
        _empty(folder)
        return known.version
    return None if not _empty(folder) else published(folder).version


def published(folder: Path) -> Published:
    entity = json.loads((folder / "provenance.json").read_text(encoding="utf-8"))["entity"]
    name = next(key for key in entity if key.startswith(RELEASE))
    version, _, edition = name.removeprefix(RELEASE).rpartition("-")
    snapshot = next(key for key in entity if key.startswith(SNAPSHOT)).removeprefix(SNAPSHOT)
    return Published(folder, version, edition, snapshot, _unsourced(folder), entity[name]["yuqi:synthetic"])


def _unsourced(folder: Path) -> bool:
    pages = folder / "parquet" / "pages.parquet"
    return pages.is_file() and not all(pq.read_table(pages, columns=["sourced"])["sourced"].to_pylist())


def _holds(folder: Path, takedowns: Takedowns) -> bool:
    return any(_table_holds(folder / "parquet" / f"{name}.parquet", takedowns) for name in TABLES_WITH_URLS)


def _table_holds(path: Path, takedowns: Takedowns) -> bool:
    if not path.is_file():
        return False
    with pq.ParquetFile(path) as file:
        held = [name for name in ("url", "site_id") if name in file.schema_arrow.names]
        return any(
            takedowns.hit(row["url"], row.get("site_id", ""))
            for batch in file.iter_batches(columns=held)
            for row in batch.to_pylist()
        )


def _mark(known: Published, version: str | None) -> None:
    said = (
        f"Superseded by version {version}." if version else "No version supersedes it yet: ask for a new one."
    )
    text = TEXT.format(
        version=known.version,
        edition=known.edition,
        snapshot=known.snapshot,
        day=date.today(),
        superseded=said,
    )
    fresh = known.folder / f".{WITHDRAWN}"
    fresh.write_text(text, encoding="utf-8")
    fresh.replace(known.folder / WITHDRAWN)


def _empty(folder: Path) -> bool:
    """Everything that may hold data goes; false where it had gone before."""
    before = (folder / SUMS).read_text(encoding="utf-8")
    listed = {PurePosixPath(line.partition("  ")[2]).parts[0] for line in before.splitlines()}
    for path in (folder / name for name in sorted(listed - {*KEPT, "..", "/"})):
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
    names = [name for name in KEPT if (folder / name).is_file()]
    sums = "".join(f"{file_sha256(folder / name)}  {name}\n" for name in names)
    fresh = folder.with_name(f".{folder.name}.{SUMS}")
    fresh.write_text(sums, encoding="utf-8")
    fresh.replace(folder / SUMS)
    return before != sums
