"""Which snapshots stay. The rule is pure; removing one takes its file and its search index."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from crawler.workspace import Workspace, size_of
from pipeline.store.snapshot import NAME_FORMAT, latest_snapshot

SEARCH = ".search"


@dataclass(frozen=True)
class Standing:
    """A snapshot, its size, and why it stays; it goes where nothing keeps it."""

    snapshot: str
    bytes: int
    why: str | None


def kept(names: Iterable[str], daily: int, monthly: int) -> dict[str, str]:
    """Name → why: the newest of each of the newest `daily` days and `monthly` months that have one.

    Days without a snapshot use up nothing: after a summer without builds the last ones are still there.

    >>> kept(["20260102T030000Z", "20260102T040000Z", "20251224T000000Z"], daily=1, monthly=2)
    {'20260102T040000Z': 'daily', '20251224T000000Z': 'monthly'}
    """
    newest_first = sorted(set(names), reverse=True)
    by_day = {name[:8]: name for name in reversed(newest_first)}
    by_month = {name[:6]: name for name in reversed(newest_first)}
    days = {by_day[day]: "daily" for day in sorted(by_day, reverse=True)[:daily]}
    months = {by_month[month]: "monthly" for month in sorted(by_month, reverse=True)[:monthly]}
    return months | days


def standing(
    workspace: Workspace, daily: int, monthly: int, pinned: Iterable[tuple[str, str]]
) -> list[Standing]:
    """Every published snapshot, oldest first; the newest one always stays."""
    files = snapshots(workspace)
    why = kept(files, daily, monthly) | dict(pinned)
    latest = latest_snapshot(workspace)
    if latest is not None:
        why[latest.stem] = "latest"
    return [
        Standing(name, size_of(path) + size_of(_index(path)), why.get(name)) for name, path in files.items()
    ]


def snapshots(workspace: Workspace) -> dict[str, Path]:
    """Name → file, oldest first. What people put beside them under other names is not ours."""
    files = sorted(workspace.snapshots.glob("*.duckdb"))
    return {path.stem: path for path in files if not path.is_symlink() and _is_name(path.stem)}


def remove(workspace: Workspace, name: str) -> None:
    """Index first: one without its snapshot would never be found again."""
    path = workspace.snapshots / f"{name}.duckdb"
    shutil.rmtree(_index(path), ignore_errors=True)
    path.unlink(missing_ok=True)


def _index(path: Path) -> Path:
    return path.with_suffix(SEARCH)


def _is_name(stem: str) -> bool:
    try:
        return datetime.strptime(stem, NAME_FORMAT).strftime(NAME_FORMAT) == stem
    except ValueError:
        return False
