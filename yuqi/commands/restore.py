"""`yuqi restore`."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from yuqi.operations.restoring import RestorePlan, restore
from yuqi.options import located, looks
from yuqi.output import Look, emit_object
from yuqi.progress import Bars


@click.command("restore")
@click.argument("source", metavar="SRC", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--overwrite", is_flag=True, help="Also into a folder that is not empty.")
@click.option(
    "--takedowns", type=click.Path(path_type=Path), metavar="FILE",
    help="A takedowns.toml newer than the backup; its requests are merged in.",
)  # fmt: skip
@looks
@located
def command(  # noqa: PLR0913, PLR0917 (the options of a command line)
    source: Path, overwrite: bool, takedowns: Path | None, form: str, lang: str, workspace: Path
) -> None:
    """Brings a backup back, checked against its digests.

    The folder given as --workspace must be empty, or --overwrite given. What was taken down since the backup
    stays out: the list that stands there, the one in the backup and FILE are merged. Then run `yuqi build`.

    Example: yuqi restore /mnt/backup/yuqi --workspace restored
    """
    with Bars() as bars:
        plan = RestorePlan(source, workspace, overwrite, takedowns)
        summary = restore(plan, lambda done, total: bars("restore", done, total))
    row = asdict(summary)
    told = f"{workspace}: {summary.files} files, {summary.takedowns} takedown requests; next: `yuqi build`"
    emit_object(row, list(row), Look(form, lang), told)
