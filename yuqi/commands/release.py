"""`yuqi release`."""

from __future__ import annotations

import shutil
from pathlib import Path

import click

from crawler.takedowns import load_takedowns
from crawler.workspace import FailedError, Workspace, load_settings
from pipeline.release.export import Edition
from pipeline.release.publish import Plan, release
from pipeline.store.meta import facts
from pipeline.store.pins import pin
from pipeline.store.reader import open_for_release
from yuqi.evaluating.published import evaluation
from yuqi.options import results
from yuqi.output import Look, Result, emit
from yuqi.releases import remember


@click.command("release")
@click.option("--version", required=True, help="Number of the release: X.Y.Z.")
@click.option(
    "--edition", type=click.Choice(["open", "full"]), default="open", show_default=True,
    help="open: no full text, quotes of at most 120 characters.",
)  # fmt: skip
@click.option("--out", type=click.Path(path_type=Path), help="Default: releases/VERSION in the workspace.")
@click.option("--unsourced", is_flag=True, help="Pages of unknown origin, too.")
@results
def command(  # noqa: PLR0913, PLR0917 (the options of a command line)
    place: Workspace, look: Look, version: str, edition: str, out: Path | None, unsourced: bool
) -> None:
    """A dataset that can be cited: Parquet, CSV, JSON lines, card, method, licence, checksums.

    The same snapshot gives the same bytes.

    Example: yuqi release --version 1.0.0
    """
    folder = out or place.releases / version
    plan = Plan(
        version,
        folder,
        Edition(edition, unsourced, named_only=look.synthetic),
        look.synthetic,
        load_settings(place).contact,
        load_takedowns(place.takedowns),
        evaluation(names_lenders=not look.synthetic),
    )
    remember(place, folder)  # before it is there, so that a takedown finds what a kill leaves of it
    with open_for_release(place) as connection:
        tables = release(connection, plan)
        _refuse_if_taken_down_since(place, plan)
        pin(place, facts(connection)["snapshot"], f"release {version}")
    rows = [{"table": table.name, "rows": table.rows} for table in tables]
    note = f"{folder}: check it with `cd {folder} && sha256sum -c SHA256SUMS`"
    emit(Result(("table", "rows"), rows, f"yuqi {version}", (note,)), look)


def _refuse_if_taken_down_since(place: Workspace, plan: Plan) -> None:
    """A takedown withdraws the releases that it finds: one that was not there yet must not come after it."""
    if load_takedowns(place.takedowns).entries != plan.takedowns.entries:
        shutil.rmtree(plan.folder)
        raise FailedError("pages were taken down while it was written: run the same command again")
