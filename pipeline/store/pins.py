"""Snapshots that something outside names: they stay for good, whatever the retention rule says."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from crawler.definitions import Check, check, read_toml, tables, text
from crawler.whole_files import write_whole
from crawler.workspace import Workspace

ENTRY: dict[str, Check] = {"snapshot": text, "why": text}


def pin(workspace: Workspace, snapshot: str, why: str) -> None:
    """`state/pinned.toml`, a row a snapshot and reason; saying it twice is saying it once."""
    held = pins(workspace)
    if (snapshot, why) not in held:
        _write(_file(workspace), [*held, (snapshot, why)])


def pins(workspace: Workspace) -> list[tuple[str, str]]:
    """(snapshot, why), in the order in which they were said."""
    path = _file(workspace)
    if not path.exists():
        return []
    said = read_toml(path)
    check(path, said, {"pinned": tables})
    for row in said.get("pinned", []):
        check(path, row, ENTRY, where="pinned.")
    return [(row["snapshot"], row.get("why", "")) for row in said.get("pinned", [])]


def _file(workspace: Workspace) -> Path:
    return workspace.state / "pinned.toml"


def _write(path: Path, rows: Iterable[tuple[str, str]]) -> None:
    """Whole or not at all."""
    said = "".join(
        f"[[pinned]]\nsnapshot = {json.dumps(snapshot)}\nwhy = {json.dumps(why)}\n" for snapshot, why in rows
    )
    write_whole(path, said)
