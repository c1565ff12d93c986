"""`yuqi recrawl`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, fields
from datetime import datetime
from typing import Any

import click

from crawler.crawl import CrawlOptions
from crawler.workspace import Workspace
from pipeline.build import BuildSummary
from yuqi.building import summary_row, summary_text
from yuqi.crawling import chosen_sites, crawl_result, emit_plan, shows_progress
from yuqi.failures import FAILED, PARTIAL, warn
from yuqi.formats import json_text, table_text
from yuqi.lock import alone
from yuqi.operations.alarms import Standing
from yuqi.operations.notice import ping, run_hook
from yuqi.operations.recrawling import Recrawl, recrawl
from yuqi.operations.settings import Operation, operation_of
from yuqi.options import results
from yuqi.output import Look, emit_object
from yuqi.progress import Bars

BUILT = ("snapshot", *(field.name for field in fields(BuildSummary) if field.name != "snapshot"))


@click.command("recrawl")
@click.option("--budget", type=click.IntRange(1), help="Requests of this run. Default: `[budget] pages`.")
@click.option(
    "--max-time", type=click.FloatRange(min=1), help="Seconds of crawling; the build comes after it."
)
@click.option("--dry-run", is_flag=True, help="Only say what would be asked for, and why.")
@results
def command(place: Workspace, look: Look, budget: int | None, max_time: float | None, dry_run: bool) -> int:
    """What a scheduler calls: crawl what is due, build, publish, summary.

    Nothing is fetched without room on the disk (`min_free_gb`). Parts that an upgrade makes stale are made
    again only as far as `[budget] rebuild_minutes` reaches, else "rebuild needed". Exit code 3 where a person
    is needed: a warning that is new, or has stood another seven days without `yuqi ack SITE`.

    Example: yuqi recrawl --budget 5000 --max-time 3600
    """
    operation = operation_of(place)
    sites = chosen_sites(place, ())
    with Bars() as bars:
        options = CrawlOptions(
            max_pages=budget or operation.budget.pages,
            max_seconds=max_time or operation.budget.seconds,
            on_progress=shows_progress(bars),
        )
        if dry_run:
            emit_plan(place, sites, options, look)
            return 0
        with alone(place, "recrawl"):
            done = _noticed(place, operation, lambda: recrawl(place, sites, options, operation))
    row = _row(done)
    emit_object(row, list(row), look, _text(done))
    return _told(place, operation, done, row)


def _noticed(place: Workspace, operation: Operation, run: Callable[[], Recrawl]) -> Recrawl:
    """The hook hears of a run that failed or was stopped, too: code 1, no summary."""
    result: Recrawl | None = None
    try:
        result = run()
        return result
    finally:
        if result is None and operation.hook:
            run_hook(operation.hook, place, FAILED, "[]\n")


def _told(place: Workspace, operation: Operation, done: Recrawl, row: dict[str, Any]) -> int:
    """The exit code, after hook and ping; one that fails needs a person."""
    wrong = []
    if operation.hook:
        wrong.append(run_hook(operation.hook, place, done.code, json_text(list(row), [row])))
    if operation.ping:
        wrong.append(ping(operation.ping))
    for said in filter(None, wrong):
        warn(f"warning: {said}")
    return PARTIAL if any(wrong) else done.code


def _row(done: Recrawl) -> dict[str, Any]:
    """As programs read it; what did not take place is null."""
    crawled, built = done.crawl, done.build
    visits = [dict(row) for row in crawl_result(crawled).rows] if crawled else []
    return {
        "run_id": crawled.run_id if crawled else None,
        "fetched": crawled.fetched if crawled else 0,
        "left": crawled.left if crawled else None,
        "visits": visits,
        **(summary_row(built) if built else dict.fromkeys(BUILT)),
        "needs": list(done.needs),
        "warnings": [_plain(asdict(one)) for one in done.standing],
        "raised": [_plain(asdict(one)) for one in done.raised],
        "pruned_bytes": done.pruned,
    }


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    return {key: value.isoformat() if isinstance(value, datetime) else value for key, value in row.items()}


def _text(done: Recrawl) -> str:
    lines: list[str] = []
    if done.crawl:
        visits = crawl_result(done.crawl)
        columns = [c for c in visits.columns if c == "site_id" or any(row[c] for row in visits.rows)]
        lines += [table_text(columns, [[row[c] for c in columns] for row in visits.rows]), ""]
        lines += filter(None, visits.notes)
    if done.build:
        lines.append(summary_text(done.build))
    if done.pruned:
        lines.append(f"retention: {done.pruned / 1e6:.1f} MB of old snapshots removed")
    lines += [f"needs a person: {said}" for said in done.needs]
    lines += [f"warning ({_news(one, done)}): {one.site_id}: {one.said}" for one in done.standing]
    if done.raised:
        sites = dict.fromkeys(one.site_id for one in done.raised)
        lines.append(f"silence them with {', '.join(f'`yuqi ack {site_id}`' for site_id in sites)}")
    return "\n".join(lines)


def _news(one: Standing, done: Recrawl) -> str:
    """Whether a warning calls for a person now, and whether it did before."""
    if one.is_acked:
        return "seen"
    if all((one.site_id, one.rule) != (other.site_id, other.rule) for other in done.raised):
        return "known"
    return "new" if one.since == one.raised_at else "again"
