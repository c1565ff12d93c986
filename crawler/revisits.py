"""The revisit policy over a frontier: what a visit must be worth at each site, and what each is worth now."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta

from crawler.frontier_rows import micros
from crawler.revisit import FIRST_THRESHOLD, VISIT_DAYS, change_rate, interval_days, score, threshold_of

DAY = 86_400_000_000  # microseconds
FIRST = 1000.0  # what is new, lists and confirmations: before every article, whose scores are below 32
MOVED = 0.05  # of a threshold: less does not move anybody's date

WATCHED = """state = 'live' AND kind NOT IN ('list', 'sitemap') AND missing_at IS NULL AND failures = 0
    AND first_live_at IS NOT NULL"""
DAYS = f"(checked_at - first_live_at) / {DAY}"  # observed
RATES = f"""
SELECT changes, {DAYS} AS days, count(*) AS pages FROM url WHERE site_id = ? AND {WATCHED} GROUP BY 1, 2
"""  # noqa: S608 (constants)
DATE = f"""
UPDATE url SET next_visit_at = checked_at + interval_of(changes, {DAYS}, :threshold)
WHERE site_id = :site_id AND {WATCHED} AND next_visit_at IS NOT NULL
"""  # noqa: S608
WORTH = f"iif({WATCHED}, score_of(changes, {DAYS}, (:now - checked_at) * 1.0 / {DAY}), {FIRST})"
# What is new has its score from the beginning, and is not written again.
RANK = f"""
UPDATE url SET score = {WORTH}
WHERE ready = 1 AND site_id IN (SELECT value FROM json_each(:sites)) AND (score <> {FIRST} OR {WATCHED})
"""  # noqa: S608


def reckon(db: sqlite3.Connection, site_ids: Sequence[str]) -> None:
    """Each site's threshold from how its pages change, and its pages' dates where that moved."""
    db.create_function("interval_of", 3, _interval_of, deterministic=True)
    for site_id in site_ids:
        rates: Counter[float] = Counter()
        for changes, days, pages in db.execute(RATES, (site_id,)):
            rates[change_rate(changes, timedelta(days=days))] += pages
        if not rates:
            continue
        row = db.execute("SELECT threshold FROM revisit WHERE site_id = ?", (site_id,)).fetchone()
        before = row[0] if row else FIRST_THRESHOLD
        threshold = threshold_of(rates, rates.total() / VISIT_DAYS)
        if abs(threshold - before) > MOVED * before:
            db.execute("INSERT OR REPLACE INTO revisit VALUES (?, ?)", (site_id, threshold))
            db.execute(DATE, {"site_id": site_id, "threshold": threshold})


def rank(db: sqlite3.Connection, site_ids: Sequence[str], now: datetime) -> None:
    """What a visit of each page of this run is worth: where the budget ends early, the best were made."""
    worth_sql(db)
    db.execute(RANK, {"now": micros(now), "sites": json.dumps(list(site_ids))})


def worth_sql(db: sqlite3.Connection) -> str:
    """What a visit at `:now` is worth, as an expression over a row of `url` on this connection."""
    db.create_function("score_of", 3, _score_of, deterministic=True)
    return WORTH


def _interval_of(changes: int, days: int, threshold: float) -> int:
    return round(interval_days(change_rate(changes, timedelta(days=days)), threshold) * DAY)


def _score_of(changes: int, days: int, waited: float) -> float:
    return score(change_rate(changes, timedelta(days=max(days, 0))), max(waited, 0.0))
