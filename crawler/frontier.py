"""What is known of each URL, in SQLite: leased, fetched, archived, then committed in one transaction."""

from __future__ import annotations

import json
import os
import secrets
import sqlite3
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from crawler import missing, revisits
from crawler.duplicates import page_key
from crawler.frontier_leases import FrontierLeases
from crawler.frontier_rows import fetch_row, lease_of, micros, moment, url_changes
from crawler.owners import Owner, is_alive
from crawler.urls import host_of
from crawler.visits import Answer, Lease, Link, Verdict, judge
from crawler.workspace import Workspace

LEASE = timedelta(minutes=15)  # longer than any fetch with its robots.txt may take
MAX_LEASES = 10  # without a commit: a page that kills the process is parked

# One row a host: what is new and lists in the order of discovery, then whose visit is worth most. The
# partial index `url_turn` answers this.
NEXT = """
SELECT * FROM url
WHERE host = ? AND ready = 1 AND lease_owner IS NULL AND retry_at <= ?
  AND site_id IN (SELECT value FROM json_each(?))
ORDER BY score DESC, depth, rowid LIMIT 1
"""
TAKE = "UPDATE url SET lease_owner = ?, lease_until = ?, leases = leases + 1 WHERE url = ?"
DUE = ":takes_all OR checked_at IS NULL OR next_visit_at IS NULL OR next_visit_at <= :cutoff"
# Beside another crawl nothing is taken off its list. What would stay as it is, is not written again.
MARK_DUE = f"""
UPDATE url SET retry_at = 0, failures = 0, ready = max(ready * :beside, {DUE})
WHERE site_id IN (SELECT value FROM json_each(:sites)) AND host <> '' AND lease_owner IS NULL
    AND (retry_at <> 0 OR failures <> 0 OR ready <> max(ready * :beside, {DUE}))
"""  # noqa: S608 (a constant)
UNFINISHED = "SELECT * FROM run WHERE kind = ? AND status = 'running' ORDER BY started_at DESC, rowid DESC"
FAILED = "UPDATE run SET status = 'failed' WHERE run_id = ?"
ADD = """
INSERT INTO url (url, site_id, host, kind, depth, hops, sourced, ready, claimed, first_seen_at, page_key)
VALUES (:url, :site_id, :host, :kind, :depth, :hops, 1, 1, 1, :now, :page_key)
ON CONFLICT (url) DO UPDATE SET
    site_id = iif(claimed, site_id, excluded.site_id), ready = iif(claimed, ready, 1), claimed = 1,
    depth = min(depth, excluded.depth), hops = min(hops, excluded.hops),
    kind = CASE WHEN visits > 0 OR excluded.kind = 'unknown' THEN kind ELSE min(kind, excluded.kind) END
"""
ON_HOST = "SELECT count(*) FROM url INDEXED BY url_leased WHERE lease_owner IS NOT NULL AND host = ?"
WAKE = "UPDATE url SET ready = 1 WHERE url = ? AND visits > 0 AND checked_at < ? AND lease_owner IS NULL"
# A sitemap says that it changed since it was visited, and not in a time to come.
MODIFIED = """
UPDATE url SET ready = 1 WHERE url = ?1 AND visits > 0 AND checked_at < ?2 AND ?2 <= ?3 AND checked_at < ?3
    AND lease_owner IS NULL
"""
CAPTURED = """
INSERT OR IGNORE INTO url
    (url, site_id, host, kind, depth, hops, sourced, ready, claimed, first_seen_at, page_key)
VALUES (?, ?, ?, ?, 1, 0, ?, 0, 0, ?, ?)
"""
LOST = """
INSERT INTO url (url, site_id, host, kind, depth, hops, sourced, ready, claimed, state, loss, first_seen_at)
VALUES (?, ?, '', 'unknown', 0, 0, ?, 0, 0, 'blocked', ?, ?) ON CONFLICT (url) DO NOTHING
"""
COUNT = "UPDATE run SET pages_fetched = pages_fetched + 1, bytes_fetched = bytes_fetched + ? WHERE run_id = ?"
# What was read of it is no longer to be had: a page without it is told of as a list.
FORGET = (
    "UPDATE fetch SET warc_file = NULL, warc_offset = NULL WHERE url = ? AND payload_sha256 = ?",
    "UPDATE url SET payload_sha256 = NULL, record = NULL, etag = NULL, last_modified = NULL, full_at = NULL,"
    " kind = iif(kind = 'sitemap', kind, 'list') WHERE url = ? AND payload_sha256 = ?",
)
PARK = """
UPDATE url SET ready = 0, leases = 0, state = coalesce(state, 'blocked'),
    loss = CASE WHEN payload_sha256 IS NULL THEN 'poison' END, next_visit_at = ?
WHERE url = ?
"""


