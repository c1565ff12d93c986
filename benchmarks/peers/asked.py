"""How a run was asked for, and where each tool's Python stands."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.running import Found, in_turn


@dataclass(frozen=True)
class Asked:
    """`pages`: of each farm. `often`: CPU seconds above which a tool runs once; `longest`: its limit."""

    pages: int
    rounds: int
    longest: float
    often: float
    marked: Path | None  # where pages that people marked are
    peers: str  # the Python of deduplication and whole ways
    extractors: str  # the Python of extraction, matching and crawling

    def ours(self, module: str, tool: str) -> Sequence[str]:
        return (sys.executable, "-m", module, tool)

    def peer(self, module: str, tool: str) -> Sequence[str]:
        return (self.peers, "-m", module, tool)

    def extractor(self, module: str, tool: str) -> Sequence[str]:
        return (self.extractors, "-m", module, tool)

    def in_turn(self, tools: Mapping[str, Sequence[str]], given: Any) -> dict[str, list[Found] | str]:
        return in_turn(tools, given, rounds=self.rounds, longest=self.longest, often=self.often)
