"""Lists and home pages quote the first sentences of articles: where an article is purged, they go, too.

What they quote is known before anything is removed, and kept in a file until all of it is done: a command
that was killed finds it there.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb

from crawler.archive import ArchiveError, read_page
from crawler.frontier import Frontier
from crawler.page import Fetch
from crawler.purge import purge_places
from crawler.shards import frontiers, reading
from crawler.takedowns import Takedown
from crawler.whole_files import write_whole
from crawler.workspace import Workspace
from pipeline.duck import opened
from pipeline.store import sql
from pipeline.store.repeated import name_taken, sentences
from pipeline.verify.folding import folded
from pipeline.verify.page_words import UnreadableError, page_words, squeezed

PENDING = "takedown.pending"
SHORTEST = 8  # characters; a shorter sentence is everybody's
BATCH = 500  # texts held at once

Place = tuple[str, int]  # file, offset


@dataclass(frozen=True)
class Pending:
    """Sentences that are to go from pages that are no articles, and the records where they were found."""

    sentences: frozenset[str] = frozenset()
    places: tuple[Place, ...] = ()


def own_sentences(
    connection: duckdb.DuckDBPyConnection, urls: Iterable[str], archived: Iterable[str] = ()
) -> frozenset[str]:
    """Of these pages' articles, in their clean text and in the page's words; none that others have, too.

    `archived`: sentences of pages whose articles are gone already.
    """
    name_taken(connection, urls)
    own = set(map(comparable, archived))
    for text, taken in _texts(connection):  # those of the taken come first
        said = {comparable(one) for one in sentences(text)}
        if taken:
            own |= said
        elif own:
            own -= said
    return frozenset(one for one in own if len(one) >= SHORTEST)


def comparable(text: str) -> str:
    return squeezed(folded(text))


def purge_excerpts(place: Workspace, pending: Pending) -> int:
    """Blank the records of pages without an article that hold one of the sentences; how many did."""
    if not pending.sentences:
        return 0
    found = [] if not place.latest.exists() else list(_quoting(place, pending.sentences))
    places = {*pending.places, *((fetch.warc_file or "", fetch.warc_offset or 0) for fetch in found)}
    remember(place, Pending(pending.sentences, tuple(sorted(places))))
    for one in frontiers(place) if found else ():
        with Frontier(one) as frontier:
            for fetch in found:
                frontier.forget_payload(fetch.url, fetch.payload_sha256 or "")
    request = Takedown(reason="it quotes a page that was taken down")
    return purge_places(place, {name: {o: request for n, o in places if n == name} for name, _ in places})


def pending(place: Workspace) -> Pending:
    """What a killed command left to be done."""
    path = place.state / PENDING
    if not path.exists():
        return Pending()
    said = json.loads(path.read_text(encoding="utf-8"))
    return Pending(frozenset(said["sentences"]), tuple((name, offset) for name, offset in said["places"]))


def remember(place: Workspace, held: Pending) -> None:
    said = {"sentences": sorted(held.sentences), "places": held.places}
    write_whole(_path(place), json.dumps(said, ensure_ascii=False))


def forget(place: Workspace) -> None:
    _path(place).unlink(missing_ok=True)


def _path(place: Workspace) -> Path:
    return place.state / PENDING


def _texts(connection: duckdb.DuckDBPyConnection) -> Iterator[tuple[str, bool]]:
    found = connection.execute(sql.sql("all_texts"))
    while rows := found.fetchmany(BATCH):
        yield from rows


def _quoting(place: Workspace, wanted: frozenset[str]) -> Iterator[Fetch]:
    """Every archived visit of a page that is no article, and was not itself taken down, that says one."""
    starts: dict[str, list[str]] = {}
    for one in wanted:
        starts.setdefault(one[:SHORTEST], []).append(one)
    with opened(place.latest.resolve(), read_only=True) as store:
        articles = {url for (url,) in sql.rows(store, "article_urls")}
    known: dict[tuple[str, str | None], bool] = {}
    with reading(place) as held:
        for fetch in held.fetches():
            if fetch.warc_file is None or fetch.url in articles:
                continue
            key = fetch.url, fetch.payload_sha256
            if key not in known:
                known[key] = any(_says(text, starts) for text in _words(place, fetch))
            if known[key]:
                yield fetch


def _says(text: str, starts: dict[str, list[str]]) -> bool:
    """
    >>> _says("标题一二三他们打电话给家里人了。", {"他们打电话给家里": ["他们打电话给家里人"]})
    True
    """
    return any(
        text.startswith(one, at)
        for at in range(len(text) - SHORTEST + 1)
        for one in starts.get(text[at : at + SHORTEST], ())
    )


def _words(place: Workspace, fetch: Fetch) -> tuple[str, ...]:
    try:
        page = read_page(place.root, fetch, sourced=True)
        return tuple(comparable(text) for text in page_words(page.payload, page.content_type))
    except (ArchiveError, UnreadableError):
        return ()
