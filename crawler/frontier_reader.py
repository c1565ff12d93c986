"""What is known of each URL, read from SQLite; streaming, and safe beside any writer."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Container, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from crawler.definitions import DefinitionError
from crawler.duplicates import Address, duplicates, page_key
from crawler.frontier_rows import (
    archived_fetch,
    known_fetches,
    known_page,
    known_runs,
    last_fetch,
    lease_of,
    micros,
    moment,
    pause_of,
)
from crawler.frontier_tallies import tallies
from crawler.page import Fetch, KnownPage, Run
from crawler.pauses import Pause
from crawler.revisit import FIRST_THRESHOLD
from crawler.revisits import worth_sql
from crawler.robots import RobotsFile
from crawler.takedowns import Takedowns, load_takedowns
from crawler.tallies import Tallies
from crawler.visits import Lease, Link
from crawler.workspace import Workspace

SCHEMA = Path(__file__).with_name("frontier.sql")
VERSION = "1"
BUSY_SECONDS = 60.0  # a crawl, an import and a build write side by side, each for milliseconds
# Columns that a frontier of an earlier version lacks; its URLs are known, so it is never made anew.
ADDED = {
    "url": {
        "score": "REAL NOT NULL DEFAULT 1000", "page_key": "TEXT", "canonical": "TEXT",
        "page_text_sha256": "TEXT", "prose_sha256": "TEXT", "missing_at": "INTEGER", "gone_at": "INTEGER",
        "doubted_at": "INTEGER",
    },
    "fetch": {"page_text_sha256": "TEXT", "prose_sha256": "TEXT"},
}  # fmt: skip
COLUMNS = "SELECT name FROM pragma_table_info(?)"
ADDRESSES = """
SELECT url, site_id, page_key, canonical, payload_sha256, prose_sha256,
       coalesce(state = 'live', 0) AS is_live
