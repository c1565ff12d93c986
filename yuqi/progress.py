"""Progress on stderr: only on a terminal, only for what takes longer than two seconds."""

from __future__ import annotations

import sys
import time
from types import TracebackType

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TextColumn,
    TimeElapsedColumn,
)

QUIET_SECONDS = 2.0  # shorter work would only flicker


class Bars:
    """`bars(label, done, total)`; total None where it is not known. Safe to call where nothing is shown."""

    def __init__(self, terminal: bool | None = None) -> None:
        self._terminal = sys.stderr.isatty() if terminal is None else terminal
        self._started = time.monotonic()
        self._progress: Progress | None = None
        self._tasks: dict[str, int] = {}

    def __call__(self, label: str, done: int, total: int | None = None) -> None:
        if not self._terminal or time.monotonic() - self._started < QUIET_SECONDS:
            return
        progress = self._shown()
        if label not in self._tasks:
            self._tasks[label] = progress.add_task(label, total=total)
        progress.update(progress.task_ids[self._tasks[label]], completed=done, total=total)

    def __enter__(self) -> Bars:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._progress:
            self._progress.stop()

    def _shown(self) -> Progress:
        if self._progress is None:
            self._progress = Progress(
                SpinnerColumn(),
                TextColumn("{task.description}", markup=False),
                BarColumn(),
                MofNCompleteColumn(),
                TimeElapsedColumn(),
                console=Console(stderr=True),
                transient=True,
            )
            self._progress.start()
        return self._progress
