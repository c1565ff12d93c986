"""From a figure to the words it rests on: quote, the page's own words, URL, time, archived record, rule."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import duckdb

from pipeline.questions import Questions
from pipeline.quote import marked_quote, original_span
from pipeline.records import Edit
from pipeline.store.finding_ids import finding_id

# First columns of every row of evidence; what the finding is follows.
COLUMNS = (
    "quote", "quote_original", "field", "char_start", "char_end", "url", "fetched_at", "payload_sha256",
    "warc_file", "warc_offset", "rule",
)  # fmt: skip
SENTENCE_END = re.compile(r"[。！？!?；;\n]")
LONGEST_SIDE = 100  # code points of a quote before and after what was found: some pages have no full stop
BATCH = 1_000  # findings whose articles' texts are held at once
QUESTIONS = Questions(Path(__file__).resolve().parent / "evidence")

Row = dict[str, Any]


def rows(connection: duckdb.DuckDBPyConnection, name: str, **parameters: object) -> list[Row]:
    """Rows of one question of this folder."""
    return QUESTIONS.table(connection, name, **parameters)[1]


def evidence(
    connection: duckdb.DuckDBPyConnection, articles: Sequence[str], platform: str | None = None
) -> list[Row]:
    """One row per finding in these articles, allegations of somebody's own first."""
    if not articles:
        return []
    return with_quotes(connection, rows(connection, "findings", articles=articles, platform=platform))


def with_quotes(connection: duckdb.DuckDBPyConnection, found: Sequence[Row]) -> list[Row]:
    """Rows of findings.sql with the words that they rest on."""
    held = (_with_quotes(connection, found[at : at + BATCH]) for at in range(0, len(found), BATCH))
    return [row for batch in held for row in batch]


def _with_quotes(connection: duckdb.DuckDBPyConnection, found: Sequence[Row]) -> list[Row]:
    articles = sorted({row["article_id"] for row in found})
    fields = {(row["article_id"], row["field"]): row for row in rows(connection, "fields", articles=articles)}
    edits = _edits(connection, articles)
    return [
        _with_quote(row, fields[key], edits[key])
        for row in found
        for key in [(row["article_id"], row["field"])]
    ]


def telling(found: Iterable[Row]) -> list[Row]:
    """What quotes an article: its practices; where it has none, the first mention of each platform."""
    held = list(found)
    practised = {(row["article_id"], row["platform_id"]) for row in held if row["kind"] == "practice"}
    seen: set[tuple[str, str]] = set()
    kept = []
    for row in held:
        key = (row["article_id"], row["platform_id"] or row["finding"])
        named = row["kind"] == "mention" and key not in practised and key not in seen
        if row["kind"] == "practice" or named:
            kept.append(row)
        if named:
            seen.add(key)
    return kept


def around(text: str, start: int, end: int) -> tuple[int, int]:
    """The sentence that holds a span, its mark of end included, cut where it never ends.

    >>> around("甲。乙说丙。丁", 3, 4)
    (2, 6)
    """
    first, last = max(0, start - LONGEST_SIDE), min(len(text), end + LONGEST_SIDE)
    before = [match.end() for match in SENTENCE_END.finditer(text, first, start)]
    after = SENTENCE_END.search(text, max(start, end - 1), last)
    stop = last if after is None else after.start() if after[0] == "\n" else after.end()
    return (before[-1] if before else first), max(stop, end)


def _with_quote(found: Row, field: Row, edits: Sequence[Edit]) -> Row:
    start, end = found.pop("sentence_start"), found.pop("sentence_end")
    if start is None:
        start, end = around(field["text"], found["surface_start"], found["surface_end"])
    named = {"finding_id": finding_id(found, field["text"][start:end])}
    quote = {
        "quote": marked_quote(field["text"], edits, start, end),
        "quote_original": original_span(field["text"], field["original"], edits, start, end),
        "char_start": start,
        "char_end": end,
    }
    row = quote | found | named
    return {column: row[column] for column in COLUMNS} | row


def _edits(
    connection: duckdb.DuckDBPyConnection, articles: Sequence[str]
) -> defaultdict[tuple[str, str], list[Edit]]:
    held: defaultdict[tuple[str, str], list[Edit]] = defaultdict(list)
    for row in rows(connection, "edits", articles=articles):
        held[row["article_id"], row["field"]].append(Edit(**row))
    return held
