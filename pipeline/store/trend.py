"""How what is chosen spreads over months, or why that cannot be said."""

from __future__ import annotations

from dataclasses import dataclass

import duckdb

from pipeline.store.reports import Filter, ask
from pipeline.store.sensitivity import Row

MAX_UNDATED_SHARE = 0.3  # of the pages without a date, or with one that many share; above it, no trend


@dataclass(frozen=True)
class Trend:
    """One row a month, first to last; no rows where dates carry none."""

    columns: tuple[str, ...]
    rows: list[Row]
    pages: int
    undated: int
    batched: int
    withheld: bool  # too many undated or stamped in batches


def trend(connection: duckdb.DuckDBPyConnection, chosen: Filter) -> Trend:
    """Months of the chosen articles by the filter's date, with the sites that are new or fail in each.

    Published: a farm's date (`published_doubt`) is a batch's. First seen: so is the day on which the site was
    first seen, since on that day everything was found that stood there already.
    """
    tables = ask(connection, ("datable", "trend"), chosen)
    (dated,) = tables["datable"][1]
    pages, undated, batched = dated["pages"], dated["undated"], dated["batched"]
    columns, rows = tables["trend"]
    withheld = undated + batched > MAX_UNDATED_SHARE * pages
    return Trend(columns, [] if withheld else rows, pages, undated, batched, withheld)
