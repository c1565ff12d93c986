"""What the parts of a build took, stage by stage, whichever engine made them: `parts/stages.json`."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from crawler.whole_files import write_whole

FILE = "stages.json"


@dataclass(frozen=True)
class StageCost:
    """`made`: of the stage's parts those that this build made, with their documents and time.

    `cpu_seconds` are those of the processes that made them, `wall_seconds` how long the build waited.
    """

    stage: str
    parts: int
    made: int
    documents: int
    cpu_seconds: float
    wall_seconds: float


def write_costs(parts: Path, costs: Iterable[StageCost]) -> None:
    """Of the last build; whole or as it was."""
    parts.mkdir(parents=True, exist_ok=True)
    write_whole(parts / FILE, json.dumps([asdict(cost) for cost in costs], indent=1) + "\n")


def read_costs(parts: Path) -> list[StageCost]:
    """Nothing where no build has ended."""
    file = parts / FILE
    return [StageCost(**row) for row in json.loads(file.read_text(encoding="utf-8"))] if file.exists() else []
