"""Which process holds what: a lock that the system itself lets go when the process dies."""

from __future__ import annotations

import fcntl
import os
import secrets
from pathlib import Path
from typing import TextIO

from crawler.workspace import Workspace


class Owner:
    """This process, for as long as the object is open; a process number alone may be given out again."""

    def __init__(self, workspace: Workspace) -> None:
        folder = _folder(workspace)
        folder.mkdir(parents=True, exist_ok=True)
        self.owner_id = f"{os.getpid()}-{secrets.token_hex(4)}"
        self._path = folder / self.owner_id
        self._file: TextIO = self._path.open("x", encoding="ascii")
        fcntl.flock(self._file, fcntl.LOCK_EX)

    def close(self) -> None:
        self._path.unlink(missing_ok=True)
        self._file.close()


def is_alive(workspace: Workspace, owner_id: str) -> bool:
    """Whether the process still holds its lock; the file of a dead one is removed."""
    path = _folder(workspace) / owner_id
    try:
        file = path.open(encoding="ascii")
    except FileNotFoundError:
        return False
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        path.unlink(missing_ok=True)
        return False


def alive(workspace: Workspace) -> list[str]:
    """Processes that crawl, import or build right now."""
    folder = _folder(workspace)
    names = sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []
    return [name for name in names if is_alive(workspace, name)]


def _folder(workspace: Workspace) -> Path:
    return workspace.state / "processes"
