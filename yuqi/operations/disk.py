"""Room on the disk: what a workspace holds, what a run will add, how long it lasts."""

from __future__ import annotations

import os
import shutil
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from crawler.crawl import CrawlOptions
from crawler.frontier_reader import FrontierReader
from crawler.shards import frontiers
from crawler.sites import Site
from crawler.workspace import Workspace, size_of
from yuqi.operations.settings import GB

FIRST_BYTES_PER_VISIT = 40_000  # archived, before anything was: pages of 31 to 55 kB were measured, unpacked
GROWTH_WINDOW = timedelta(days=30)
CORPUS_COPIES = 2  # a build writes a fresh corpus and its snapshot beside those that stand
ROOMS = ("archive", "state", "parts", "snapshots", "releases")


@dataclass(frozen=True)
class Room:
    """Before a run: bytes free, bytes that it is expected to take, bytes that must stay free."""

    free: int
    expected: int
    least: int

    @property
    def is_low(self) -> bool:
        return self.free - self.expected < self.least

    def __str__(self) -> str:
        return (
            f"disk: {self.free / GB:.1f} GB free, this run needs about {self.expected / GB:.2f} GB, and"
            f" {self.least / GB:g} GB must stay free (min_free_gb)"
        )


@dataclass(frozen=True)
class Sizes:
    """Bytes of a workspace, by folder, and of the archive by site."""

    rooms: dict[str, int]
    sites: Counter[str]  # by folder of the archive
    growth: float | None  # bytes a day; None before anything was archived
    free: int

    def days_left(self, least: int) -> int | None:
        """Until less than `least` is free, if it goes on like this; 0 where that is so already."""
        return None if not self.growth else max(0, int((self.free - least) / self.growth))


def room_for(
    place: Workspace, sites: Sequence[Site], options: CrawlOptions, least: int, *, builds: bool
) -> Room:
    """A new site counts with its start pages only; what is found on them is not known yet."""
    with FrontierReader(replace(place, shard=options.shard)) as frontier:
        due = frontier.due([site.site_id for site in sites], datetime.now(UTC), options.all)
    due = max(due, sum(len(site.start) for site in sites))
    due = due if options.max_pages is None else min(due, options.max_pages)
    expected = int(due * _bytes_per_visit(place)) + (CORPUS_COPIES * size_of(place.corpus) if builds else 0)
    return Room(shutil.disk_usage(place.root).free, expected, least)


def _bytes_per_visit(place: Workspace) -> float:
    """Archived so far; an unchanged page counts with the little that it takes."""
    visits = 0
    for one in frontiers(place):
        with FrontierReader(one) as frontier:
            visits += frontier.n_archived()
    archived = sum(path.stat().st_size for path in _archive_files(place))
    return archived / visits if visits else FIRST_BYTES_PER_VISIT


def sizes(place: Workspace, now: datetime) -> Sizes:
    rooms = {name: size_of(place.root / name) for name in ROOMS} | {"corpus": size_of(place.corpus)}
    by_site: Counter[str] = Counter()
    held: list[tuple[float, int]] = []
    for path in _archive_files(place):
        found = path.stat()
        by_site[path.parent.name] += found.st_size
        held.append((found.st_mtime, found.st_size))
    return Sizes(rooms, by_site, _growth(held, rooms, now), shutil.disk_usage(place.root).free)


def _growth(held: Iterable[tuple[float, int]], rooms: dict[str, int], now: datetime) -> float | None:
    """The archive's bytes a day over the last month; all else grows with it, in proportion."""
    files = list(held)
    archived = sum(size for _, size in files)
    if not archived:
        return None
    first = min(time for time, _ in files)
    since = max(first, (now - GROWTH_WINDOW).timestamp())
    days = max(1.0, (now.timestamp() - since) / timedelta(days=1).total_seconds())
    recent = sum(size for time, size in files if time >= since)
    return recent / days * sum(rooms.values()) / archived


def _archive_files(place: Workspace) -> Iterable[Path]:
    for folder, _, names in os.walk(place.archive):
        yield from (Path(folder, name) for name in names)
