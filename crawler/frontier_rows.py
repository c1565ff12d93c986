"""Between the frontier's rows and the crawler's records."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Container, Iterator
from dataclasses import fields
from datetime import UTC, datetime, timedelta
from sys import intern
from typing import Any, TypeVar, cast

from crawler.archive_writer import Record
from crawler.duplicates import page_key
from crawler.owners import is_alive
from crawler.page import ALIVE, Fetch, KnownPage, Outcome, Run, fetch_id
from crawler.pauses import FIRST_PAUSE, Pause
from crawler.politeness import backoff_seconds
from crawler.revisit import (
    CONFIRM_INTERVAL,
    DUPLICATE_INTERVAL,
    FIRST_THRESHOLD,
    RETRY_INTERVALS,
    article_interval,
    list_interval,
)
from crawler.visits import Answer, Lease, Verdict
from crawler.workspace import Workspace

Said = TypeVar("Said", bound=str)

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
RECORD = tuple(field.name for field in fields(Record))  # asdict() copies deeply: ten times as long

# An unsourced capture of a URL that we have visited ourselves since is no longer offered to a build.
VISITS = """
SELECT f.*, u.site_id AS home, CASE WHEN f.sourced < u.sourced THEN 'skipped' ELSE f.outcome END AS said
FROM fetch AS f JOIN url AS u USING (url)
"""
# A page that was there before one that says that it is gone, or that stood in front of it.
ARCHIVED = """
SELECT f.*, u.site_id AS home, f.outcome AS said FROM fetch AS f JOIN url AS u USING (url)
WHERE f.url = :url AND f.payload_sha256 = coalesce(:sha256, f.payload_sha256) AND f.warc_file IS NOT NULL
ORDER BY f.outcome IN ('new', 'changed', 'unchanged') DESC, f.seq DESC LIMIT 1
"""


def micros(moment: datetime) -> int:
    return (moment - EPOCH) // timedelta(microseconds=1)


def moment(value: int | None) -> datetime | None:
    return None if value is None else EPOCH + timedelta(microseconds=value)


def lease_of(row: sqlite3.Row, threshold: float = FIRST_THRESHOLD) -> Lease:
    """What was imported without a source is as good as not known to a visit of our own."""
    shared = {
        key: row[key] for key in ("url", "site_id", "host", "kind", "depth", "hops", "visits", "failures")
    }
    if not row["sourced"]:
        return Lease(**shared, sourced=False)
    return Lease(
        **shared,
        changes=row["changes"],
        state=row["state"],
        etag=row["etag"],
        last_modified=row["last_modified"],
        payload_sha256=row["payload_sha256"],
        record=Record(**json.loads(row["record"])) if row["record"] else None,
        full_at=moment(row["full_at"]),
        first_live_at=moment(row["first_live_at"]),
        prose_sha256=row["prose_sha256"],
        canonical=row["canonical"],
        missing_at=moment(row["missing_at"]),
        gone_at=moment(row["gone_at"]),
        threshold=threshold,
    )


def fetch_row(run_id: str, known: Lease, answer: Answer, verdict: Verdict, sourced: bool) -> dict[str, Any]:
    record = answer.record
    return {
        "fetch_id": fetch_id(known.url, known.visits + 1),
        "run_id": run_id,
        "site_id": known.site_id,
        "url": known.url,
        "fetched_at": micros(answer.fetched_at),
        "http_status": answer.status,
        "outcome": verdict.outcome,
        "payload_sha256": _payload_sha256(known, answer, verdict),
        "etag": answer.etag,
        "last_modified": answer.last_modified,
        "warc_file": record.warc_file if record else None,
        "warc_offset": record.warc_offset if record else None,
        "sourced": int(sourced),
        "page_text_sha256": answer.digests.page_text_sha256 if answer.digests else None,
        "prose_sha256": answer.digests.prose_sha256 if answer.digests else None,
    }


def url_changes(known: Lease, answer: Answer, verdict: Verdict) -> dict[str, Any]:
    """New values of a URL's columns after a visit; what is left out stays."""
    now = micros(answer.fetched_at)
    failures = known.failures + 1 if verdict.outcome == "error" else 0
    changes: dict[str, Any] = {
        "ready": int(verdict.again),
        "failures": failures,
        "retry_at": now + int(backoff_seconds(failures) * 1e6) if verdict.again else 0,
        "kind": answer.kind or known.kind,
        "checked_at": now,
        "visits": known.visits + 1,
        "next_visit_at": _next_visit(known, answer, verdict),
    }
    if known.sourced or verdict.outcome in ALIVE:
        changes |= {"state": verdict.state, "loss": verdict.loss}
    if verdict.outcome in ALIVE:
        changes |= _live_changes(known, answer, verdict)
    elif verdict.missing:
        confirmed = verdict.state != "live"
        changes |= {"missing_at": micros(known.missing_at or answer.fetched_at)}
        changes |= {"gone_at": micros(known.gone_at or answer.fetched_at) if confirmed else None}
        changes |= {"doubted_at": None} if confirmed else {}
    elif verdict.doubted:
        changes |= {"doubted_at": now}
    return changes


def _live_changes(known: Lease, answer: Answer, verdict: Verdict) -> dict[str, Any]:
    now = micros(answer.fetched_at)
    changes: dict[str, Any] = {
        "etag": answer.etag or known.etag,
        "last_modified": answer.last_modified or known.last_modified,
        "last_seen_at": now,
        "sourced": 1,
        "first_live_at": micros(known.first_live_at) if known.first_live_at else now,
        "missing_at": None,
        "gone_at": None,
        "doubted_at": None,
    }
    if answer.payload_sha256 is not None:
        changes |= {"full_at": now, "links_digest": answer.links_digest, "canonical": answer.canonical}
    if answer.digests is not None:
        changes["page_text_sha256"] = answer.digests.page_text_sha256
        changes["prose_sha256"] = answer.digests.prose_sha256
    if verdict.outcome != "unchanged":
        record = (
            json.dumps({name: getattr(answer.record, name) for name in RECORD}) if answer.record else None
        )
        changes |= {"payload_sha256": answer.payload_sha256, "record": record}
    if verdict.outcome == "new" or verdict.text_changed:
        changes |= {"last_changed_at": now, "changes": known.changes + verdict.text_changed}
    return changes


