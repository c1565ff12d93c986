"""Tables of a snapshot as rows to release: which, in which order, with which columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from pipeline.questions import Questions
from pipeline.schema import columns, table_name
from pipeline.store import sql
from pipeline.store.answering import QUESTION_FILES
from pipeline.store.reports import choose
from pipeline.tables.corpus import CORPUS

OPEN_QUOTE = 120  # code points; the longest quote of the open edition
FULL_QUOTE = 2**31 - 1  # no limit
GROUP_ROWS = 20_000  # rows of one Parquet row group; fixed, so that the same rows give the same bytes
# Articles whose rows are read and sorted together: what a sort holds does not grow with the corpus
SLICE_ARTICLES = 20_000
SLICE = "kept_slice"  # what questions read that are asked slice by slice
# Whole texts, and lines that nobody looked at: only in the full edition.
ONLY_FULL = {"articles": ("text",), "lines_removed": ("text",)}
# Never released: fingerprints (hashes of contacts), originals and sentences of templates (whole texts), names
# on no list (nobody looked at them), groups at other thresholds (numbers of one snapshot), meta (internals),
# reviews and takedowns (they name people and what was to be forgotten).
TABLES = (
    "platform_counts", "platforms", "platform_aliases", "mention_rules", "articles", "mentions", "practices",
    "laws", "tip_sources", "tip_candidates", "stories", "templates", "sites", "operators",
    "operator_evidence", "pages", "fetches", "drops", "sections", "edits", "repair_notes",
    "lines_removed", "article_pages", "practice_kinds", "law_kinds", "tips", "runs", "id_changes",
    "corrections", "slot_fillers", "own_sentences",
)  # fmt: skip
ADDED = {
    "sites": {
        "first_crawled_at": "first visit of one of its pages, UTC",
        "n_fetched": "pages that answered at least once, however they answered",
        "n_blocked": "pages refused to us: by robots.txt, by the host, or by the guard",
    },
    "practices": {
        "quote": "the sentence; of a longer one than the edition allows, the part around the cue",
        "quote_start": "first code point of the quote in the field",
        "quote_end": "end of the quote, exclusive",
    },
}
COUNTS = {
    "": "named in: five levels per platform, over the released current articles in which it is subject",
    "platform_id": "platform",
    "name": "name",
    "pages": "distinct URLs",
    "stories": "stories: the same text about the same subjects, however often copied",
    "templates": "templates; a story without one counts as its own",
    "sites": "sites",
    "operators": "operators; a site without one counts as its own",
    "live_pages": "pages that still answer",
    "gone_pages": "pages that are gone",
    "undated_pages": "pages without a date of publication",
    "alleged_own_stories": "stories with an allegation of somebody's own",
    "alleged_own_operators": "operators that published one of them",
    "alleged_templated_stories": "stories whose allegation stands with other names, too: nobody's own",
    "claimed_stories": "stories that say a platform may do something; never added to the allegations",
    "ambiguous_share": "share of its mentions that rest on an ambiguous alias",
    "rule_precision": "measured precision of the rules that admitted these mentions, their mean",
    "first_seen": "first fetch of one of its pages, UTC",
    "last_seen": "last time one of its pages answered, UTC",
}
QUESTIONS = Questions(Path(__file__).resolve().parent)
TABLE_QUESTIONS = Questions(QUESTIONS.folder / "tables")


@dataclass(frozen=True)
class Edition:
    name: str = "open"  # open | full
    unsourced: bool = False  # pages of unknown origin, too
    named_only: bool = False  # of the gazetteer only what the articles name: samples name nobody real

    @property
    def quote(self) -> int:
        return OPEN_QUOTE if self.name == "open" else FULL_QUOTE


@dataclass(frozen=True)
class Released:
    """One table to write: its schema, with a comment on every column, and its rows in groups."""

    name: str
    comment: str
    schema: pa.Schema
    groups: Iterator[pa.Table]


def prepare(connection: duckdb.DuckDBPyConnection, edition: Edition) -> None:
    """Say once what may be released; every table reads only that."""
    for name in ("kept_pages", "kept_articles"):
        QUESTIONS.run(connection, name, unsourced=edition.unsourced)
    QUESTIONS.run(connection, "slices", articles=SLICE_ARTICLES)
    sql.run(connection, "earliest")
    choose(connection)
    if not edition.unsourced:
        QUESTIONS.run(connection, "sourced_only")


def released(connection: duckdb.DuckDBPyConnection, table: str, edition: Edition) -> Released:
    readers = _readers(connection, table, edition)
    first = next(readers)
    left_out = ONLY_FULL.get(table, ()) if edition.name == "open" else ()
    comments = _comments(table)
    schema = pa.schema(
        [
            pa.field(field.name, field.type, metadata={"comment": comments.get(field.name, "")})
            for field in first.schema
            if field.name not in left_out
        ],
        metadata={"table": table, "comment": comments[""]},
    )
    batches = chain.from_iterable(chain([first], readers))
    return Released(table, comments[""], schema, _groups(batches, schema))


def _readers(
    connection: duckdb.DuckDBPyConnection, table: str, edition: Edition
) -> Iterator[pa.RecordBatchReader]:
    """One a slice of the articles where the question reads them so; each is read before the next is made."""
    query = QUESTION_FILES.sql("platforms") if table == "platform_counts" else TABLE_QUESTIONS.sql(table)
    whole = [("", "")]
    for first, last in (connection.table("slices").fetchall() or whole) if SLICE in query else whole:
        QUESTIONS.run(connection, SLICE, first=first, last=last)
        yield connection.sql(query, params=_asked(query, edition)).to_arrow_reader(GROUP_ROWS)


def _asked(query: str, edition: Edition) -> dict[str, Any] | None:
    """The parameters that a question names."""
    known = {"quote": edition.quote, "unsourced": edition.unsourced, "named_only": edition.named_only}
    return {name: value for name, value in known.items() if f"${name}" in _code(query)} or None


def _code(query: str) -> str:
    return "\n".join(line for line in query.splitlines() if not line.startswith("--"))


def _groups(batches: Iterable[pa.RecordBatch], schema: pa.Schema) -> Iterator[pa.Table]:
    """Always the same number of rows, however the batches came; none where there are none, since a row group
    without rows stops readers (datasets 5.2)."""
    held: list[pa.RecordBatch] = []
    for batch in batches:
        held.append(batch)
        while sum(b.num_rows for b in held) >= GROUP_ROWS:
            table = pa.Table.from_batches(held)
            yield _cast(table.slice(0, GROUP_ROWS), schema)
            held = table.slice(GROUP_ROWS).to_batches()
    if any(batch.num_rows for batch in held):
        yield _cast(pa.Table.from_batches(held), schema)


def _cast(table: pa.Table, schema: pa.Schema) -> pa.Table:
    return table.select(schema.names).cast(schema)


def _comments(table: str) -> dict[str, str]:
    """Column → what it means; "" is the table."""
    if table == "platform_counts":
        return COUNTS
    record = next(record for record in CORPUS if table_name(record) == table)
    said = {name: comment for name, _, _, comment in columns(record)}
    return {"": (record.__doc__ or "").strip().splitlines()[0], **said, **ADDED.get(table, {})}
