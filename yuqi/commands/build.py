"""`yuqi build`."""

from __future__ import annotations

from collections.abc import Callable

import click

from crawler.workspace import Workspace
from pipeline.engine import Running
from yuqi.building import build_workspace, summary_row, summary_text
from yuqi.engines import engines
from yuqi.failures import DONE, PARTIAL
from yuqi.lock import alone
from yuqi.options import results
from yuqi.output import Look, emit_object


@click.command("build")
@click.option("--full", is_flag=True, help="Make everything again.")
@engines
@results
def command(place: Workspace, look: Look, full: bool, engine: Callable[[], Running]) -> int:
    """Archive to corpus: only what is new; publishes a snapshot when it is whole.

    It can be killed at any moment and run again.

    Example: yuqi build --workers 2
    """
    with alone(place, "build"):
        summary = build_workspace(place, full=full, engine=engine)
    row = summary_row(summary)
    emit_object(row, list(row), look, summary_text(summary))
    return PARTIAL if summary.errors else DONE
