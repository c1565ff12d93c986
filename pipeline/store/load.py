"""From parts and the frontier's memory to a whole store, in a fresh file; nothing is updated in place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Annotated, Any, ClassVar

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from crawler.page import Fetch, KnownPage, Run
from crawler.sites import Site
from crawler.takedowns import Takedowns
from pipeline.duck import opened, streamed
from pipeline.on_disk import OnDisk
from pipeline.parts import part_file
from pipeline.room import FEW_PAGES, bounded
from pipeline.schema import arrow_schema, columns, create_table, table_name, to_arrow
from pipeline.store import sql
from pipeline.store.answering import QUESTION_FILES
from pipeline.store.strikes import strike
from pipeline.tables.answers import (
    CorpusCounts,
    Counted,
    CountedFinding,
    CountedKind,
    FailingMonth,
    SiteHealth,
)
from pipeline.tables.corpus import CORPUS, Meta
from pipeline.tables.sites import FetchRow, RunRow
from pipeline.tables.verdicts import Correction, Review, TakedownRow
from pipeline.verdicts import NOBODY, Verdicts

COUNTED = (Counted, CountedKind, CountedFinding, CorpusCounts, SiteHealth, FailingMonth)
BATCH = 10_000  # rows handed to DuckDB at once: a few megabytes
NEW_DAYS = 30  # a site's first month: what stood there before is found at once, and is no news
LAST_VISITS = 10  # of a site: enough that one broken page does not call it failing
# From so many pages on, a date is a batch's: judgement, not measurement.
SAME_MINUTE = 3  # nobody writes three articles in a minute
SAME_DAY, SAME_DAY_SHARE = 10, 0.2  # of a site's dated pages; where every day has so many, it is the rhythm


@dataclass(frozen=True, slots=True)
class KnownPageRow:
    """A page as the frontier knows it, before it is known to be an article or a drop."""

    table: ClassVar[str] = "known_pages"
    url: Annotated[str, "URL"]
    site_id: Annotated[str, "site"]
    kind: Annotated[str, "article, list, sitemap or unknown"]
    state: Annotated[str, "state"]
    sourced: Annotated[bool, "of known origin"]
    loss: Annotated[str | None, "why it cannot become an article"]
    first_seen_at: Annotated[datetime, "UTC"]
    last_seen_at: Annotated[datetime | None, "UTC"]
    last_changed_at: Annotated[datetime | None, "UTC"]
    visits: Annotated[int, "visits"]
    changes: Annotated[int, "changes"]
    next_visit_at: Annotated[datetime | None, "UTC"]


@dataclass(frozen=True, slots=True)
class KnownSiteRow:
    """A site as defined, or a host that an import brought."""

    table: ClassVar[str] = "known_sites"
    site_id: Annotated[str, "site"]
    name: Annotated[str, "name"]
    home_url: Annotated[str | None, "first start URL"]
    why: Annotated[str | None, "why it is in the corpus"]


@dataclass(frozen=True)
class Inputs:
    """What a build is told besides the archive; takedowns are already left out of pages and fetches."""

    fetches: OnDisk[Fetch]
    pages: OnDisk[KnownPage]
    runs: Iterable[Run]
    sites: Mapping[str, Site]
    takedowns: Takedowns
    verdicts: Verdicts = NOBODY  # those on what was taken down left out


def open_store(path: Path, pages: int = FEW_PAGES) -> duckdb.DuckDBPyConnection:
    """A writable store, of bounded memory, for so many pages."""
    return opened(path, config=bounded(path, pages))


def create_tables(connection: duckdb.DuckDBPyConnection) -> None:
    for record in CORPUS:
        for statement in create_table(record):
            connection.execute(statement)


def insert(connection: duckdb.DuckDBPyConnection, record: type, rows: Iterable[Any]) -> int:
    """Rows of one record class into its table, a batch at a time; how many."""
    return sum(
        _insert_columns(connection, record, iter(to_arrow(record, batch).to_batches()))
        for batch in _batches(iter(rows))  # which may ask the same connection
    )


def _insert_columns(
    connection: duckdb.DuckDBPyConnection, record: type, batches: Iterator[pa.RecordBatch]
) -> int:
    connection.register("batches", streamed(arrow_schema(record), batches))
    told = f'INSERT INTO "{table_name(record)}" BY NAME SELECT * FROM batches'  # noqa: S608
    ((written,),) = connection.execute(told).fetchall()
    connection.unregister("batches")
    return int(written)


def load_inputs(connection: duckdb.DuckDBPyConnection, inputs: Inputs) -> None:
    """fetches, runs and takedowns; known_pages and known_sites as temporary tables."""
    _insert_columns(connection, FetchRow, inputs.fetches.batches())
    insert(connection, RunRow, inputs.runs)
    insert(connection, TakedownRow, inputs.takedowns.entries)
    for record in (KnownPageRow, KnownSiteRow):
        connection.execute(create_table(record)[0].replace("CREATE TABLE", "CREATE TEMP TABLE"))
    _insert_columns(connection, KnownPageRow, inputs.pages.batches())
    insert(connection, KnownSiteRow, _known_sites(connection, inputs.sites))


def show_parts(
    connection: duckdb.DuckDBPyConnection, folders: Mapping[type, Sequence[Path]], parts: Path
) -> None:
    """One variable a record class, `part_<table>`: the list of its files, and one without rows.

    DuckDB cannot read a list of no files. From the first it guesses how many rows there are, and with that
    which side of a join goes into memory: one without rows in front made it hold the larger one.
    """
    empty = parts / "empty" / "schema"
    empty.mkdir(parents=True, exist_ok=True)
    for record, held in folders.items():
        pq.write_table(to_arrow(record, ()), part_file(empty, record))
        files = [str(part_file(folder, record)) for folder in (*held, empty)]
        connection.execute(f"SET VARIABLE part_{table_name(record)} = $files", {"files": files})


def load_found(connection: duckdb.DuckDBPyConnection, verdicts: Verdicts) -> None:
    """Articles and findings less what people struck, then drops and pages, then groups.

    `article_groups` and the rest exist.
    """
    sql.run(
        connection, "dates", same_minute=SAME_MINUTE, same_day=SAME_DAY, same_day_share=SAME_DAY_SHARE
    )  # fmt: skip
    sql.run(connection, "articles")
    reviews, corrections = strike(connection, verdicts)
    insert(connection, Review, reviews)
    insert(connection, Correction, corrections)
    for name in ("drops", "earliest", "skeletons", "groups"):
        sql.run(connection, name)


def count(connection: duckdb.DuckDBPyConnection) -> None:
    """As what every article counts, and the views that count; when everything else is loaded."""
    count_again(connection)
    for name in ("counts", "indexes"):
        sql.run(connection, name)
    QUESTION_FILES.run(connection, "levels")


def count_again(connection: duckdb.DuckDBPyConnection) -> None:
    """What is worked out with a snapshot and read by every count: `COUNTED`, emptied first."""
    for record in COUNTED:
        connection.execute(f'DELETE FROM "{table_name(record)}"')  # noqa: S608
    sql.run(connection, "counted")
    sql.run(connection, "site_health", new_days=NEW_DAYS, last_visits=LAST_VISITS)
    sql.run(connection, "failing_months")


def describe(connection: duckdb.DuckDBPyConnection, facts: Mapping[str, str]) -> None:
    insert(connection, Meta, [Meta(key, value) for key, value in sorted(facts.items())])


def _known_sites(connection: duckdb.DuckDBPyConnection, sites: Mapping[str, Site]) -> Iterator[KnownSiteRow]:
    """Defined sites and those that only pages name, by id."""
    named = connection.execute("SELECT DISTINCT site_id FROM known_pages ORDER BY site_id").fetchall()
    for site_id in sorted({*sites, *(row[0] for row in named)}):
        site = sites.get(site_id, Site(site_id))
        yield KnownSiteRow(site_id, site.name or site_id, site.home_url, site.why or None)


def _batches(rows: Iterator[Any]) -> Iterator[list[Any]]:
    while batch := list(islice(rows, BATCH)):
        yield batch


assert {name for name, *_ in columns(KnownPageRow)} == set(KnownPage.__slots__)
