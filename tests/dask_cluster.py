"""A Dask scheduler and workers as processes of their own, that can be killed; not a test itself."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from waiting import PATIENCE_SECONDS, until

HERE = Path(__file__).parent
ENVIRONMENT = {
    **os.environ,
    "PYTHONPATH": f"{HERE}{os.pathsep}{HERE.parent}",
    "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "1",
    "DASK_DISTRIBUTED__WORKER__MULTIPROCESSING_METHOD": "spawn",
}


@dataclass
class Cluster:
    told: Path  # where the scheduler writes on which port it listens
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)
    environment: Mapping[str, str] = field(default_factory=dict)

    @property
    def address(self) -> str:
        """Of the scheduler that was started last; empty until it listens."""
        try:
            return json.loads(self.told.read_text(encoding="utf-8"))["address"]
        except (FileNotFoundError, json.JSONDecodeError):
            return ""

    @property
    def scheduler(self) -> subprocess.Popen[bytes]:
        return self.processes[0]

    def start(self, *arguments: str) -> subprocess.Popen[bytes]:
        process = subprocess.Popen(
            [sys.executable, "-W", "ignore", "-m", "distributed.cli." + arguments[0], *arguments[1:]],
            env=ENVIRONMENT | dict(self.environment),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        self.processes.append(process)
        return process

    def start_scheduler(self) -> None:
        self.told.unlink(missing_ok=True)
        place = ("--host", "127.0.0.1", "--port", "0", "--scheduler-file", str(self.told))
        self.start("dask_scheduler", *place, "--no-dashboard")
        assert until(lambda: self.address), "the scheduler did not start"

    def start_worker(self) -> None:
        self.start(
            "dask_worker",
            self.address,
            "--nthreads",
            "1",
            "--no-dashboard",
            "--death-timeout",
            str(PATIENCE_SECONDS),
        )


@contextmanager
def cluster(workers: int = 2, **environment: str) -> Iterator[Cluster]:
    with TemporaryDirectory() as folder:
        running = Cluster(Path(folder) / "scheduler.json", environment=environment)
        try:
            running.start_scheduler()
            for _ in range(workers):
                running.start_worker()
            yield running
        finally:
            for process in reversed(running.processes):
                _kill_session(process)


def _kill_session(process: subprocess.Popen[bytes]) -> None:
    """A nanny and the worker below it."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, 9)
    process.wait()
