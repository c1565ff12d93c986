"""What a build took, stage by stage, whichever engine made its parts: `parts/stages.json`."""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from crawler.whole_files import write_whole

FILE = "stages.json"


@dataclass(frozen=True)
class StageCost:
    """`made`: of the stage's parts those that this build made, with their documents and time.

    `cpu_seconds` are those of the processes that made them, `wall_seconds` how long the build waited. What is
    worked out over all pages at once, in the building process, has no parts.
    """

    stage: str
    parts: int
    made: int
    documents: int
    cpu_seconds: float
    wall_seconds: float


@contextmanager
def clocked(costs: list[StageCost], stage: str) -> Iterator[None]:
    """Adds what the building process spends on a step without parts."""
    cpu, wall = time.process_time(), time.perf_counter()
    yield
    costs.append(StageCost(stage, 0, 0, 0, time.process_time() - cpu, time.perf_counter() - wall))


def write_costs(parts: Path, costs: Iterable[StageCost]) -> None:
    """Of the last build; whole or as it was."""
    parts.mkdir(parents=True, exist_ok=True)
    write_whole(parts / FILE, json.dumps([asdict(cost) for cost in costs], indent=1) + "\n")


def read_costs(parts: Path) -> list[StageCost]:
    """Nothing where no build has ended."""
    file = parts / FILE
    return [StageCost(**row) for row in json.loads(file.read_text(encoding="utf-8"))] if file.exists() else []
