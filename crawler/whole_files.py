"""A file or folder in one step: whoever reads it, and whoever follows a killed writer, finds it whole."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4


def write_whole(path: Path, text: str) -> None:
    """In UTF-8, as given; on the disk under another name before it takes the place of what stood there."""
    fresh = path.with_name(f".{path.name}.{os.getpid()}")
    with fresh.open("w", encoding="utf-8", newline="") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)


@contextmanager
def whole_folder(folder: Path) -> Iterator[Path]:
    """A folder to write into, which gets its name when all is written; who comes second keeps the first's."""
    fresh = name_beside(folder)
    fresh.mkdir(parents=True)
    yield fresh
    put_unless_there(fresh, folder)


def name_beside(path: Path) -> Path:
    """One to write under meanwhile; two machines may have one process number."""
    return path.with_name(f".{path.name}.{uuid4().hex[:12]}")


def put_unless_there(fresh: Path, path: Path) -> None:
    """The file or folder under its name; what another process put there meanwhile stays."""
    try:
        fresh.rename(path)
    except OSError:
        if not path.exists():
            raise
        shutil.rmtree(fresh) if fresh.is_dir() else fresh.unlink()
