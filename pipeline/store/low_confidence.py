"""Articles for a person to look at: two readings of their page disagree on what the article is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import duckdb

from pipeline.store import sql

# Agreement of two extractors on 566 real pages: below .5 (6 % of them) the mean F1 was .57, from .95 on .957.
LOW_CONFIDENCE = 0.5


@dataclass(frozen=True)
class ForReview:
    """Of one site: how many, and the lowest of them (url, confidence, extractor, article_id)."""

    articles: int = 0
    lowest: tuple[dict[str, Any], ...] = ()


def for_review(connection: duckdb.DuckDBPyConnection, lowest: int) -> dict[str, ForReview]:
    """By site; a site without such articles is not in it."""
    found = sql.rows(connection, "low_confidence", below=LOW_CONFIDENCE, lowest=lowest)
    return {site_id: ForReview(count, tuple(rows)) for site_id, count, rows in found}
