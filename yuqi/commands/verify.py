"""`yuqi verify`."""

from __future__ import annotations

from pathlib import Path

import click

from crawler.definitions import DefinitionError
from crawler.workspace import SETTINGS_FILE, Workspace, load_settings, open_workspace
from pipeline.verify import Report
from yuqi.failures import DONE, FAILED
from yuqi.options import located, looks
from yuqi.output import Look, Result, emit
from yuqi.verifying import verified, verified_release

COLUMNS = ("check", "checked", "failed", "faults")
SHOWN = 20  # faults told to people; programs get up to a hundred a check


@click.command("verify")
@click.argument("release", required=False)
@click.option(
    "--sample", type=click.IntRange(1), metavar="N",
    help="Compare the quotes of N articles only, others in every snapshot. Default: of all.",
)  # fmt: skip
@looks
@located
def command(release: str | None, sample: int | None, form: str, lang: str, workspace: Path) -> int:
    """Archive, corpus and release against their checksums; quotes against the archived page.

    RELEASE is a folder or a version of this workspace: then only that is checked (files, columns, keys, spans
    and, in a workspace, its quotes against the archive), and a folder needs no workspace. Without it:
    archive, corpus, quotes and every release of the workspace. Exit code 1 where anything is wrong; each
    fault names its file and offset, URL or id.

    Example: yuqi verify --sample 200
    """
    if release is not None:
        at_hand = Workspace(workspace.resolve()) if (workspace / SETTINGS_FILE).is_file() else None
        report, synthetic = verified_release(_release(release, workspace), at_hand, sample), False
    else:
        place = open_workspace(workspace)
        report, synthetic = verified(place, sample), load_settings(place).synthetic
    emit(_result(report), Look(form, lang, synthetic))
    return DONE if report.is_sound else FAILED


def _release(said: str, workspace: Path) -> Path:
    if Path(said).is_dir():
        return Path(said)
    if (workspace / SETTINGS_FILE).is_file():
        folder = Workspace(workspace.resolve()).releases / said
        if folder.is_dir() and folder.parent == Workspace(workspace.resolve()).releases:
            return folder
    raise DefinitionError(f"`{said}` is neither a folder nor a release of this workspace")


def _result(report: Report) -> Result:
    rows = report.rows()
    faults = [f"✗ {row['check']}: {one['record']}: {one['wrong']}" for row in rows for one in row["faults"]]
    more = (f"… {len(faults) - SHOWN} more: --format json has them",) if len(faults) > SHOWN else ()
    return Result(COLUMNS, rows, "verify", (*faults[:SHOWN], *more), hidden=frozenset({"faults"}))
