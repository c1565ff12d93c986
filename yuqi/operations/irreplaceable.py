"""What cannot be rebuilt: archive, state, definitions, settings. Corpus, parts and snapshots can."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from crawler.definitions import DefinitionError
from crawler.workspace import SETTINGS_FILE, Workspace
from pipeline.checksums import SUMS

NEXT_SUMS = f"{SUMS}.next"  # written before files get their names: from then on the backup is the new one
SQLITE = b"SQLite format 3\0"
# Of the state: what belongs to running processes, and logs.
PASSING_FOLDERS = frozenset({"processes"})
PASSING_SUFFIXES = ("-wal", "-shm", "-journal", ".log", ".lock")
PASSING_NAMES = ("lock", "lock.holder")


def sources(place: Workspace) -> dict[str, Path]:
    """Path relative to the workspace → file; databases first and archive last.

    A crawl appends to the archive before it commits to the frontier, so the archive copied after the
    frontier holds all that the frontier names.
    """
    state = sorted(_files(place.state, place.root), key=lambda found: not is_database(found[1]))
    held = [found for found in state if not _is_passing(found[1])]
    settings = place.root / SETTINGS_FILE
    for folder in (place.sites, place.overrides, place.archive):
        held += _files(folder, place.root)
    return dict([*held, (SETTINGS_FILE, settings)])


def is_database(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(len(SQLITE)) == SQLITE


def manifest(folder: Path, name: str = SUMS) -> dict[str, str]:
    """Path → SHA-256, as `sha256sum` writes it; a path that leads out of the folder is refused."""
    path = folder / name
    if not path.exists():
        return {}
    lines = [line.partition("  ") for line in path.read_text(encoding="utf-8").splitlines()]
    for digest, _, named in lines:
        parts = Path(named).parts
        if len(digest) != 64 or not parts or Path(named).is_absolute() or ".." in parts:
            raise DefinitionError(f"{path}: `{named}` is no file of a backup")
    return {named: digest for digest, _, named in lines}


def sums(digests: dict[str, str]) -> str:
    return "".join(f"{digest}  {path}\n" for path, digest in sorted(digests.items()))


def _files(folder: Path, root: Path) -> Iterator[tuple[str, Path]]:
    """In the order of names. A name with a line break could not stand in the list of digests."""
    for at, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if name not in PASSING_FOLDERS)
        for path in (Path(at, name) for name in sorted(names)):
            if path.is_file() and "\n" not in path.name:
                yield path.relative_to(root).as_posix(), path


def _is_passing(path: Path) -> bool:
    return path.name.endswith(PASSING_SUFFIXES) or path.name in PASSING_NAMES or path.name.startswith(".")
