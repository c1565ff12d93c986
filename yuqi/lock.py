"""One build, recrawl, prune, takedown or restore at a time; crawl and import run beside them."""

from __future__ import annotations

import json
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from crawler.whole_files import write_whole
from crawler.workspace import BusyError, Workspace


@contextmanager
def alone(workspace: Workspace, command: str = "yuqi") -> Iterator[None]:
    """Held by the process: the system lets go of it when the process dies, however it dies.

    Whoever finds it held is told by whom and since when.
    """
    lock = FileLock(workspace.lock)
    try:
        lock.acquire(blocking=False)
    except Timeout as error:
        raise BusyError(
            f"{_holder(workspace)} holds {workspace.root}: wait for it, or look at `yuqi runs`"
        ) from error
    try:
        _sign(workspace, command)
        yield
    finally:
        _signature(workspace).unlink(missing_ok=True)
        lock.release()


def _signature(workspace: Workspace) -> Path:
    """Beside the lock: whoever asks for the lock may empty the lock file itself."""
    return workspace.lock.with_name("lock.holder")


def _sign(workspace: Workspace, command: str) -> None:
    since = datetime.now(UTC).isoformat(timespec="seconds")
    said = {"command": command, "pid": os.getpid(), "host": socket.gethostname(), "since": since}
    write_whole(_signature(workspace), json.dumps(said))


def _holder(workspace: Workspace) -> str:
    """In words; a holder that has not signed yet is only known to be there."""
    try:
        said = json.loads(_signature(workspace).read_text(encoding="utf-8"))
        return f"`{said['command']}` (process {said['pid']} on {said['host']}, since {said['since']})"
    except (OSError, ValueError, KeyError, TypeError):
        return "another build or recrawl"
