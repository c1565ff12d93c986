"""A backup: a mirror of what cannot be rebuilt, with digests; made again, it copies what is new."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from crawler.definitions import DefinitionError
from crawler.workspace import Workspace
from pipeline.checksums import SUMS, file_sha256
from yuqi.operations.copying import copy_database, copy_file, passing_name
from yuqi.operations.irreplaceable import NEXT_SUMS, is_database, manifest, sources, sums

PRIVATE = 0o700  # it holds the secret key and pages with personal data
KEY = "state/secret.key"  # tells workspaces apart
NAMED = "SELECT DISTINCT warc_file FROM fetch WHERE warc_file IS NOT NULL"
Told = Callable[[int, int], None]


@dataclass(frozen=True)
class BackupSummary:
    files: int  # that the backup now holds
    copied: int
    bytes_copied: int
    removed: int  # that the workspace no longer has, nor the frontier names
    lost: tuple[str, ...]  # archive files that the frontier names and only the backup still has


def backup(place: Workspace, folder: Path, told: Told) -> BackupSummary:
    """Runs beside crawls and builds; killed, it leaves the backup before or the one after."""
    _refuse_other_folders(place, folder)
    folder.mkdir(parents=True, exist_ok=True, mode=PRIVATE)
    _tidy(folder)
    before = manifest(folder)
    there = sources(place)
    after: dict[str, str] = {}
    copied: list[str] = []
    for done, (name, source) in enumerate(there.items(), start=1):
        digest = _known(source, folder / name, before.get(name))
        if digest is None:
            digest = _copied(source, folder / name)
            copied.append(name)
        after[name] = digest
        told(done, len(there))
    lost = _lost(folder, [name for name in copied if name.endswith(".sqlite")], before.keys() - after.keys())
    after |= {name: before[name] for name in lost}
    size = sum(passing_name(folder / name).stat().st_size for name in copied)
    _settle(folder, after, copied)
    return BackupSummary(len(after), len(copied), size, _swept(folder, before.keys() - after.keys()), lost)


def _refuse_other_folders(place: Workspace, folder: Path) -> None:
    here = folder.resolve()
    if here.is_relative_to(place.root) or place.root.is_relative_to(here):
        raise DefinitionError(
            f"{folder}: a backup must lie outside of the workspace, on another disk at best"
        )
    known = (folder / SUMS).exists() or (folder / NEXT_SUMS).exists()
    key = place.state / "secret.key"
    theirs = manifest(folder).get(KEY)
    if theirs and key.exists() and file_sha256(key) != theirs:
        raise DefinitionError(f"{folder} is the backup of another workspace: give another folder")
    if folder.exists() and not known and (not folder.is_dir() or any(folder.iterdir())):
        raise DefinitionError(f"{folder} exists and is no backup: give an empty or a new folder")


def _known(source: Path, target: Path, digest: str | None) -> str | None:
    """Its digest where the backup has it already: same size, same time. Databases are always copied."""
    if digest is None or not target.exists() or is_database(source):
        return None
    now, then = source.stat(), target.stat()
    return digest if (now.st_size, now.st_mtime_ns) == (then.st_size, then.st_mtime_ns) else None


def _copied(source: Path, target: Path) -> str:
    return copy_database(source, target) if is_database(source) else copy_file(source, target)


def _lost(folder: Path, databases: Iterable[str], vanished: Iterable[str]) -> tuple[str, ...]:
    """What vanished although a frontier names it was not purged: the disk lost it."""
    gone = {name for name in vanished if name.startswith("archive/")}
    named = (
        {file for name in databases for file in _archive_files(passing_name(folder / name))}
        if gone
        else set()
    )
    return tuple(sorted(gone & named))


def _archive_files(database: Path) -> list[str]:
    with closing(sqlite3.connect(database)) as opened:
        if not opened.execute("SELECT 1 FROM sqlite_master WHERE name = 'fetch'").fetchone():
            return []
        return [row[0] for row in opened.execute(NAMED)]


def _settle(folder: Path, digests: dict[str, str], copied: Iterable[str]) -> None:
    """The new digests first, then the names: whoever finds the list can finish."""
    unnamed = folder / f"{NEXT_SUMS}.fresh"
    unnamed.write_text(sums(digests), encoding="utf-8")
    unnamed.replace(folder / NEXT_SUMS)
    for name in copied:
        passing_name(folder / name).replace(folder / name)
    (folder / NEXT_SUMS).replace(folder / SUMS)


def _tidy(folder: Path) -> None:
    """What a killed backup left: finished where its list stands, else thrown away."""
    if digests := manifest(folder, NEXT_SUMS):
        _settle(folder, digests, [name for name in digests if passing_name(folder / name).exists()])
    for path in folder.rglob(passing_name(Path("*")).name):
        path.unlink()


def _swept(folder: Path, names: Iterable[str]) -> int:
    held = [folder / name for name in names if (folder / name).exists()]
    for path in held:
        path.unlink()
    return len(held)
