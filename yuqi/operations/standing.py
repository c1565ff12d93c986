"""How a workspace stands, for `status`: warnings by site, sizes, days until its disk is full."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from crawler.archive_writer import folder_name
from crawler.shards import Reader
from crawler.sites import Site
from crawler.tallies import Tallies
from crawler.workspace import Workspace
from yuqi.operations.alarms import Standing as Warned
from yuqi.operations.alarms import judged, standing_in
from yuqi.operations.disk import Sizes, sizes
from yuqi.operations.settings import operation_of
from yuqi.operations.watching import warnings_now

MB = 1_000_000
STANDING_COLUMNS = ("warnings", "archive_bytes", "workspace_bytes", "disk_free_bytes", "disk_days_left")


@dataclass(frozen=True)
class Standing:
    """`days_left` is None before anything was archived."""

    warned: Sequence[Warned]
    sizes: Sizes
    days_left: int | None

    def row(self, site_id: str) -> dict[str, Any]:
        """A site's columns; disk and workspace are the same for all, since they share them."""
        mine = [asdict(one) for one in self.warned if one.site_id == site_id]
        return {
            "warnings": mine,
            "archive_bytes": self.sizes.sites[folder_name(site_id)],
            "workspace_bytes": sum(self.sizes.rooms.values()),
            "disk_free_bytes": self.sizes.free,
            "disk_days_left": self.days_left,
        }

    def notes(self) -> tuple[str, ...]:
        told = [
            f"warning{' (seen)' * one.is_acked}: {one.site_id}: {one.said}, since {one.since:%Y-%m-%d}"
            for one in self.warned
        ]
        held = ", ".join(f"{name} {size / MB:.1f}" for name, size in self.sizes.rooms.items() if size)
        left = "" if self.days_left is None else f"; about {self.days_left} days left at this pace"
        return (*told, f"MB: {held or 'nothing yet'}; free {self.sizes.free / MB:.0f}{left}")


def standing_of(
    place: Workspace, held: Reader, counted: Tallies, sites: Mapping[str, Site], now: datetime
) -> Standing:
    """Looks only: what is new here is raised by the next recrawl."""
    operation = operation_of(place)
    found = warnings_now(place, held, counted, sites, operation.health)
    warned, _ = judged(found, standing_in(place), now)
    room = sizes(place, now)
    return Standing(warned, room, room.days_left(operation.min_free_bytes))
