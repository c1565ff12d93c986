"""The frontiers of a workspace read as one: its own, and those of crawlers with a part of the hosts each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from crawler.frontier_reader import FrontierReader
from crawler.page import Fetch, KnownPage, Run, fetch_id
from crawler.visits import Link
from crawler.workspace import Workspace

SHARD = re.compile(r"frontier-(\d{1,6})-of-(\d{1,6})\.sqlite")
ALIVE = ("new", "changed", "unchanged")


@dataclass(frozen=True)
class Known:
    """All that the frontiers know: pages by URL, fetches in the order of time, runs."""

    pages: list[KnownPage]
    fetches: list[Fetch]
    runs: list[Run]


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


def known(workspace: Workspace) -> Known:
    """Of one moment for each frontier, whatever is committed meanwhile."""
    parts = [_read(one) for one in frontiers(workspace)]
    if len(parts) == 1:
        return parts[0]
    pages: dict[str, list[KnownPage]] = {}
    fetches: dict[str, list[Fetch]] = {}
    for part in parts:
        for page in part.pages:
            pages.setdefault(page.url, []).append(page)
        for fetch in part.fetches:
            fetches.setdefault(fetch.url, []).append(fetch)
    histories = {url: one_history(fetches.get(url, [])) for url, held in pages.items() if len(held) > 1}
    merged = [one_page(held, histories[url]) if url in histories else held[0] for url, held in pages.items()]
    visits = [fetch for url, held in fetches.items() for fetch in histories.get(url, held)]
    return Known(
        sorted(merged, key=lambda page: page.url),
        sorted(visits, key=lambda fetch: fetch.fetched_at),
        sorted((run for part in parts for run in part.runs), key=lambda run: (run.started_at, run.run_id)),
    )


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
    changed = [fetch.fetched_at for fetch in history if fetch.outcome in ("new", "changed")]
    return replace(
        newest,
        first_seen_at=min(page.first_seen_at for page in pages),
        last_changed_at=changed[-1] if changed else newest.last_changed_at,
        visits=sum(page.visits for page in pages),
        changes=sum(fetch.outcome == "changed" for fetch in history),
        sourced=any(page.sourced for page in pages),
    )


def _last_seen(page: KnownPage) -> float:
    return page.last_seen_at.timestamp() if page.last_seen_at else 0.0


def _read(workspace: Workspace) -> Known:
    with FrontierReader(workspace) as frontier, frontier.snapshot():
        return Known(list(frontier.pages()), list(frontier.fetches()), list(frontier.runs()))
