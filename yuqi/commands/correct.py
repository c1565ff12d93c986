"""`yuqi correct`."""

from __future__ import annotations

import getpass

import click

from crawler.workspace import Workspace
from pipeline.store.reader import open_latest
from pipeline.verdicts import add_verdicts, load_verdicts
from yuqi.building import build_workspace, summary_text
from yuqi.lock import alone
from yuqi.options import results
from yuqi.output import Look, Result, emit, say
from yuqi.reviewing import correction
from yuqi.words import word


@click.command("correct")
@click.argument("finding", metavar="ID")
@click.option("--reason", required=True, help="Why; published with the correction.")
@click.option("--reviewer", help="Kept in the workspace, not published. Default: who is logged in.")
@click.option("--no-build", is_flag=True, help="Leave it to the next build to obey it.")
@results
def command(  # noqa: PLR0913, PLR0917 (the options of a command line)
    place: Workspace, look: Look, finding: str, reason: str, reviewer: str | None, no_build: bool
) -> None:
    """Strike a finding, in every copy of its story, and list it in the public corrections.

    `show --format json` names findings by `finding_id`. A correction survives rebuilds.

    Example: yuqi correct fd-0123456789abcdef-0123456789ab --reason "the page denies it"
    """
    with alone(place):
        with open_latest(place) as connection:
            said = (reviewer or getpass.getuser(), reason.strip())
            struck = correction(connection, finding, load_verdicts(place), said)
        added = add_verdicts(place.corrections, [struck])
        if added and not no_build:
            say([summary_text(build_workspace(place))])
    row = {"finding_id": struck.finding_id, "kind": struck.kind, "finding": struck.finding, "url": struck.url,
           "reason": struck.reason}  # fmt: skip
    emit(Result(tuple(row), [row], word(look.lang, "review", "corrected")), look)
