"""`yuqi backup`."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from crawler.workspace import Workspace
from yuqi.failures import DONE, PARTIAL
from yuqi.operations.backing_up import BackupSummary, backup
from yuqi.options import results
from yuqi.output import Look, emit_object
from yuqi.progress import Bars


@click.command("backup")
@click.argument("folder", metavar="DEST", type=click.Path(path_type=Path))
@results
def command(place: Workspace, look: Look, folder: Path) -> int:
    """Copies what cannot be rebuilt, also while a crawl runs; incremental.

    Archive, state, sites, overrides and yuqi.toml go to DEST, a new folder or one with an earlier backup of
    this workspace; `sha256sum -c SHA256SUMS` checks it there. It holds the secret key: keep it as such.

    Example: yuqi backup /mnt/backup/yuqi
    """
    with Bars() as bars:
        summary = backup(place, folder, lambda done, total: bars("backup", done, total))
    row = asdict(summary)
    emit_object(row, list(row), look, _told(summary, folder))
    return PARTIAL if summary.lost else DONE


def _told(summary: BackupSummary, folder: Path) -> str:
    said = (
        f"{folder}: {summary.files} files; copied {summary.copied} ({summary.bytes_copied / 1e6:.1f} MB),"
        f" removed {summary.removed}"
    )
    lost = [f"warning: {name} is lost here, only the backup has it" for name in summary.lost]
    return "\n".join([said, *lost])
