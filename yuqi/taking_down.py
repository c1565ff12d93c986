"""A takedown, everywhere: recorded, then out of stores, parts, releases and, where asked, the archive."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field, replace

import duckdb

from crawler.page import KnownPage
from crawler.purge import purge
from crawler.shards import reading
from crawler.takedowns import Takedown, Takedowns, add_takedowns, load_takedowns
from crawler.workspace import Workspace, load_settings
from pipeline.forgetting import forget_parts, forget_spilt
from pipeline.release.export import Edition
from pipeline.release.publish import Plan, release
from pipeline.release.withdrawn import Published, withdraw
from pipeline.store import sql
from pipeline.store.meta import facts
from pipeline.store.pins import pin
from pipeline.store.reader import RELEASE_MEMORY, latest_file, open_latest, open_snapshot
from pipeline.store.repeated import Repeated, name_taken, repeated
from pipeline.store.takedown import apply_everywhere
from yuqi.archived_sentences import archived_sentences
from yuqi.building import build_workspace
from yuqi.evaluating.published import evaluation
from yuqi.excerpts import Pending, own_sentences, pending, purge_excerpts
from yuqi.excerpts import forget as forget_pending
from yuqi.excerpts import remember as keep_pending
from yuqi.lock import alone
from yuqi.releases import forget_halves, releases, remember
from yuqi.stored import Copies, bring, follow

LOG = "takedowns.jsonl"  # in state/: what was done, without any content


@dataclass(frozen=True)
class Asked:
    """What a request names at this moment; pages that come later fall under it, too."""

    entries: tuple[Takedown, ...]
    pages: tuple[KnownPage, ...]
    repeated: tuple[Repeated, ...] = ()  # what of them stands on other pages, which stay
    own: frozenset[str] = frozenset()  # sentences that no other article has; of what is to be purged


@dataclass(frozen=True)
class Done:
    pages: int = 0
    new_requests: int = 0
    parts: int = 0
    blanked: int = 0  # records of the archive
    withdrawn: tuple[str, ...] = ()  # releases
    unfollowed: tuple[str, ...] = ()  # of these, the ones that no other supersedes yet
    removed: tuple[str, ...] = field(default=())  # snapshots of older code, which could not be rewritten
    stored: int = 0  # files of the object store that went or were put there again


def asked(place: Workspace, entries: Sequence[Takedown]) -> Asked:
    """Reads only. The further pages of an article go with its first."""
    named = Takedowns((*entries, *_known_further(place, entries)))
    pages = _pages(place, named)
    if not place.latest.exists() or not pages:
        return Asked(named.entries, pages)
    with open_latest(place, of_any_age=True) as connection:
        named = Takedowns((*named.entries, *_further(connection, named, pages)))
        pages = _pages(place, named)
        urls = [page.url for page in pages]
        own = _own(place, connection, urls) if named.purged.entries else frozenset[str]()
        return Asked(named.entries, pages, tuple(repeated(connection, urls)), own)


def _own(place: Workspace, connection: duckdb.DuckDBPyConnection, urls: Sequence[str]) -> frozenset[str]:
    """What only these pages say; of those that were taken down before, as the archive still has it."""
    there = {url for (url,) in sql.rows(connection, "article_urls")}
    return own_sentences(connection, urls, archived_sentences(place, set(urls) - there))


def _pages(place: Workspace, named: Takedowns) -> tuple[KnownPage, ...]:
    with reading(place) as held:
        return tuple(page for page in held.pages() if named.hit(page.url, page.site_id))


def _further(
    connection: duckdb.DuckDBPyConnection, named: Takedowns, pages: Iterable[KnownPage]
) -> Iterator[Takedown]:
    requests = {page.url: named.request(page.url, page.site_id) for page in pages}
    name_taken(connection, requests)
    for url, first in sql.rows(connection, "further_pages"):
        if (request := requests[first]) is not None and url not in requests:
            yield replace(request, url=url, pattern=None, site=None, of=first)


def _known_further(place: Workspace, entries: Sequence[Takedown]) -> Iterator[Takedown]:
    """Pages that went with the first at an earlier request: they are asked out of the archive with it."""
    by_url = {entry.url: entry for entry in entries if entry.url}
    for known in load_takedowns(place.takedowns).entries:
        if known.of in by_url:
            yield replace(by_url[known.of], url=known.url, of=known.of)


def take_down(place: Workspace, request: Asked, *, build: bool = True, store: Copies | None = None) -> Done:
    """Holds for every reader once it is recorded; killed behind that, the same command finishes it.

    BusyError where a build runs: it is recorded all the same.
    """
    if request.own:
        left = pending(place)
        keep_pending(place, Pending(left.sentences | request.own, left.places))
    new = add_takedowns(place.takedowns, request.entries)
    with alone(place, "takedown"):
        if store is not None:
            bring(place, store)
        done = _carried_out(place, new, len(request.pages))
        if store is not None:
            done = replace(done, stored=follow(place, store))
        if build and place.latest.exists():
            build_workspace(place)
        forget_pending(place)
        _log(place, request, done)
    return done


def _carried_out(place: Workspace, new: int, pages: int) -> Done:
    takedowns = load_takedowns(place.takedowns)
    removed = apply_everywhere(place)
    parts = forget_parts(place.parts, takedowns)
    forget_halves(place)
    forget_spilt(place.spill)
    unfollowed: list[str] = []
    withdrawn = _withdrawn(place, takedowns, unfollowed)
    blanked = purge_archive(place, takedowns) + purge_excerpts(place, pending(place))
    gone = tuple(path.stem for path in removed)
    return Done(pages, new, parts, blanked, tuple(withdrawn), tuple(unfollowed), gone)


def purge_archive(place: Workspace, takedowns: Takedowns) -> int:
    with reading(place) as held:
        return purge(place, takedowns, held.fetches())


def _withdrawn(place: Workspace, takedowns: Takedowns, unfollowed: list[str]) -> Iterable[str]:
    """Releases that were marked, as they are named to people."""

    def successor(known: Published) -> str | None:
        version = _successor(place, known, takedowns)
        if version is None:
            unfollowed.append(known.version)
        return version

    for folder in releases(place):
        if version := withdraw(folder, takedowns, successor):
            yield version


def _successor(place: Workspace, known: Published, takedowns: Takedowns) -> str | None:
    """The same edition of the same snapshot, which has been rewritten by now; the next free patch version."""
    snapshot = place.snapshots / f"{known.snapshot}.duckdb"
    if not place.latest.exists():
        return None
    version = _free_version(known)
    folder = known.folder.with_name(_named(known.folder.name, known.version, version))
    plan = Plan(
        version,
        folder,
        Edition(known.edition, known.unsourced, named_only=known.synthetic),
        known.synthetic,
        load_settings(place).contact,
        takedowns,
        evaluation(names_lenders=not known.synthetic),
    )
    source = snapshot if snapshot.exists() else latest_file(place)
    with open_snapshot(source, memory=RELEASE_MEMORY, spill=place.spill) as connection:
        release(connection, plan)
        pin(place, facts(connection)["snapshot"], f"release {version}")
    remember(place, folder)
    return version


def _free_version(known: Published) -> str:
    major, minor, patch = map(int, known.version.split("."))
    while True:
        patch += 1
        version = f"{major}.{minor}.{patch}"
        if not known.folder.with_name(_named(known.folder.name, known.version, version)).exists():
            return version


def _named(name: str, before: str, after: str) -> str:
    """The folder beside: 1.0.0 → 1.0.1, corpus-1.0.0 → corpus-1.0.1, corpus → corpus-1.0.1."""
    return name.replace(before, after) if before in name else f"{name}-{after}"


def _log(place: Workspace, request: Asked, done: Done) -> None:
    row = {"requests": [asdict(entry) for entry in request.entries], **asdict(done)}
    row["pages"] = [page.url for page in request.pages]
    with (place.state / LOG).open("a", encoding="utf-8") as file:
        file.write(json.dumps(row, ensure_ascii=False) + "\n")
        file.flush()
        os.fsync(file.fileno())
