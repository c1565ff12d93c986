"""`yuqi review`."""

from __future__ import annotations

import getpass
from pathlib import Path

import click

from crawler.workspace import Workspace
from pipeline.store.reader import open_latest
from pipeline.store.review import COLUMNS, sample
from pipeline.verdicts import add_verdicts, load_verdicts
from yuqi.building import build_workspace, summary_text
from yuqi.failures import DONE, PARTIAL, warn
from yuqi.formats import csv_text
from yuqi.lock import alone
from yuqi.options import results
from yuqi.output import Look, Result, emit, say
from yuqi.reviewing import judged
from yuqi.words import headings, word

BOM = "\ufeff"  # without it Excel takes UTF-8 for the system's code page


@click.command("review")
@click.option("--sample", "count", type=click.IntRange(1), help="Draw so many findings nobody judged yet.")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="CSV to write them to.")
@click.option(
    "--apply", "verdicts", type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="CSV with verdicts: right, wrong or unsure.",
)  # fmt: skip
@click.option("--reviewer", help="Where a row names none. Default: who is logged in.")
@click.option("--no-build", is_flag=True, help="Leave it to the next build to obey them.")
@results
def command(  # noqa: PLR0913, PLR0917 (the options of a command line)
    place: Workspace, look: Look, count: int | None, out: Path | None, verdicts: Path | None,
    reviewer: str | None, no_build: bool,
) -> int:  # fmt: skip
    """Findings for people to judge, and their verdicts: they survive rebuilds and override the rules.

    Fill in `verdict`, `reviewer` and `reason` of the CSV; rows without a verdict are left alone. What is
    called wrong leaves the corpus; reports print how often a sample was right.

    Example: yuqi review --sample 50 --out to-judge.csv
    """
    if (count is None) == (verdicts is None) or (count is None) != (out is None):
        raise click.UsageError("give --sample N --out FILE, or --apply FILE")
    if count is not None and out is not None:
        return _sample(place, look, count, out)
    assert verdicts is not None
    return _apply(place, look, (verdicts, reviewer or getpass.getuser()), build=not no_build)


def _sample(place: Workspace, look: Look, count: int, out: Path) -> int:
    judged_before = load_verdicts(place).newest()
    with open_latest(place) as connection:
        rows = sample(connection, count, judged_before.keys())
    out.write_text(BOM + csv_text(COLUMNS, rows), encoding="utf-8", newline="")
    say([word(look.lang, "review", "sampled", count=len(rows), file=out)])
    emit(Result(COLUMNS, rows, headings=headings(look.lang), hidden=frozenset(COLUMNS[8:])), look)
    return DONE


def _apply(place: Workspace, look: Look, given: tuple[Path, str], build: bool) -> int:
    with alone(place):
        with open_latest(place) as connection:
            found = judged(connection, given[0], load_verdicts(place), given[1])
        added = add_verdicts(place.reviews, found.verdicts)
        for one in found.unknown:
            warn(word(look.lang, "review", "unknown", finding=one))
        said = word(look.lang, "review", "applied", added=added, known=len(found.verdicts) - added)
        if added and build:
            say([summary_text(build_workspace(place))])
    row = {"applied": added, "already_known": len(found.verdicts) - added, "unknown": len(found.unknown)}
    emit(Result(tuple(row), [row], said), look)
    return PARTIAL if found.unknown else DONE
