"""What `status`, `ack` and `recrawl` know of a workspace's health: the rules applied to what is there."""

from __future__ import annotations

from collections.abc import Mapping

from crawler.shards import Reader
from crawler.sites import Site
from crawler.workspace import Workspace
from pipeline.store.health import Reading, readings
from pipeline.store.reader import open_latest
from yuqi.operations.health import SiteWarning, seen, warnings
from yuqi.operations.settings import HealthLimits


def warnings_now(
    place: Workspace, held: Reader, sites: Mapping[str, Site], limits: HealthLimits
) -> list[SiteWarning]:
    return warnings(sites, seen(held.pages(), held.fetches(), held.runs()), _readings(place), limits)


def _readings(place: Workspace) -> dict[str, Reading]:
    """Empty until something is built."""
    if not place.latest.exists():
        return {}
    with open_latest(place) as connection:
        return readings(connection)