@dataclass(frozen=True, slots=True)
class RunStart:
    """A run that this process began, or goes on with."""

    run_id: str
    started_at: datetime
    resumed: bool


class Frontier(FrontierLeases):
    """Writes too: one transaction a visit."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self._thresholds = cache(self.threshold)  # a crawl reckons them once, when it begins

    # Runs

    def begin_run(
        self, kind: str, signature: str, takes_all: bool = False, site_ids: Iterable[str] = ()
    ) -> RunStart:
        """Goes on with the newest run of this kind if it is unfinished, dead and the same command.

        A new run fixes in the same transaction what of these sites it is to visit.
        """
        self._owner = self._owner or Owner(self._workspace)
        self.free_dead_leases()
        with self._transaction():
            unfinished = self._db.execute(UNFINISHED, (kind,)).fetchall()
            dead = [row for row in unfinished if not is_alive(self._workspace, row["owner"])]
            self._thresholds.cache_clear()
            if unfinished and dead[:1] == unfinished[:1] and dead[0]["signature"] == signature:
                return self._go_on(dead[0])
            self._db.executemany(FAILED, [(row["run_id"],) for row in dead])
            run = self._new_run(kind, signature, takes_all)
            beside = len(unfinished) > len(dead)
            sites = list(site_ids)
            revisits.reckon(self._db, sites)
            values = {"takes_all": takes_all, "cutoff": micros(run.started_at), "beside": beside}
            self._db.execute(MARK_DUE, values | {"sites": json.dumps(sites)})
            revisits.rank(self._db, sites, run.started_at)
            return run

    def finish_run(self, run_id: str, status: str = "done") -> None:
        self._db.execute(
            "UPDATE run SET finished_at = ?, status = ? WHERE run_id = ?",
            (micros(datetime.now(UTC)), status, run_id),
        )

    # Visits

    def add(self, site_id: str, links: Iterable[Link]) -> None:
        """URLs that were found; known ones stay as they are."""
        with self._transaction():
            self._add(site_id, links)

    def hand_over(self, site_id: str, links: Iterable[Link]) -> None:
        """Links to hosts of other shards, kept where their crawlers look for them."""
        rows = [(link.url, site_id, link.kind, link.depth, link.hops) for link in links]
        with self._transaction():
            self._db.executemany("INSERT OR IGNORE INTO elsewhere VALUES (?, ?, ?, ?, ?)", rows)

    def lease(
        self,
        hosts: Iterable[str],
        site_ids: Sequence[str],
        at_once: Mapping[str, int] | None = None,
        room: Mapping[str, int] | None = None,
        most: int = sys.maxsize,
    ) -> list[Lease]:
        """A URL for each mention of a host, unless all processes together hold `at_once` of it.

        `room`: how many of a site at most. A URL on the takedown list is passed over. No host is looked at
        behind the one that gave the last of `most`.
        """
        now, limits, left = datetime.now(UTC), at_once or {}, Counter(room)
        rows: list[sqlite3.Row] = []
        free: dict[str, int] = {}  # by host: each is asked about once, and not again where nothing is left
        with self._transaction():
            for host in hosts:
                if host not in free:
                    free[host] = self._free(host, limits.get(host), now)
                open_ids = [site_id for site_id in site_ids if room is None or left[site_id] > 0]
                row = self._take(host, json.dumps(open_ids), now) if free[host] > 0 else None
                if row is None:
                    free[host] = 0
                    continue
                rows.append(row)
                free[host] -= 1
                left[row["site_id"]] -= 1
                if len(rows) == most:
                    break
        return [lease_of(row, self._thresholds(row["site_id"])) for row in rows]

    def commit(
        self,
        run: RunStart,
        lease: Lease,
        answer: Answer,
        links: Iterable[Link] = (),
        wake: Iterable[str] = (),
    ) -> Verdict | None:
        """The visit and what it brought to light; None where the lease was lost meanwhile.

        `wake`: URLs to be visited in this run although they are not due.
        """
        with self._transaction():
            if not self._holds(lease):
                return None
            verdict = self._judge(run, lease, answer)
            if verdict.text_changed and answer.digests is not None:
                missing.learn(self._db, lease, answer.digests)
            self._insert("fetch", fetch_row(run.run_id, lease, answer, verdict, sourced=True))
            changes = {"lease_owner": None, "lease_until": None, "leases": 0}
            self._update_url(lease.url, changes | url_changes(lease, answer, verdict))
            held = list(links)
            self._add(lease.site_id, held)
            self._make_due(run, held, wake)
            self._count(run.run_id, answer)
            if answer.pause_seconds:
                self.stay_away(lease.host, answer.fetched_at + timedelta(seconds=answer.pause_seconds))
            return verdict

    # Imports

    def capture(self, run: RunStart, known: Lease, answer: Answer) -> Verdict | None:
        """A page from elsewhere, unless it is there already. An older one than is known changes no state."""
        sha256 = answer.payload_sha256 or ""
        with self._transaction():
            if self.has_capture(known.url, sha256, known.sourced):
                return None
            row = self._url_row(known, answer)
            before = lease_of(row) if known.sourced else _as_known(row)
            verdict = judge(before, answer)
            self._insert("fetch", fetch_row(run.run_id, before, answer, verdict, sourced=known.sourced))
            changes = url_changes(before, answer, verdict) | {"ready": row["ready"]}
            if (
                row["checked_at"] is not None
                and row["checked_at"] > micros(answer.fetched_at)
                and row["sourced"]
            ):
                changes = {"visits": before.visits + 1}
            elif not known.sourced:
                changes["sourced"] = 0
            first = min(row["first_seen_at"], micros(answer.fetched_at))
            self._update_url(known.url, changes | {"first_seen_at": first})
            self._count(run.run_id, answer)
            return verdict

    def add_loss(self, url: str, site_id: str, sourced: bool, loss: str) -> None:
        """Something that could not be read, as a page with its fate."""
        self._db.execute(LOST, (url, site_id, sourced, loss, micros(datetime.now(UTC))))

    def forget_payload(self, url: str, payload_sha256: str) -> None:
        """Its record is about to be blanked: no visit names it any more, and the next asks for all of it."""
        with self._transaction():
            for statement in FORGET:
                self._db.execute(statement, (url, payload_sha256))

    # Inside a transaction

    def _go_on(self, row: sqlite3.Row) -> RunStart:
        assert self._owner is not None
        taken = "UPDATE run SET pid = ?, owner = ? WHERE run_id = ?"
        self._db.execute(taken, (os.getpid(), self._owner.owner_id, row["run_id"]))
        return RunStart(row["run_id"], moment(row["started_at"]) or datetime.now(UTC), True)

    def _new_run(self, kind: str, signature: str, takes_all: bool) -> RunStart:
        assert self._owner is not None
        now = datetime.now(UTC)
        run_id = f"{kind}-{now:%Y%m%dT%H%M%SZ}-{secrets.token_hex(4)}"
        row = {"run_id": run_id, "kind": kind, "signature": signature, "takes_all": int(takes_all)}
        row |= {
            "pid": os.getpid(),
            "owner": self._owner.owner_id,
            "started_at": micros(now),
            "status": "running",
        }
        self._insert("run", row)
        return RunStart(run_id, now, False)

    def _free(self, host: str, at_once: int | None, now: datetime) -> int:
        """How many more of its URLs all processes together may ask for."""
        not_before = self.not_before(host)
        if not_before is not None and not_before > now:
            return 0
        if at_once is None:
            return sys.maxsize
        return at_once - int(self._db.execute(ON_HOST, (host,)).fetchone()[0])

    def _take(self, host: str, site_ids: str, now: datetime) -> sqlite3.Row | None:
        assert self._owner is not None
        while (row := self._db.execute(NEXT, (host, micros(now), site_ids)).fetchone()) is not None:
            if self.takedowns().hit(row["url"], row["site_id"]):
                self._db.execute("UPDATE url SET ready = 0 WHERE url = ?", (row["url"],))
            elif row["leases"] >= MAX_LEASES:
                self._db.execute(PARK, (micros(now + timedelta(days=7)), row["url"]))
            else:
                self._db.execute(TAKE, (self._owner.owner_id, micros(now + LEASE), row["url"]))
                return row  # type: ignore[no-any-return]
        return None

    def _judge(self, run: RunStart, lease: Lease, answer: Answer) -> Verdict:
        """A site that is gone as a whole is a ban or an outage: nothing of it is believed."""
        if answer.digests is not None and missing.is_known(self._db, lease, answer.digests):
            answer = replace(answer, soft_404=True)
        verdict = judge(lease, answer)
        if not verdict.missing or lease.state != "live":
            return verdict
        if not missing.is_doubted(self._db, lease, run.started_at):
            return verdict
        missing.take_back(self._db, lease.site_id, run.started_at)
        return Verdict("error", "live", None, doubted=True)

    def _add(self, site_id: str, links: Iterable[Link]) -> None:
        links = list(links)
        if not links:  # as of nearly every article
            return
        takedowns, now = self.takedowns(), micros(datetime.now(UTC))
        rows = [
            {"url": link.url, "site_id": site_id, "host": host_of(link.url), "kind": link.kind}
            | {"depth": link.depth, "hops": link.hops, "now": now, "page_key": page_key(link.url)}
            for link in links
            if not takedowns.hit(link.url, site_id)
        ]
        self._db.executemany(ADD, rows)

    def _make_due(self, run: RunStart, links: Iterable[Link], wake: Iterable[str]) -> None:
        """What is visited in this run although its time has not come."""
        began = micros(run.started_at)
        dated = [(link.url, micros(at), began) for link in links if (at := link.modified_at) is not None]
        woken = [(url, began) for url in wake]
        if dated:  # few pages have either, and each statement costs
            self._db.executemany(MODIFIED, dated)
        if woken:
            self._db.executemany(WAKE, woken)

    def _url_row(self, known: Lease, answer: Answer) -> sqlite3.Row:
        """The row of an imported URL, made where it is new."""
        first = micros(answer.fetched_at)
        row = (known.url, known.site_id, known.host, known.kind, known.sourced, first, page_key(known.url))
        self._db.execute(CAPTURED, row)
        return self._db.execute("SELECT * FROM url WHERE url = ?", (known.url,)).fetchone()  # type: ignore[no-any-return]

    def _insert(self, table: str, row: dict[str, Any]) -> None:
        columns = ", ".join(row)
        values = ", ".join(f":{name}" for name in row)
        self._db.execute(f"INSERT INTO {table} ({columns}) VALUES ({values})", row)  # noqa: S608 (our own names)

    def _update_url(self, url: str, changes: dict[str, Any]) -> None:
        assigned = ", ".join(f"{name} = :{name}" for name in changes)
        self._db.execute(f"UPDATE url SET {assigned} WHERE url = :url", changes | {"url": url})  # noqa: S608

    def _count(self, run_id: str, answer: Answer) -> None:
        if answer.record is not None:
            self._db.execute(COUNT, (answer.size, run_id))


def _as_known(row: sqlite3.Row) -> Lease:
    return (
        lease_of(row)
        if row["sourced"]
        else replace(lease_of(row), payload_sha256=row["payload_sha256"], state=row["state"])
    )
