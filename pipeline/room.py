"""What a build may take of where it runs: the machine, a container of it or a job on it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

from pipeline.duck import opened

BUILD_MIB = 1536  # what a build of a million articles sorts and groups beyond it goes to disk
WORKER_MIB = 640  # a worker of a build of 100,000 articles held some 600
# Pages: of fewer a second thread is woken for each question and finds little to do. With one, copies of 2,400
# and of 6,000 articles take a seventh less CPU, and no longer (docs/experiments.md).
FEW_PAGES = 10_000
TAKEN = 0.8  # of the memory there is: DuckDB's limit where it is told none


class Room(NamedTuple):
    cores: int
    mib: int

    @property
    def workers(self) -> int:
        """One a core, as long as each has its memory beside the process that starts them."""
        return max(1, min(self.cores, self.mib // WORKER_MIB - 1))


@cache
def room() -> Room:
    """As DuckDB sees it, which knows a container's limits (cgroups of both versions) and a Slurm job's."""
    asked = "SELECT current_setting('threads'), parse_formatted_bytes(current_setting('memory_limit'))"
    with opened() as connection:
        ((cores, taken),) = connection.execute(asked).fetchall()
    return Room(cores, int(taken / TAKEN) // 2**20)


def bounded(store: Path, pages: int = FEW_PAGES) -> Mapping[str, str]:
    """What a build's database is opened with: half of the memory there is at most, the rest goes to a
    folder beside `store`, where DuckDB puts it for a file, and where halves of killed builds are removed;
    of few `pages` one thread."""
    memory = {"memory_limit": f"{min(BUILD_MIB, room().mib // 2)}MiB", "temp_directory": f"{store}.tmp"}
    return memory | ({"threads": "1"} if pages < FEW_PAGES else {})
