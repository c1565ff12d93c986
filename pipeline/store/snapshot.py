"""Published stores: whole, read-only, under a name of their own; `latest` moves in one step."""

from __future__ import annotations

import os
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

from crawler.workspace import Workspace

NAME_FORMAT = "%Y%m%dT%H%M%SZ"
LATEST = "latest"


def latest_snapshot(workspace: Workspace) -> Path | None:
    """The file that `latest` names; None when nothing was published."""
    return workspace.latest.resolve() if workspace.latest.exists() else None


def moment_of(name: str) -> datetime:
    """When the build that made a snapshot began."""
    return datetime.strptime(name, NAME_FORMAT).replace(tzinfo=UTC)


def free_name(workspace: Workspace, now: datetime) -> str:
    """The second `now`, or the next one that no snapshot has."""
    moment = now.astimezone(UTC).replace(microsecond=0)
    while (workspace.snapshots / f"{moment.strftime(NAME_FORMAT)}.duckdb").exists():
        moment += timedelta(seconds=1)
    return moment.strftime(NAME_FORMAT)


def publish(workspace: Workspace, store: Path, name: str) -> Path:
    """Make `store` the working corpus and its copy the newest snapshot.

    Every step leaves a whole state: a reader sees the old snapshot until the link has moved.
    """
    target = workspace.snapshots / f"{name}.duckdb"
    fresh = workspace.snapshots / f".{name}.{os.getpid()}"
    shutil.copyfile(store, fresh)
    _sync(fresh)
    fresh.chmod(0o444)
    store.replace(workspace.corpus)
    fresh.replace(target)
    point_to(workspace, target)
    return target


def point_to(workspace: Workspace, target: Path) -> None:
    """Move `snapshots/latest` in one step; the link is relative, so a workspace can be moved."""
    link = workspace.snapshots / f".{LATEST}.{os.getpid()}"
    link.unlink(missing_ok=True)
    link.symlink_to(target.name)
    link.replace(workspace.latest)


def remove_halves(workspace: Workspace) -> None:
    """What killed builds left behind."""
    for path in [*workspace.snapshots.glob(".*"), *workspace.root.glob(".corpus.*")]:
        path.unlink(missing_ok=True)


def _sync(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())
