"""What is known of each URL, read from SQLite; streaming, and safe beside any writer."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from crawler.definitions import DefinitionError
from crawler.frontier_rows import known_fetches, known_page, known_runs, micros, moment
from crawler.page import Fetch, KnownPage, Run
from crawler.robots import RobotsFile
from crawler.takedowns import Takedowns, load_takedowns
from crawler.visits import Lease, Link
from crawler.workspace import Workspace

SCHEMA = Path(__file__).with_name("frontier.sql")
VERSION = "1"
BUSY_SECONDS = 60.0  # a crawl, an import and a build write side by side, each for milliseconds
OF_SITES = "site_id IN (SELECT value FROM json_each(?))"


class FrontierReader:
    """One connection, for one thread."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._taken_down = Takedowns()
        self._taken_down_at: int | None = None
        self._db = sqlite3.connect(workspace.frontier, timeout=BUSY_SECONDS, isolation_level=None)
        self._db.row_factory = sqlite3.Row
        self._db.execute("PRAGMA journal_mode = WAL")
        self._db.execute("PRAGMA synchronous = NORMAL")
        self._db.executescript(SCHEMA.read_text(encoding="utf-8"))
        version = self._db.execute("SELECT value FROM meta WHERE key = 'version'").fetchone()[0]
        if version != VERSION:
            self._db.close()
            raise DefinitionError(f"{workspace.frontier}: written by another version of yuqi ({version})")

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

    def pages(self) -> Iterator[KnownPage]:
        """Every URL in scope, with its fate."""
        return map(known_page, self._db.execute("SELECT * FROM url ORDER BY url"))

    def page(self, url: str) -> KnownPage | None:
        row = self._db.execute("SELECT * FROM url WHERE url = ?", (url,)).fetchone()
        return known_page(row) if row else None

    def fetches(self) -> Iterator[Fetch]:
        """Every committed visit, in the order of commits."""
        return known_fetches(self._db)

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

    def archived(self) -> int:
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

    def not_before(self, host: str) -> datetime | None:
        row = self._db.execute("SELECT not_before FROM host WHERE host = ?", (host,)).fetchone()
        return moment(row[0]) if row else None

    def takedowns(self) -> Takedowns:
        """Read again when the file changed: a request holds from the moment it is written."""
        path = self._workspace.takedowns
        changed_at = path.stat().st_mtime_ns if path.exists() else None
        if changed_at != self._taken_down_at:
            self._taken_down, self._taken_down_at = load_takedowns(path), changed_at
        return self._taken_down

    def has_capture(self, url: str, payload_sha256: str, sourced: bool) -> bool:
        """Whether this payload of the URL is there, or one with a source where this has none."""
        asked = "SELECT 1 FROM fetch WHERE url = ? AND payload_sha256 = ? AND sourced >= ? LIMIT 1"
        return self._db.execute(asked, (url, payload_sha256, sourced)).fetchone() is not None

    def is_sourced(self, url: str) -> bool:
        """Whether the URL has a visit that somebody vouches for."""
        asked = "SELECT 1 FROM url WHERE url = ? AND sourced = 1 AND visits > 0"
        return self._db.execute(asked, (url,)).fetchone() is not None
