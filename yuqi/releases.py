"""Where releases lie: in the workspace, and in folders that `release --out` named."""

from __future__ import annotations

import shutil
from pathlib import Path

from crawler.workspace import Workspace

ELSEWHERE = "releases-elsewhere.txt"  # in state/: a path a line


def remember(place: Workspace, folder: Path) -> None:
    """So that a takedown finds it, too."""
    path = folder.resolve()
    if path.parent != place.releases and path not in _elsewhere(place):
        with (place.state / ELSEWHERE).open("a", encoding="utf-8") as file:
            file.write(f"{path}\n")


def releases(place: Workspace) -> list[Path]:
    """Every folder that holds one, as far as this workspace knows."""
    inside = sorted(place.releases.iterdir()) if place.releases.is_dir() else []
    return [folder for folder in [*inside, *_elsewhere(place)] if folder.is_dir()]


def forget_halves(place: Workspace) -> int:
    """What a killed release left behind holds pages as well as a whole one; how many went."""
    known = [place.releases / "*", *_elsewhere(place)]
    halves = {half for folder in known for half in folder.parent.glob(f".{folder.name}.*")}
    halves = {half for half in halves if half.is_dir() and half.suffix[1:].isdecimal()}
    for half in halves:
        shutil.rmtree(half)
    return len(halves)


def _elsewhere(place: Workspace) -> list[Path]:
    path = place.state / ELSEWHERE
    return [Path(line) for line in path.read_text(encoding="utf-8").splitlines()] if path.exists() else []
