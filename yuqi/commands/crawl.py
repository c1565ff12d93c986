"""`yuqi crawl`."""

from __future__ import annotations

import click

from crawler.crawl import CrawlOptions, crawl
from crawler.workspace import Workspace
from yuqi.crawling import chosen_sites, crawl_code, crawl_result, emit_plan, shows_progress
from yuqi.failures import DONE, PARTIAL, warn
from yuqi.operations.disk import room_for
from yuqi.operations.settings import operation_of
from yuqi.options import results
from yuqi.output import Look, emit
from yuqi.progress import Bars


class Shard(click.ParamType[tuple[int, int]]):
    """`I/N`: the I-th of N crawlers, each with its own part of the hosts."""

    name = "I/N"

    def convert(
        self, value: str | tuple[int, int], param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[int, int]:
        if isinstance(value, tuple):
            return value
        part, _, of = value.partition("/")
        if not (part.isdecimal() and of.isdecimal() and 1 <= int(part) <= int(of)):
            self.fail(f"{value} is not of the form 1/4", param, ctx)
        return int(part), int(of)


@click.command("crawl")
@click.argument("sites", nargs=-1, metavar="[SITE]...")
@click.option("--all", "takes_all", is_flag=True, help="Everything known, not only what is due.")
@click.option("--max-pages", type=click.IntRange(1), help="Requests of this run.")
@click.option("--dry-run", is_flag=True, help="Only say what would be asked for, and why.")
@click.option("--shard", type=Shard(), help="I/N: this crawler's part of the hosts.")
@results
def command(  # noqa: PLR0913, PLR0917 (the options of a command line)
    place: Workspace,
    look: Look,
    sites: tuple[str, ...],
    takes_all: bool,
    max_pages: int | None,
    dry_run: bool,
    shard: tuple[int, int] | None,
) -> int:
    """Fetch what is due into the archive; resumable. Without SITE: all sites that are defined.

    Nothing is fetched, and the exit code is 3, where the disk would be left with less than `min_free_gb`.
    With --shard each crawler has a frontier and an archive folder of its own; `build` reads them all.

    robots.txt is obeyed; Ctrl-C stops in good order, and the same command goes on.

    Example: yuqi crawl example --max-pages 100
    """
    chosen = chosen_sites(place, sites)
    with Bars() as bars:
        options = CrawlOptions(takes_all, max_pages, shard, on_progress=shows_progress(bars))
        if dry_run:
            emit_plan(place, chosen, options, look)
            return DONE
        space = room_for(place, chosen, options, operation_of(place).min_free_bytes, builds=False)
        if space.is_low:
            warn(f"yuqi: {space}; nothing was fetched: run `yuqi prune`, free some, or add a disk")
            return PARTIAL
        summary = crawl(place, chosen, options)
    emit(crawl_result(summary), look)
    return crawl_code(summary)
