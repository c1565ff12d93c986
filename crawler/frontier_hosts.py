"""What is written down of hosts: their robots.txt, when they may be asked again, and where they have led."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime

from crawler.frontier_reader import FrontierReader
from crawler.frontier_rows import micros
from crawler.pauses import Pause
from crawler.robots import RobotsFile

STAY_AWAY = """
INSERT INTO host VALUES (?, ?)
ON CONFLICT (host) DO UPDATE SET not_before = max(not_before, excluded.not_before)
"""
PAUSE = """
INSERT INTO pause VALUES (:host, :site_id, :sign, :since, :until, :times)
ON CONFLICT (host) DO UPDATE SET sign = excluded.sign, until = excluded.until, times = excluded.times
"""


class FrontierHosts(FrontierReader):
    """Every process and every later run goes by it."""

    def remember_robots(self, robots: RobotsFile) -> None:
        self._db.execute(
            "INSERT OR REPLACE INTO robots VALUES (?, ?, ?, ?)",
            (robots.origin, robots.status, robots.text, micros(robots.fetched_at)),
        )

    def stay_away(self, host: str, until: datetime) -> None:
        """Holds for every process, and for later runs."""
        self._db.execute(STAY_AWAY, (host, micros(until)))

    def pause(self, pause: Pause) -> None:
        """A host that shuts us out is left alone, by later runs too."""
        row = {"host": pause.host, "site_id": pause.site_id, "sign": pause.sign, "times": pause.times}
        with self._transaction():
            self._db.execute(PAUSE, row | {"since": micros(pause.since), "until": micros(pause.until)})
            self.stay_away(pause.host, pause.until)

    def end_pause(self, host: str) -> None:
        self._db.execute("DELETE FROM pause WHERE host = ?", (host,))

    def remember_public(self, host: str) -> None:
        """An address inside is never believed of it any more."""
        self._db.execute("INSERT OR IGNORE INTO public_host VALUES (?)", (host,))

    def keep_savepoints_in_memory(self) -> None:
        """For a crawl: a tenth of what a visit costs here. Elsewhere a million sorted URLs need files."""
        self._db.execute("PRAGMA temp_store = MEMORY")

    def together(self) -> AbstractContextManager[None]:
        """Several changes as one transaction; one that fails is taken back alone."""
        return self._transaction()

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        inside = self._db.in_transaction
        self._db.execute("SAVEPOINT inside" if inside else "BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._db.execute("ROLLBACK TO inside" if inside else "ROLLBACK")
            raise
        self._db.execute("RELEASE inside" if inside else "COMMIT")