FROM url
WHERE payload_sha256 IS NOT NULL AND sourced = 1 AND page_key IS NOT NULL
"""
# Whatever may be another page's address: few of all.
DOUBTFUL = f"""{ADDRESSES} AND (
    canonical <> url OR url IN (SELECT canonical FROM url WHERE canonical <> url)
    OR path_of(page_key) IN (
        SELECT path_of(page_key) FROM url WHERE payload_sha256 IS NOT NULL AND page_key IS NOT NULL
        GROUP BY 1 HAVING count(*) > 1
    )
)
"""  # noqa: S608 (a constant)
IN_DOUBT = """
SELECT site_id, count(coalesce(doubted_at, missing_at)), count(*) FROM url
WHERE state = 'live' AND payload_sha256 IS NOT NULL GROUP BY site_id HAVING count(doubted_at) > 0
"""
OF_SITES = "site_id IN (SELECT value FROM json_each(?))"


class FrontierReader:
    """One connection, for one thread."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._takedowns_path = workspace.takedowns
        self._taken_down = Takedowns()
        self._taken_down_at: int | None = None
        self._db = sqlite3.connect(workspace.frontier, timeout=BUSY_SECONDS, isolation_level=None)
        self._db.row_factory = sqlite3.Row
        self._db.execute("PRAGMA journal_mode = WAL")
        self._db.execute("PRAGMA synchronous = NORMAL")
        self._db.create_function("path_of", 1, _path_of, deterministic=True)
        self._db.create_function("page_key_of", 1, page_key, deterministic=True)
        self._add_columns()
        self._db.executescript(f"BEGIN IMMEDIATE;\n{SCHEMA.read_text(encoding='utf-8')}\nCOMMIT;")
        version = self._db.execute("SELECT value FROM meta WHERE key = 'version'").fetchone()[0]
        if version != VERSION:
            self._db.close()
            raise DefinitionError(f"{workspace.frontier}: written by another version of yuqi ({version})")

    def _add_columns(self) -> None:
        for table, columns in ADDED.items():
            there = {row["name"] for row in self._db.execute(COLUMNS, (table,))}
            for name in columns.keys() - there if there else ():
                self._db.execute(f"ALTER TABLE {table} ADD COLUMN {name} {columns[name]}")
            if there and "page_key" in columns.keys() - there:
                self._db.execute("UPDATE url SET page_key = page_key_of(url)")

    def close(self) -> None:
        self._db.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @contextmanager
    def snapshot(self) -> Iterator[FrontierReader]:
        """Everything read inside is of one moment, whatever a crawl commits meanwhile."""
        self._db.execute("BEGIN")
        try:
            yield self
        finally:
            self._db.execute("ROLLBACK")

    def pages(self, elsewhere: Container[str] | None = None) -> Iterator[KnownPage]:
        """Every URL in scope, with its fate. `elsewhere`: duplicates, as several frontiers know them."""
        kept = self.duplicates() if elsewhere is None else elsewhere
        for row in self._db.execute("SELECT * FROM url ORDER BY url"):
            yield known_page(row, row["url"] in kept)

    def in_turn(self, now: datetime) -> Iterator[KnownPage]:
        """As pages(), in the order in which a run of now would visit each host's."""
        worth = worth_sql(self._db)
        asked = f"SELECT * FROM url ORDER BY {worth} DESC, depth, rowid"  # noqa: S608 (a constant)
        return map(known_page, self._db.execute(asked, {"now": micros(now)}))

    def page(self, url: str) -> KnownPage | None:
        row = self._db.execute("SELECT * FROM url WHERE url = ?", (url,)).fetchone()
        return known_page(row, url in self.duplicates()) if row else None

    def fetches(self, elsewhere: Container[str] | None = None) -> Iterator[Fetch]:
        """Every committed visit, in the order of commits."""
        return known_fetches(self._db, self.duplicates() if elsewhere is None else elsewhere)

    def last_fetch(self, url: str) -> Fetch | None:
        """The last committed visit of the URL."""
        return last_fetch(self._db, url, self.duplicates())

    def tallies(self, now: datetime) -> Tallies:
        """What pages() and fetches() come to."""
        return tallies(self._db, self.duplicates(), now)

    def duplicates(self) -> dict[str, str]:
        """URL → the address under which its page is kept, as far as this frontier knows."""
        return duplicates(Address(*row) for row in self._db.execute(DOUBTFUL))

    def addresses(self) -> Iterator[Address]:
        """Of every page with a text, for comparison with those of other frontiers."""
        return (Address(*row) for row in self._db.execute(ADDRESSES))

    def visit(self, url: str) -> Lease | None:
        """What a visit of the URL would know, without taking it."""
        row = self._db.execute("SELECT * FROM url WHERE url = ?", (url,)).fetchone()
        return lease_of(row, self.threshold(row["site_id"])) if row else None

    def threshold(self, site_id: str) -> float:
        """What a visit of a site's page must be worth, as its last crawl reckoned."""
        row = self._db.execute("SELECT threshold FROM revisit WHERE site_id = ?", (site_id,)).fetchone()
        return float(row[0]) if row else FIRST_THRESHOLD

    def archived(self, url: str, payload_sha256: str | None = None) -> Fetch | None:
        """The newest visit whose payload can be read, of this payload where one is named."""
        return archived_fetch(self._db, url, payload_sha256)

    def runs(self) -> Iterator[Run]:
        return known_runs(self._db, self._workspace)

    def hosts(self, site_ids: Iterable[str]) -> dict[str, str]:
        """Hosts of the sites' URLs, each with its site."""
        named = f"SELECT DISTINCT host, site_id FROM url WHERE host <> '' AND {OF_SITES}"  # noqa: S608 (a constant)
        return {row[0]: row[1] for row in self._db.execute(named, (json.dumps(list(site_ids)),))}

    def ready(self, site_ids: Iterable[str]) -> int:
        """URLs still to be visited in the current run."""
        counted = f"SELECT count(*) FROM url WHERE ready = 1 AND {OF_SITES}"  # noqa: S608 (a constant)
        return int(self._db.execute(counted, (json.dumps(list(site_ids)),)).fetchone()[0])

    def due(self, site_ids: Iterable[str], now: datetime, takes_all: bool = False) -> int:
        """URLs of the sites that a run would visit now, as far as they are known."""
        counted = (
            f"SELECT count(*) FROM url WHERE {OF_SITES} AND host <> ''"  # noqa: S608 (a constant)
            " AND (? OR visits = 0 OR next_visit_at <= ?)"
        )
        asked = json.dumps(list(site_ids)), takes_all, micros(now)
        return int(self._db.execute(counted, asked).fetchone()[0])

    def n_archived(self) -> int:
        """Visits that brought a record into the archive."""
        counted = "SELECT count(*) FROM fetch WHERE warc_file IS NOT NULL"
        return int(self._db.execute(counted).fetchone()[0])

    def handed_over(self) -> Iterator[tuple[str, Link]]:
        """(site, link) to a host of another shard."""
        for row in self._db.execute("SELECT * FROM elsewhere ORDER BY url"):
            yield row["site_id"], Link(row["url"], row["kind"], row["depth"], row["hops"])

    def fetched_by(self, run_id: str) -> dict[str, int]:
        """Requests per site that a run has made; what robots.txt forbade is none."""
        counted = (
            "SELECT site_id, count(*) FROM fetch WHERE run_id = ? AND outcome <> 'robots' GROUP BY site_id"
        )
        return dict(self._db.execute(counted, (run_id,)).fetchall())

    def outcomes(self, run_id: str) -> dict[tuple[str, str], int]:
        """(site, outcome) → visits of a run."""
        counted = "SELECT site_id, outcome, count(*) FROM fetch WHERE run_id = ? GROUP BY site_id, outcome"
        return {(row[0], row[1]): row[2] for row in self._db.execute(counted, (run_id,))}

    def is_leased(self, site_ids: Iterable[str]) -> bool:
        """Whether some process is visiting one of the sites."""
        asked = f"SELECT 1 FROM url WHERE lease_owner IS NOT NULL AND {OF_SITES} LIMIT 1"  # noqa: S608 (a constant)
        return self._db.execute(asked, (json.dumps(list(site_ids)),)).fetchone() is not None

    def under_way(self, site_id: str) -> int:
        """URLs of a site that all processes together are visiting."""
        counted = (
            "SELECT count(*) FROM url INDEXED BY url_leased WHERE lease_owner IS NOT NULL AND site_id = ?"
        )
        return int(self._db.execute(counted, (site_id,)).fetchone()[0])

    def next_retry_at(self, hosts: Iterable[str], site_ids: Sequence[str]) -> datetime | None:
        """When the first of the URLs is due that wait for another attempt."""
        asked = """
            SELECT min(retry_at) FROM url
            WHERE ready = 1 AND lease_owner IS NULL AND host IN (SELECT value FROM json_each(?))
              AND site_id IN (SELECT value FROM json_each(?))
        """
        row = self._db.execute(asked, (json.dumps(list(hosts)), json.dumps(site_ids))).fetchone()
        return moment(row[0])

    def lists_again(self, lease: Lease, links_digest: str) -> bool:
        """Whether another list page names the same articles: pages that never end do."""
        asked = "SELECT 1 FROM url WHERE links_digest = ? AND site_id = ? AND url <> ? LIMIT 1"
        return self._db.execute(asked, (links_digest, lease.site_id, lease.url)).fetchone() is not None

    def known_before(self, urls: Iterable[str], cutoff: datetime) -> int:
        """How many of the URLs were known before the run."""
        counted = (
            "SELECT count(*) FROM url WHERE first_seen_at < ? AND url IN (SELECT value FROM json_each(?))"
        )
        return int(self._db.execute(counted, (micros(cutoff), json.dumps(list(urls)))).fetchone()[0])

    def robots(self, origin: str) -> RobotsFile | None:
        row = self._db.execute("SELECT * FROM robots WHERE origin = ?", (origin,)).fetchone()
        if row is None:
            return None
        return RobotsFile(origin, row["status"], row["text"], moment(row["fetched_at"]) or datetime.now(UTC))

    def asked_since(self, site_id: str, since: datetime) -> int:
        """Requests to a site, of every run and process; what robots.txt forbade is none."""
        counted = "SELECT count(*) FROM fetch WHERE site_id = ? AND fetched_at >= ? AND outcome <> 'robots'"
        return int(self._db.execute(counted, (site_id, micros(since))).fetchone()[0])

    def not_before(self, host: str) -> datetime | None:
        row = self._db.execute("SELECT not_before FROM host WHERE host = ?", (host,)).fetchone()
        return moment(row[0]) if row else None

    def pauses(self, site_ids: Iterable[str]) -> dict[str, Pause]:
        """Hosts that shut us out, until a page comes again."""
        asked = f"SELECT * FROM pause WHERE {OF_SITES} ORDER BY host"  # noqa: S608 (a constant)
        return {row["host"]: pause_of(row) for row in self._db.execute(asked, (json.dumps(list(site_ids)),))}

    def in_doubt(self) -> dict[str, tuple[int, int]]:
        """Site → (pages that were missed and are not given up, all its live ones), where there are any."""
        return {row[0]: (row[1], row[2]) for row in self._db.execute(IN_DOUBT)}

    def public_hosts(self) -> frozenset[str]:
        return frozenset(row[0] for row in self._db.execute("SELECT host FROM public_host"))

    def takedowns(self) -> Takedowns:
        """Read again when the file changed: a request holds from the moment it is written."""
        try:
            changed_at = self._takedowns_path.stat().st_mtime_ns
        except FileNotFoundError:
            changed_at = None
        if changed_at != self._taken_down_at:
            self._taken_down, self._taken_down_at = load_takedowns(self._takedowns_path), changed_at
        return self._taken_down

    def has_capture(self, url: str, payload_sha256: str, sourced: bool) -> bool:
        """Whether this payload of the URL is there, or one with a source where this has none."""
        asked = "SELECT 1 FROM fetch WHERE url = ? AND payload_sha256 = ? AND sourced >= ? LIMIT 1"
        return self._db.execute(asked, (url, payload_sha256, sourced)).fetchone() is not None

    def is_sourced(self, url: str) -> bool:
        """Whether the URL has a visit that somebody vouches for."""
        asked = "SELECT 1 FROM url WHERE url = ? AND sourced = 1 AND visits > 0"
        return self._db.execute(asked, (url,)).fetchone() is not None


def _path_of(page_key: str | None) -> str | None:
    """Without the query."""
    return None if page_key is None else page_key.partition("?")[0]
