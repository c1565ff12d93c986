"""`yuqi ack`."""

from __future__ import annotations

from datetime import UTC, datetime

import click

from crawler.shards import reading
from crawler.sites import load_sites
from crawler.workspace import Workspace
from yuqi.crawling import chosen_sites
from yuqi.operations.alarms import acknowledge
from yuqi.operations.settings import operation_of
from yuqi.operations.watching import warnings_now
from yuqi.options import results
from yuqi.output import Look, Result, emit


@click.command("ack")
@click.argument("site", metavar="SITE")
@results
def command(place: Workspace, look: Look, site: str) -> None:
    """Silence a site's warnings until they end and come again.

    Without it a warning makes `recrawl` end with 3 when it is new and after every seven days.

    Example: yuqi ack example
    """
    chosen_sites(place, (site,))
    now, sites = datetime.now(UTC), load_sites(place.sites)
    with reading(place) as held:
        found = warnings_now(place, held, held.tallies(now), sites, operation_of(place).health)
    acked = acknowledge(place, site, found, now)
    rows = [{"site_id": one.site_id, "rule": one.rule, "said": one.said, "since": one.since} for one in acked]
    note = f"{len(rows)} warnings are silent now" if rows else f"{site} has no warnings"
    emit(Result(("site_id", "rule", "said", "since"), rows, notes=(note,)), look)
