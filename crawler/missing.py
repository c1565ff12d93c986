"""What a site shows where a page is missing, as its pages taught; and when too much is missing to be true."""

from __future__ import annotations

import sqlite3
from datetime import datetime

from crawler.frontier_rows import micros
from crawler.page_text import TextDigests
from crawler.revisit import doubts_gone
from crawler.visits import Lease

# Pages whose own texts gave way to one and the same: two may be merged into one article, three are not.
LEAST_ALIKE = 3

KNOWN = "SELECT 1 FROM missing_text WHERE site_id = ? AND page_text_sha256 = ?"
ALIKE = """
SELECT count(*) FROM url
WHERE site_id = ? AND page_text_sha256 = ? AND changes > 0 AND kind NOT IN ('list', 'sitemap') AND url <> ?
"""
MISSING_AND_LIVE = """
SELECT count(*) FILTER (WHERE gone_at >= :since OR (state = 'live' AND missing_at IS NOT NULL)),
       count(*) FILTER (WHERE state = 'live' OR gone_at >= :since)
FROM url WHERE site_id = :site_id AND payload_sha256 IS NOT NULL
"""
TAKE_BACK = """
UPDATE url SET state = 'live', missing_at = NULL, gone_at = NULL,
    doubted_at = coalesce(doubted_at, missing_at)
WHERE site_id = :site_id AND payload_sha256 IS NOT NULL AND (gone_at >= :since OR missing_at >= :since)
"""


def is_known(db: sqlite3.Connection, lease: Lease, digests: TextDigests) -> bool:
    """Whether this is what the site shows where a page is missing."""
    return db.execute(KNOWN, (lease.site_id, digests.page_text_sha256)).fetchone() is not None


def learn(db: sqlite3.Connection, lease: Lease, digests: TextDigests) -> None:
    """The text that took the place of three different articles is none.

    Damage: a removed article answers 200 with 出错了 and recommendations, in words that no list has.
    Left alone: the same text on pages that never had another (copies, pages that need a script).
    """
    if lease.kind in ("list", "sitemap"):
        return
    asked = (lease.site_id, digests.page_text_sha256, lease.url)
    if db.execute(ALIKE, asked).fetchone()[0] + 1 >= LEAST_ALIKE:
        db.execute("INSERT OR IGNORE INTO missing_text VALUES (?, ?)", asked[:2])


def is_doubted(db: sqlite3.Connection, lease: Lease, since: datetime) -> bool:
    """Whether with this page more than half of the site would be missing."""
    values = {"since": micros(since), "site_id": lease.site_id}
    gone, live = db.execute(MISSING_AND_LIVE, values).fetchone()
    return doubts_gone(gone + (lease.missing_at is None), live)


def take_back(db: sqlite3.Connection, site_id: str, since: datetime) -> None:
    """What this run found missing stays alive; what was gone before stays gone."""
    db.execute(TAKE_BACK, {"since": micros(since), "site_id": site_id})
