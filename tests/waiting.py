"""Waiting for what another thread or process does, however busy the machine is; not a test itself."""

from __future__ import annotations

import re
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass

PATIENCE_SECONDS = 240  # what has not come by then never will


def until(condition: Callable[[], object], every_seconds: float = 0.02) -> bool:
    """Whether it came to hold."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not condition() and time.monotonic() < deadline:
        time.sleep(every_seconds)
    return bool(condition())


@dataclass(frozen=True)
class Running:
    """A process: by whom it was started, its CPU time as `ps` writes it, its command line."""

    parent: int
    used: str
    command: str

    @property
    def works(self) -> bool:
        """Whether it has used a second."""
        return re.search("[1-9]", self.used.split(".")[0]) is not None


def processes() -> dict[int, Running]:
    """By id."""
    listed = subprocess.run(
        ["ps", "-A", "-ww", "-o", "pid=,ppid=,time=,args="], capture_output=True, text=True, check=True
    )
    rows = [line.split(None, 3) for line in listed.stdout.splitlines()]
    return {int(row[0]): Running(int(row[1]), *row[2:]) for row in rows if len(row) == 4}
