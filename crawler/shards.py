"""The frontiers of a workspace read as one: its own, and those of crawlers with a part of the hosts each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import datetime
from functools import cached_property
from typing import Protocol

from crawler.duplicates import duplicates
from crawler.frontier_reader import FrontierReader
from crawler.page import ALIVE, Fetch, KnownPage, Run, fetch_id
from crawler.pauses import Pause
from crawler.tallies import Tallies, of_fetches, of_pages
from crawler.visits import Link
from crawler.workspace import Workspace

SHARD = re.compile(r"frontier-(\d{1,6})-of-(\d{1,6})\.sqlite")


class Reader(Protocol):
    """What there is to be read of one frontier, or of several as if they were one."""

    def pages(self) -> Iterator[KnownPage]:
        """Every URL in scope, in their order."""

    def fetches(self) -> Iterator[Fetch]:
        """Every visit, in the order in which they were made."""

    def runs(self) -> Iterator[Run]:
        """Oldest first."""

    def tallies(self, now: datetime) -> Tallies:
        """What pages and visits come to."""

    def pauses(self, site_ids: Iterable[str]) -> dict[str, Pause]:
        """Hosts that shut us out."""

    def in_doubt(self) -> dict[str, tuple[int, int]]:
        """Site → (pages that were missed and are not given up, all its live ones)."""

    def archived(self, url: str, payload_sha256: str | None = None) -> Fetch | None:
        """The newest visit whose payload can be read, of this payload where one is named."""

    def is_sourced(self, url: str) -> bool:
        """Whether the URL has a visit that somebody vouches for."""


def frontiers(workspace: Workspace) -> list[Workspace]:
    """The workspace's own frontier, then its shards' that are there; on other machines or here."""
    names = sorted(path.name for path in workspace.state.glob("frontier-*.sqlite"))
    found = [SHARD.fullmatch(name) for name in names]
    return [workspace, *(replace(workspace, shard=(int(m[1]), int(m[2]))) for m in found if m)]


def handed_over(workspace: Workspace) -> Iterator[tuple[str, Link]]:
    """(site, link) that crawlers of other shards found; nothing for one that crawls alone."""
    for other in frontiers(replace(workspace, shard=None)) if workspace.shard else ():
        if other.shard not in (None, workspace.shard):
            with FrontierReader(other) as frontier:
                yield from frontier.handed_over()


@contextmanager
def reading(workspace: Workspace) -> Iterator[Reader]:
    """Of one moment, whatever is committed meanwhile. One frontier streams; several are held in memory."""
    with ExitStack() as stack:
        readers: list[FrontierReader] = []
        for one in frontiers(workspace):
            frontier = stack.enter_context(FrontierReader(one))
            readers.append(stack.enter_context(frontier.snapshot()))
        yield readers[0] if len(readers) == 1 else _Merged(readers)


class _Merged:
    """Several frontiers; a URL that several know has one page and one history."""

    def __init__(self, readers: Sequence[FrontierReader]) -> None:
        self._readers = readers

    @cached_property
    def _duplicates(self) -> dict[str, str]:
        """Of all together: a page may name as its own an address that another crawler visits."""
        held = (address for reader in self._readers for address in reader.addresses())
        return duplicates(sorted(held, key=lambda address: address.is_live))  # of one URL the last counts

    def pages(self) -> Iterator[KnownPage]:
        by_url: dict[str, list[KnownPage]] = {}
        for page in (page for reader in self._readers for page in reader.pages(self._duplicates)):
            by_url.setdefault(page.url, []).append(page)
        visits: dict[str, list[Fetch]] = {}
        for fetch in self.fetches():
            if len(by_url.get(fetch.url, ())) > 1:
                visits.setdefault(fetch.url, []).append(fetch)
        for url, held in sorted(by_url.items()):
            yield one_page(held, visits.get(url, [])) if len(held) > 1 else held[0]

    def fetches(self) -> Iterator[Fetch]:
        by_url: dict[str, dict[int, list[Fetch]]] = {}
        for number, reader in enumerate(self._readers):
            for fetch in reader.fetches(self._duplicates):
                by_url.setdefault(fetch.url, {}).setdefault(number, []).append(fetch)
        histories: list[Fetch] = []
        for held in by_url.values():
            visits = [fetch for several in held.values() for fetch in several]
            histories += visits if len(held) == 1 else one_history(visits)
        yield from sorted(histories, key=lambda fetch: fetch.fetched_at)

    def tallies(self, now: datetime) -> Tallies:
        return Tallies(of_pages(self.pages(), now), of_fetches(self.fetches()))

    def runs(self) -> Iterator[Run]:
        held = (run for reader in self._readers for run in reader.runs())
        yield from sorted(held, key=lambda run: (run.started_at, run.run_id))

    def pauses(self, site_ids: Iterable[str]) -> dict[str, Pause]:
        named = list(site_ids)
        return {host: pause for reader in self._readers for host, pause in reader.pauses(named).items()}

    def in_doubt(self) -> dict[str, tuple[int, int]]:
        found: dict[str, tuple[int, int]] = {}
        for reader in self._readers:
            for site_id, (missed, live) in reader.in_doubt().items():
                before = found.get(site_id, (0, 0))
                found[site_id] = before[0] + missed, before[1] + live
        return found

    def archived(self, url: str, payload_sha256: str | None = None) -> Fetch | None:
        held = (reader.archived(url, payload_sha256) for reader in self._readers)
        there = (fetch for fetch in held if fetch is not None)
        return max(there, key=lambda fetch: (fetch.outcome in ALIVE, fetch.fetched_at), default=None)

    def is_sourced(self, url: str) -> bool:
        return any(reader.is_sourced(url) for reader in self._readers)


def one_history(fetches: Iterable[Fetch]) -> list[Fetch]:
    """The visits of one URL by several crawlers, as if one had made them: numbered and judged anew."""
    told: list[Fetch] = []
    payload: str | None = None
    for visit, fetch in enumerate(sorted(fetches, key=lambda one: one.fetched_at), start=1):
        outcome = fetch.outcome
        if outcome in ALIVE:
            outcome = (
                "new" if payload is None else "unchanged" if payload == fetch.payload_sha256 else "changed"
            )
            payload = fetch.payload_sha256
        told.append(replace(fetch, fetch_id=fetch_id(fetch.url, visit), outcome=outcome))
    return told


def one_page(pages: list[KnownPage], history: list[Fetch]) -> KnownPage:
    """What the crawlers together know of one URL: as the one knows it that saw it alive last.

    Where none did, as the one that asked most often; a page that one has seen is not lost because another
    was refused.
    """
    newest = max(pages, key=lambda page: (page.loss is None, _last_seen(page), page.visits))
    changed = _text_changes(history)
    news = [fetch.fetched_at for fetch in history if fetch.outcome == "new"] + changed
    return replace(
        newest,
        first_seen_at=min(page.first_seen_at for page in pages),
        last_changed_at=news[-1] if news else newest.last_changed_at,
        visits=sum(page.visits for page in pages),
        changes=len(changed),
        sourced=any(page.sourced for page in pages),
    )


def _text_changes(history: Iterable[Fetch]) -> list[datetime]:
    """When its sentences changed; where those of a visit are not known, other bytes count, as in `judge`."""
    said: str | None = None
    changed = []
    for fetch in history:
        known = said is not None and said == fetch.prose_sha256
        if fetch.outcome == "changed" and not known:
            changed.append(fetch.fetched_at)
        if fetch.outcome in ALIVE:
            said = fetch.prose_sha256 or said
    return changed


def _last_seen(page: KnownPage) -> float:
    return page.last_seen_at.timestamp() if page.last_seen_at else 0.0
