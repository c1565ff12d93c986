"""A takedown where workers without a shared folder have their copies of archive and parts."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Protocol

from crawler.shards import reading
from crawler.takedowns import load_takedowns
from crawler.workspace import Workspace


class Copies(Protocol):
    """What is asked of an object store."""

    def fetch_if_there(self, path: Path) -> None: ...

    def replaced(self, file: Path) -> bool: ...

    def forget_others(self, folder: Path) -> int: ...


def bring(place: Workspace, store: Copies) -> None:
    """Archive files with pages to purge that lie in the store alone: a record is blanked here."""
    for path in _to_purge(place):
        if not path.exists():
            store.fetch_if_there(path)


def follow(place: Workspace, store: Copies) -> int:
    """How many files went or were put there again: parts that are gone here, archive files that differ."""
    held = sorted(place.archive.rglob("*.warc.gz")) if load_takedowns(place.takedowns).purged.entries else []
    return store.forget_others(place.parts) + sum(store.replaced(path) for path in held)


def _to_purge(place: Workspace) -> Iterable[Path]:
    purged = load_takedowns(place.takedowns).purged
    with reading(place) as held:
        return sorted(
            {
                place.root / fetch.warc_file
                for fetch in held.fetches()
                if fetch.warc_file and purged.hit(fetch.url, fetch.site_id)
            }
        )
