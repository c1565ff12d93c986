"""`yuqi evaluate`."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any

import click

from crawler.definitions import DefinitionError
from explorer.method import MEASURED_FILE, shown_keys
from pipeline.evaluate import Figure, Judged, judged, load_floors, lowered, raised, write_floors
from pipeline.evaluate.floors import FLOORS_FILE
from pipeline.evaluate.shown import shown, write_shown
from yuqi.commands.demo import PAGES
from yuqi.evaluating.advised import advised_figures
from yuqi.evaluating.asserted import asserted_figures
from yuqi.evaluating.clean import clean_figures
from yuqi.evaluating.contexts import context_figures_of
from yuqi.evaluating.decoding import decode_figures, marked_pages, sample_pages
from yuqi.evaluating.extraction import has_marked_text, text_figures
from yuqi.evaluating.gold import gold_page_figures, has_gold
from yuqi.evaluating.hosts import memory_figures
from yuqi.evaluating.metadata import described_figures
from yuqi.evaluating.owners import owned_site_figures
from yuqi.evaluating.practised import practised_page_figures
from yuqi.evaluating.samples import sample_figures
from yuqi.evaluating.struck import struck_figures
from yuqi.evaluating.wrong import Report
from yuqi.failures import DONE, PARTIAL
from yuqi.options import located, looks
from yuqi.output import Look, Result, emit
from yuqi.samples import Farm
from yuqi.words import headings, word

COLUMNS = tuple(field.name for field in fields(Judged))


@click.command("evaluate")
@click.option(
    "--gold",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    metavar="DIR",
    help="Gold data: DIR/gold/pages with DIR/pages, DIR/eval/extraction. Default: the sample sites.",
)
@click.option(
    "--pages", type=click.IntRange(1), default=PAGES, show_default=True, help="Articles of the sample sites."
)
@click.option(
    "--clean",
    type=click.Path(path_type=Path, exists=True),
    multiple=True,
    metavar="PATH",
    help="Clean Chinese text (files, folders): repair must leave it alone. Instead of the sample sites.",
)
@click.option(
    "--floors",
    type=click.Path(path_type=Path, dir_okay=False),
    default=FLOORS_FILE,
    show_default="the bundled ones",
    help="File of floors.",
)
@click.option("--raise-floors", is_flag=True, help="Write what was measured as floors where it is better.")
@click.option("--lower-floors", is_flag=True, help="Lower floors that do not hold; takes --reason.")
@click.option("--reason", help="Why floors are lowered; stands beside them in the file.")
@click.option(
    "--wrong",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write each thing that is wrong to FILE (JSON lines).",
)
@click.option(
    "--quality",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write what the method page shows to FILE. Default: its own, after a run on the samples.",
)
@looks
@located
def command(  # noqa: PLR0913, PLR0917 (its options)
    gold: Path | None, pages: int, clean: tuple[Path, ...], floors: Path, raise_floors: bool,
    lower_floors: bool, reason: str | None, wrong: Path | None, quality: Path | None, form: str, lang: str,
    workspace: Path,  # noqa: ARG001
) -> int:  # fmt: skip
    """Quality against gold data or the sample sites, beside floors. Exit code 3 where one does not hold.

    Works in folders of its own; no workspace is read or changed. What the explorer's method page shows is
    written anew, with 95 % intervals.

    Example: yuqi evaluate --gold ../shared
    """
    _check(gold, (raise_floors, lower_floors, pages), reason)
    known = load_floors(floors)
    with ExitStack() as stack:
        report = _report(stack, wrong)
        figures = clean_figures(clean, report) if clean else _figures(gold, pages, report)
    if raise_floors:
        known = raised(known, figures)
    if lower_floors and reason:
        known = lowered(known, figures, reason)
    if raise_floors or lower_floors:
        write_floors(floors, known)
    if quality is not None or (gold is None and not clean and pages == PAGES):
        _write_quality(quality or MEASURED_FILE, figures)
    rows = judged(figures, known)
    emit(_result(rows, lang), Look(form, lang, synthetic=gold is None and not clean))
    return PARTIAL if any(row.ok is False for row in rows) else DONE


def _check(gold: Path | None, asked: tuple[bool, bool, int], reason: str | None) -> None:
    raise_floors, lower_floors, pages = asked
    if lower_floors != bool(reason and reason.strip()):
        raise click.UsageError("--lower-floors and --reason TEXT go together")
    if (raise_floors or lower_floors) and gold is None and pages != PAGES:
        raise click.UsageError(f"floors are those of the default {PAGES} pages: leave --pages out")
    if gold is not None and not (has_gold(gold) or has_marked_text(gold)):
        raise DefinitionError(
            f"{gold} has neither gold/pages/*.json with pages/ nor eval/extraction/*/*.json"
        )


def _figures(gold: Path | None, pages: int, report: Report) -> list[Figure]:
    if gold is None:
        decoded = decode_figures(sample_pages(Farm(pages=pages)), report)
        hosts = [*memory_figures(), *owned_site_figures(report)]
        sentences = [*asserted_figures(report), *practised_page_figures(report), *advised_figures(report)]
        labelled = [*sentences, *context_figures_of(report), *struck_figures(report)]
        return [*sample_figures(pages, report), *hosts, *decoded, *labelled]
    marked = gold_page_figures(gold, report) if has_gold(gold) else []
    if not has_marked_text(gold):
        return marked
    texts, described = text_figures(gold, report), described_figures(gold, report)
    return [*marked, *texts, *described, *decode_figures(marked_pages(gold), report)]


def _write_quality(path: Path, figures: list[Figure]) -> None:
    """An installation that cannot be written to keeps the figures that it came with, and says so."""
    keys = shown_keys()
    try:
        write_shown(path, shown(figures, keys), keys)
    except OSError as error:
        click.echo(f"{path}: not written ({error.strerror}): the method page shows earlier figures", err=True)


def _report(stack: ExitStack, path: Path | None) -> Callable[[dict[str, Any]], None]:
    if path is None:
        return lambda row: None  # noqa: ARG005
    file = stack.enter_context(path.open("w", encoding="utf-8"))
    return lambda row: print(json.dumps(row, ensure_ascii=False, default=str), file=file)


def _result(rows: Sequence[Judged], lang: str) -> Result:
    failed = sum(row.ok is False for row in rows)
    held = sum(row.ok is True for row in rows)
    note = word(lang, "note", "floors", held=held, failed=failed)
    return Result(
        COLUMNS,
        [asdict(row) for row in rows],
        title=word(lang, "report", "evaluate"),
        notes=(note,),
        headings=headings(lang),
    )
