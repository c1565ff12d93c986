"""The same counts as `crawler.tallies`, asked of one frontier: no URL and no visit leaves SQLite."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from datetime import datetime, timedelta

from crawler.frontier_rows import EPOCH, VISITS, micros, moment
from crawler.page import ALIVE
from crawler.tallies import RunTally, SiteTally, Tallies

OF_URLS = """
SELECT site_id, count(*) AS pages, count(*) FILTER (WHERE state = 'live') AS live,
       count(*) FILTER (WHERE state IN ('gone', 'soft-404')) AS gone,
       count(*) FILTER (WHERE coalesce(state, 'blocked') = 'blocked') AS blocked,
       count(*) FILTER (WHERE sourced AND (visits = 0 OR next_visit_at <= :now)) AS due,
       count(*) FILTER (WHERE CASE WHEN url IN (SELECT value FROM json_each(:elsewhere)) THEN 0
                             WHEN state IS NULL THEN visits > 0
                             ELSE loss IN ('fetch-error', 'http-error') END) AS errors,
       max(first_seen_at) FILTER (WHERE kind = 'article' AND last_seen_at IS NOT NULL) AS newest_article_at
FROM url GROUP BY site_id
"""
OF_VISITS = """
, visit AS (
    SELECT home, run_id, fetched_at, seq,
           CASE WHEN said IN (SELECT value FROM json_each(:alive))
                     AND url IN (SELECT value FROM json_each(:elsewhere)) THEN 'skipped'
                ELSE said END AS outcome
    FROM offered
)
SELECT home, run_id, outcome, count(*), min(fetched_at), max(fetched_at)
FROM visit GROUP BY home, run_id, outcome ORDER BY min(seq)
"""


def tallies(db: sqlite3.Connection, elsewhere: Iterable[str], now: datetime) -> Tallies:
    """`elsewhere`: URLs whose page is kept under another address."""
    asked = {"elsewhere": json.dumps(list(elsewhere)), "alive": json.dumps(ALIVE), "now": micros(now)}
    sites = {row["site_id"]: _of_site(row) for row in db.execute(OF_URLS, asked)}
    visits: dict[tuple[str, str], RunTally] = {}
    for site_id, run_id, outcome, count, *span in db.execute(f"WITH offered AS ({VISITS}){OF_VISITS}", asked):
        first_at, last_at = (EPOCH + timedelta(microseconds=value) for value in span)
        tally = visits.setdefault((site_id, run_id), RunTally(site_id, run_id, first_at, last_at))
        tally.count(outcome, count, first_at, last_at)
    return Tallies(sites, list(visits.values()))


def _of_site(row: sqlite3.Row) -> SiteTally:
    counts = {name: row[name] for name in ("pages", "live", "gone", "blocked", "due", "errors")}
    return SiteTally(**counts, newest_article_at=moment(row["newest_article_at"]))
