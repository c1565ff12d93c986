"""How a site's newest pages were read: figures for rules that judge them elsewhere."""

from __future__ import annotations

from dataclasses import dataclass

import duckdb

from pipeline.store import sql

RECENT = (
    20  # pages: of fewer a share says little, and a site with one article a day fills them in three weeks
)


@dataclass(frozen=True)
class Reading:
    """Of the newest pages of one site; `shifted` None where there is nothing to compare them with."""

    pages: int
    dropped: int
    confidence: float | None
    shifted: float | None
    field: str | None


def readings(connection: duckdb.DuckDBPyConnection) -> dict[str, Reading]:
    """By site; only pages that a crawl found."""
    return {row[0]: Reading(*row[1:]) for row in sql.rows(connection, "health", recent=RECENT)}
