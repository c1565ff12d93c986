"""Which pages are one article, over all drafts of a build.

A page's own pager names its next page (`crawler.paging`); DuckDB finds that page and, of its payloads, the
one that stood there when the first page was last seen; the chains are walked here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from crawler.paging import pages
from crawler.takedowns import Takedowns
from pipeline.joining.chains import Chains, Step, chains
from pipeline.joining.titles import is_same_title
from pipeline.questions import Questions
from pipeline.schema import arrow_schema
from pipeline.tables.sites import FetchRow

QUESTIONS = Questions(Path(__file__).resolve().parent)
VISITS = ["url", "payload_sha256", "fetched_at", "outcome"]
SHOWN = ("new", "changed", "unchanged")  # outcomes of a visit that saw the payload


def divided(
    connection: duckdb.DuckDBPyConnection,
    files: Mapping[str, Sequence[Path]],
    visits: Iterable[pa.RecordBatch],
    takedowns: Takedowns,
) -> Chains:
    """`files`: the Parquet parts under `drafts` and `draft_lines`; `visits`: as VISITS has them.

    A page whose first page was taken down goes with it: it would stand as an article of its own.
    """
    if not files["drafts"]:
        return chains(())
    named = {name: [str(path) for path in held] for name, held in files.items()}
    linked = QUESTIONS.rows(connection, "linked", drafts=named["drafts"])
    if not linked:
        return chains(())
    urls = {url for row in linked for url in row[:3] if url}
    connection.register("joining_seen", _seen(visits, urls))
    found = QUESTIONS.rows(connection, "steps", **named)
    connection.unregister("joining_seen")
    steps = [Step(*row[:4]) for row in found if is_same_title(*row[4:])]
    taken = {
        url
        for url, _, first, site_id in linked
        if first and takedowns.hit(first, site_id) and _is_first(url, first)
    }
    return chains(steps, taken)


def _is_first(url: str, first: str) -> bool:
    """Whether an address is that of a whole article; a misnamed link back to another article's is not."""
    numbers = pages(url, first)
    return numbers is not None and numbers[1] <= 1


def _seen(visits: Iterable[pa.RecordBatch], urls: set[str]) -> pa.Table:
    """When each payload of these URLs was seen."""
    wanted, shown = pa.array(sorted(urls)), pa.array(SHOWN)
    held = [
        batch.select(VISITS).filter(
            pc.and_(pc.is_in(batch["url"], wanted), pc.is_in(batch["outcome"], shown))
        )
        for batch in visits
    ]
    return pa.Table.from_batches(held, pa.schema(map(arrow_schema(FetchRow).field, VISITS)))
