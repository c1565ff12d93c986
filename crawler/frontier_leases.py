"""Who visits what: leases of URLs, given back by the living and taken from the dead."""

from __future__ import annotations

from datetime import UTC, datetime

from crawler.frontier_hosts import FrontierHosts
from crawler.frontier_rows import micros
from crawler.owners import Owner, is_alive
from crawler.visits import Lease
from crawler.workspace import Workspace

RELEASE = """
UPDATE url SET lease_owner = NULL, lease_until = NULL, leases = max(0, leases - 1) WHERE lease_owner = ?
"""
GIVE_BACK = f"{RELEASE} AND url = ?"
HELD = """
SELECT lease_owner, max(lease_until) AS until FROM url WHERE lease_owner IS NOT NULL GROUP BY lease_owner
"""
FREE = "UPDATE url SET lease_owner = NULL, lease_until = NULL WHERE lease_owner = ? AND lease_until <= ?"


class FrontierLeases(FrontierHosts):
    """Of the processes that share a frontier."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self._owner: Owner | None = None

    def close(self) -> None:
        """Leaves no lease behind."""
        if self._owner is not None:
            self.release()
            self._owner.close()
            self._owner = None
        super().close()

    def release(self) -> None:
        """Gives back what this process holds; nothing was asked for it, so it is no attempt."""
        if self._owner is not None:
            self._db.execute(RELEASE, (self._owner.owner_id,))

    def give_back(self, lease: Lease) -> None:
        """One that was not asked after all."""
        if self._owner is not None:
            self._db.execute(GIVE_BACK, (self._owner.owner_id, lease.url))

    def free_dead_leases(self) -> None:
        """Leases of processes that are dead, at once; of ones that hang, when they expire."""
        now = micros(datetime.now(UTC))
        for row in self._db.execute(HELD).fetchall():
            alive = is_alive(self._workspace, row["lease_owner"])
            self._db.execute(FREE, (row["lease_owner"], now if alive else row["until"]))

    def _holds(self, lease: Lease) -> bool:
        assert self._owner is not None
        asked = "SELECT 1 FROM url WHERE url = ? AND lease_owner = ?"
        return self._db.execute(asked, (lease.url, self._owner.owner_id)).fetchone() is not None
