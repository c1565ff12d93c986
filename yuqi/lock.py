"""One build, recrawl, takedown or restore at a time; crawl and import run beside them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from filelock import FileLock, Timeout

from crawler.workspace import BusyError, Workspace


@contextmanager
def alone(workspace: Workspace) -> Iterator[None]:
    """Held by the process: the system lets go of it when the process dies, however it dies."""
    lock = FileLock(workspace.lock)
    try:
        lock.acquire(blocking=False)
    except Timeout as error:
        raise BusyError(
            f"another build or recrawl holds {workspace.root}: wait for it, or look at `yuqi runs`"
        ) from error
    try:
        yield
    finally:
        lock.release()
