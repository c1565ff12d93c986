"""Waiting for what another thread or process does, however busy the machine is; not a test itself."""

from __future__ import annotations

import socket
import subprocess
import time
from collections.abc import Callable

PATIENCE_SECONDS = 240  # what has not come by then never will


def until(condition: Callable[[], object], every_seconds: float = 0.02) -> bool:
    """Whether it came to hold."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not condition() and time.monotonic() < deadline:
        time.sleep(every_seconds)
    return bool(condition())


def listens(port: int) -> bool:
    """Whether somebody of this machine does."""
    try:
        socket.create_connection(("127.0.0.1", port)).close()
    except OSError:
        return False
    return True


def processes() -> dict[int, tuple[int, str]]:
    """Those that run, by id: their parent and their command line."""
    listed = subprocess.run(
        ["ps", "-A", "-ww", "-o", "pid=,ppid=,args="], capture_output=True, text=True, check=True
    )
    rows = [line.split(None, 2) for line in listed.stdout.splitlines()]
    return {int(pid): (int(ppid), args) for pid, ppid, args in (row for row in rows if len(row) == 3)}
