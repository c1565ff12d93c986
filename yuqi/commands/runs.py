"""`yuqi runs`."""

from __future__ import annotations

from dataclasses import asdict, fields

import click

from crawler.page import Run
from crawler.shards import reading
from crawler.workspace import Workspace
from yuqi.options import results
from yuqi.output import Look, Result, emit

COLUMNS = tuple(field.name for field in fields(Run))


@click.command("runs")
@click.option("--limit", type=click.IntRange(1), help="So many of the newest.")
@results
def command(place: Workspace, look: Look, limit: int | None) -> None:
    """The history of crawls, imports, builds and recrawls, newest first.

    Example: yuqi runs --limit 10
    """
    with reading(place) as held:
        rows = [asdict(run) for run in held.runs()][::-1]
    note = () if limit is None or limit >= len(rows) else (f"{limit} of {len(rows)} shown",)
    emit(Result(COLUMNS, rows[:limit], notes=note), look)
