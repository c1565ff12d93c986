"""`yuqi review`."""

from __future__ import annotations

import getpass
from pathlib import Path

import click

from crawler.definitions import DefinitionError
from crawler.workspace import Workspace
from explorer.reviewing import Reviewing
from pipeline.sheet import read_sheet, write_sheet
from pipeline.store.reader import open_latest
from pipeline.store.review import COLUMNS, sample
from pipeline.verdicts import add_verdicts, load_verdicts
from yuqi.building import build_workspace, summary_text
from yuqi.failures import DONE, PARTIAL, warn
from yuqi.lock import alone
from yuqi.options import results
from yuqi.output import Look, Result, emit, say
from yuqi.reviewing import judged
from yuqi.serving import PORT, Address, serve
from yuqi.words import headings, word


@click.command("review")
@click.option("--sample", "count", type=click.IntRange(1), help="Draw so many findings nobody judged yet.")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="CSV to write them to.")
@click.option(
    "--apply", "verdicts", type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="CSV with verdicts: right, wrong or unsure.",
)  # fmt: skip
@click.option("--reviewer", help="Where a row names none. Default: who is logged in.")
@click.option("--no-build", is_flag=True, help="Leave it to the next build to obey them.")
@click.option("--serve", "in_browser", is_flag=True, help="Judge FILE with buttons in the explorer.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=PORT, show_default=True, help="Of --serve, on 127.0.0.1."
)
@results
def command(  # noqa: PLR0913, PLR0917 (the options of a command line)
    place: Workspace, look: Look, count: int | None, out: Path | None, verdicts: Path | None,
    reviewer: str | None, no_build: bool, in_browser: bool, port: int,
) -> int:  # fmt: skip
    """Findings for people to judge, and their verdicts: they survive rebuilds and override the rules.

    Fill in `verdict`, `reviewer` and `reason` of the CSV; rows without a verdict are left alone. What is
    called wrong leaves the corpus; reports print how often a sample was right.

    With --serve the explorer shows the findings one by one with their context and buttons for the verdict,
    which it writes into FILE and nowhere else; without --sample it goes on with what FILE has.

    Example: yuqi review --sample 50 --out to-judge.csv
    """
    if verdicts is not None and count is None and out is None and not in_browser:
        return _apply(place, look, (verdicts, reviewer or getpass.getuser()), build=not no_build)
    if verdicts is not None or out is None or (count is None and not in_browser):
        raise click.UsageError("give --sample N --out FILE, --serve --out FILE, or --apply FILE")
    if count is not None:
        _sample(place, look, count, out)
    if in_browser:
        _judge(place, out, reviewer or getpass.getuser(), port)
    return DONE


def _sample(place: Workspace, look: Look, count: int, out: Path) -> None:
    judged_before = load_verdicts(place).newest()
    with open_latest(place) as connection:
        rows = sample(connection, count, judged_before.keys())
    write_sheet(out, COLUMNS, rows)
    say([word(look.lang, "review", "sampled", count=len(rows), file=out)])
    emit(Result(COLUMNS, rows, headings=headings(look.lang), hidden=frozenset(COLUMNS[8:])), look)


def _judge(place: Workspace, sheet: Path, who: str, port: int) -> None:
    if not sheet.is_file():
        raise DefinitionError(f"no {sheet} to go on with: give --sample N as well")
    read_sheet(sheet)  # says at once what is wrong with it
    serve(place, Address(port=port), Reviewing(sheet.resolve(), who))


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
