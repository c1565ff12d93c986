"""Which pages are one article, over all drafts of a build.

A page's own pager names its next page (`crawler.paging`); DuckDB finds that page and, of its payloads, the
one that stood there when the first page was last seen; the chains are walked here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import duckdb
import pyarrow as pa

from crawler.page import Fetch
from crawler.paging import pages
from crawler.takedowns import Takedowns
from pipeline.joining.chains import Chains, Step, chains
from pipeline.joining.titles import is_same_title
from pipeline.questions import Questions

QUESTIONS = Questions(Path(__file__).resolve().parent)
SEEN_TYPES: dict[str, pa.DataType] = {
    "url": pa.string(),
    "payload_sha256": pa.string(),
    "at": pa.timestamp("us", tz="UTC"),
}
SEEN = pa.schema(SEEN_TYPES)
SHOWN = ("new", "changed", "unchanged")  # outcomes of a visit that saw the payload


def divided(
    connection: duckdb.DuckDBPyConnection,
    files: Mapping[str, Sequence[Path]],
    fetches: Iterable[Fetch],
    takedowns: Takedowns,
) -> Chains:
    """`files`: the Parquet parts under `drafts` and `draft_lines`.

    A page whose first page was taken down goes with it: it would stand as an article of its own.
    """
    if not files["drafts"]:
        return chains(())
    named = {name: [str(path) for path in held] for name, held in files.items()}
    linked = QUESTIONS.rows(connection, "linked", drafts=named["drafts"])
    if not linked:
        return chains(())
    urls = {url for row in linked for url in row[:3] if url}
    connection.register("joining_seen", _seen(fetches, urls))
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


def _seen(fetches: Iterable[Fetch], urls: set[str]) -> pa.Table:
    """When each payload of these URLs was seen."""
    held: dict[str, list[object]] = defaultdict(list)
    for fetch in fetches:
        if fetch.url in urls and fetch.outcome in SHOWN:
            for name, value in zip(
                SEEN.names, (fetch.url, fetch.payload_sha256, fetch.fetched_at), strict=True
            ):
                held[name].append(value)
    return pa.table({name: held[name] for name in SEEN.names}, schema=SEEN)
