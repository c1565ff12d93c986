"""`yuqi recrawl`."""

from __future__ import annotations

import click

from crawler.crawl import CrawlOptions, crawl
from crawler.workspace import Workspace
from yuqi.building import build_workspace, summary_row, summary_text
from yuqi.crawling import chosen_sites, crawl_code, crawl_result, emit_plan, shows_progress
from yuqi.failures import PARTIAL
from yuqi.lock import alone
from yuqi.options import results
from yuqi.output import Look, emit_object
from yuqi.progress import Bars


@click.command("recrawl")
@click.option("--budget", type=click.IntRange(1), help="Requests of this run.")
@click.option(
    "--max-time", type=click.FloatRange(min=1), help="Seconds of crawling; the build comes after it."
)
@click.option("--dry-run", is_flag=True, help="Only say what would be asked for, and why.")
@results
def command(place: Workspace, look: Look, budget: int | None, max_time: float | None, dry_run: bool) -> int:
    """What a scheduler calls: crawl what is due, build, publish, summary.

    Example: yuqi recrawl --budget 5000 --max-time 3600
    """
    sites = chosen_sites(place, ())
    with alone(place), Bars() as bars:
        options = CrawlOptions(max_pages=budget, max_seconds=max_time, on_progress=shows_progress(bars))
        if dry_run:
            emit_plan(place, sites, options, look)
            return 0
        crawled = crawl(place, sites, options)
        built = build_workspace(place)
    visits = crawl_result(crawled)
    row = {"run_id": crawled.run_id, "fetched": crawled.fetched, "left": crawled.left, "visits": visits.rows}
    row |= summary_row(built)
    text = "\n".join([*filter(None, visits.notes), summary_text(built)])
    emit_object(row, list(row), look, text)
    return PARTIAL if built.errors else crawl_code(crawled)
