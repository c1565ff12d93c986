"""`yuqi build`."""

from __future__ import annotations

import click

from crawler.workspace import Workspace
from yuqi.building import build_workspace, summary_row, summary_text
from yuqi.failures import DONE, PARTIAL
from yuqi.lock import alone
from yuqi.options import results
from yuqi.output import Look, emit_object


@click.command("build")
@click.option("--full", is_flag=True, help="Make everything again.")
@click.option(
    "--engine", type=click.Choice(["local"]), default="local", show_default=True, help="Where parts are made."
)
@click.option("--workers", type=click.IntRange(1), help="Processes. Default: one a core.")
@results
def command(place: Workspace, look: Look, full: bool, engine: str, workers: int | None) -> int:  # noqa: ARG001
    """Archive to corpus: only what is new; publishes a snapshot when it is whole.

    It can be killed at any moment and run again.

    Example: yuqi build --workers 2
    """
    with alone(place, "build"):
        summary = build_workspace(place, full=full, workers=workers)
    row = summary_row(summary)
    emit_object(row, list(row), look, summary_text(summary))
    return PARTIAL if summary.errors else DONE