def _next_visit(known: Lease, answer: Answer, verdict: Verdict) -> int:
    return micros(answer.fetched_at + _pause(known, answer, verdict))


def _pause(known: Lease, answer: Answer, verdict: Verdict) -> timedelta:
    if verdict.again:
        return timedelta(0)
    if verdict.outcome not in ALIVE:
        return _pause_without_page(answer, verdict)
    if (answer.kind or known.kind) in ("list", "sitemap"):
        return list_interval(answer.numbered)
    named = known.canonical if answer.payload_sha256 is None else answer.canonical
    if named is not None and named != known.url and page_key(named) == page_key(known.url):
        return DUPLICATE_INTERVAL
    observed = answer.fetched_at - (known.first_live_at or answer.fetched_at)
    changes = known.changes + verdict.text_changed
    return article_interval(changes, max(observed, timedelta(0)), known.threshold)


def _pause_without_page(answer: Answer, verdict: Verdict) -> timedelta:
    if answer.sign not in (None, "refused"):
        return FIRST_PAUSE
    if verdict.missing and verdict.state == "live":
        return CONFIRM_INTERVAL
    return RETRY_INTERVALS[verdict.outcome]


def _payload_sha256(known: Lease, answer: Answer, verdict: Verdict) -> str | None:
    """A 304 stands for the payload that is known."""
    return known.payload_sha256 if verdict.outcome == "unchanged" else answer.payload_sha256


def pause_of(row: sqlite3.Row) -> Pause:
    since, until = (EPOCH + timedelta(microseconds=row[name]) for name in ("since", "until"))
    return Pause(row["host"], row["site_id"], row["sign"], since, until, row["times"])


def known_page(row: sqlite3.Row, duplicate: bool = False) -> KnownPage:
    """`duplicate`: its page is kept under another address."""
    never_answered = "fetch-error" if row["visits"] else "not-fetched"
    loss = row["loss"] if row["state"] else never_answered
    return KnownPage(
        url=row["url"],
        site_id=_shared(row["site_id"]),
        kind=_shared(row["kind"]),
        state=_shared(row["state"] or "blocked"),
        sourced=bool(row["sourced"]),
        loss="duplicate" if duplicate else loss,
        first_seen_at=EPOCH + timedelta(microseconds=row["first_seen_at"]),
        last_seen_at=moment(row["last_seen_at"]),
        last_changed_at=moment(row["last_changed_at"]),
        visits=row["visits"],
        changes=row["changes"],
        next_visit_at=moment(row["next_visit_at"]),
    )


def known_fetches(db: sqlite3.Connection, duplicates: Container[str]) -> Iterator[Fetch]:
    """What is offered to a build; a duplicate's payload stands in the archive and is skipped."""
    for row in db.execute(f"{VISITS} ORDER BY f.seq"):
        yield _offered(row, duplicates)


def last_fetch(db: sqlite3.Connection, url: str, duplicates: Container[str]) -> Fetch | None:
    """The last of them that asked for this URL."""
    row = db.execute(f"{VISITS} WHERE f.url = ? ORDER BY f.seq DESC LIMIT 1", (url,)).fetchone()
    return _offered(row, duplicates) if row else None


def _offered(row: sqlite3.Row, duplicates: Container[str]) -> Fetch:
    skipped = row["url"] in duplicates and row["said"] in ALIVE
    return _fetch(row, "skipped" if skipped else row["said"])


def archived_fetch(db: sqlite3.Connection, url: str, payload_sha256: str | None) -> Fetch | None:
    row = db.execute(ARCHIVED, {"url": url, "sha256": payload_sha256}).fetchone()
    return _fetch(row, row["said"]) if row else None


def _fetch(row: sqlite3.Row, outcome: Outcome) -> Fetch:
    return Fetch(
        fetch_id=row["fetch_id"],
        run_id=_shared(row["run_id"]),
        site_id=_shared(row["home"]),
        url=row["url"],
        fetched_at=EPOCH + timedelta(microseconds=row["fetched_at"]),
        http_status=row["http_status"],
        outcome=_shared(outcome),
        payload_sha256=row["payload_sha256"],
        etag=row["etag"],
        last_modified=row["last_modified"],
        warc_file=_shared(file) if (file := row["warc_file"]) else None,
        warc_offset=row["warc_offset"],
        page_text_sha256=row["page_text_sha256"],
        prose_sha256=row["prose_sha256"],
    )


def known_runs(db: sqlite3.Connection, workspace: Workspace) -> Iterator[Run]:
    """A run whose process is dead has failed until the same command continues it."""
    for row in db.execute("SELECT * FROM run ORDER BY started_at, run_id"):
        died = row["status"] == "running" and not is_alive(workspace, row["owner"])
        yield Run(
            run_id=row["run_id"],
            kind=row["kind"],
            started_at=EPOCH + timedelta(microseconds=row["started_at"]),
            finished_at=moment(row["finished_at"]),
            status="failed" if died else row["status"],
            pages_fetched=row["pages_fetched"],
            bytes_fetched=row["bytes_fetched"],
        )


def _shared(said: Said) -> Said:
    """One object for all that say this: who holds all pages and visits at once does so in a third less."""
    return cast(Said, intern(said))
