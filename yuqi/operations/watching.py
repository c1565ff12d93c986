"""What `status`, `ack` and `recrawl` know of a workspace's health: the rules applied to what is there."""

from __future__ import annotations

from collections.abc import Mapping

from crawler.shards import Reader
from crawler.sites import Site
from crawler.tallies import Tallies
from crawler.workspace import Workspace
from pipeline.store.health import Reading, readings
from pipeline.store.reader import open_latest
from yuqi.operations.health import OF_VISITS, SiteWarning, seen, shut, warnings
from yuqi.operations.settings import HealthLimits


def warnings_now(
    place: Workspace, held: Reader, counted: Tallies, sites: Mapping[str, Site], limits: HealthLimits
) -> list[SiteWarning]:
    """A site that is shut out, or vanished, brings no pages: that is said once. `counted`: what is held."""
    in_doubt = {site_id: pages for site_id, pages in held.in_doubt().items() if site_id in sites}
    left = shut(held.pauses(sites).values(), in_doubt)
    explained = {one.site_id for one in left}
    found = warnings(sites, seen(counted, held.runs()), _readings(place), limits)
    return [*left, *(one for one in found if one.site_id not in explained or one.rule not in OF_VISITS)]


def _readings(place: Workspace) -> dict[str, Reading]:
    """Empty until something is built."""
    if not place.latest.exists():
        return {}
    with open_latest(place, of_any_age=True) as connection:
        return readings(connection)
