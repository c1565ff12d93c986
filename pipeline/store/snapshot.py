"""Published stores: whole, read-only, under a name of their own; `latest` moves in one step."""

from __future__ import annotations

import os
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

from crawler.workspace import Workspace
from pipeline.search.index import index_folder, make_index

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
    _publish_index(workspace, store, target)
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


def half_corpus(workspace: Workspace) -> Path:
    """Where this process fills a corpus before it is published."""
    return workspace.root / f".corpus.{os.getpid()}"


def remove_halves(workspace: Workspace) -> None:
    """What killed builds left behind."""
    for path in [*workspace.snapshots.glob(".*"), *workspace.root.glob(".corpus.*")]:
        if path.is_dir():
            shutil.rmtree(path)
        path.unlink(missing_ok=True)
    for folder in workspace.snapshots.glob("*.search"):
        if not folder.with_suffix(".duckdb").exists():
            shutil.rmtree(folder)


def _publish_index(workspace: Workspace, store: Path, target: Path) -> None:
    """Before its snapshot: whoever sees the snapshot finds its index beside it."""
    standing = latest_snapshot(workspace)
    folder = index_folder(target)
    fresh = folder.with_name(f".{folder.name}.{os.getpid()}")
    make_index(store, fresh, index_folder(standing) if standing else None)
    fresh.rename(folder)


def _sync(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())
