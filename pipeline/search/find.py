"""Who says exactly this, in how many independent texts. Figures of reports never come from here."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import tantivy

from crawler.definitions import DefinitionError
from pipeline.search.catalogue import Catalogue, Counts, Numbers, catalogue
from pipeline.search.grams import characters, pairs, phrases, with_our_marks
from pipeline.search.index import QUESTIONS, fields, index_folder, matching, opened
from pipeline.store.reports import Filter, choose

LONGEST = 200  # code points of a query; a sentence has fewer
AROUND = 30  # code points of a snippet on either side
BATCH = 1000  # texts held at once
EVERY = 2**31 - 1
COLUMNS = (
    "article_id", "url", "title", "snippet", "story_id", "field", "char_start", "char_end", "site_id",
    "sourced", "fetched_at", "published_at",
)  # fmt: skip
Row = dict[str, Any]


@dataclass(frozen=True)
class Found:
    """Rows as asked for, `char_start` being that of the first place; and how many all matches are."""

    rows: list[Row]
    counts: Counts
    phrases: tuple[str, ...]  # what was looked for


@dataclass(frozen=True)
class Window:
    """Which of the matches are wanted as rows."""

    limit: int = EVERY
    offset: int = 0


def search(
    connection: duckdb.DuckDBPyConnection,
    snapshot: Path,
    query: str,
    chosen: Filter | None = None,
    window: Window = Window(),
) -> Found:
    """Current articles that hold the phrase in title or text; `snapshot` is the file that is read."""
    said = phrases(_checked(query))
    known = catalogue(connection, snapshot)
    rows = _rows(connection, snapshot, known, said)
    if not len(rows) and (marked := with_our_marks(said)) != said:
        said, rows = marked, _rows(connection, snapshot, known, marked)
    if chosen is not None:
        rows = _filtered(connection, known, rows, chosen)
    last = window.offset + window.limit
    wanted = known.one_a_story_first(rows, last)[window.offset : last]
    return Found(list(_shown(connection, known, wanted, said)), known.counts(rows), said)


def _checked(query: str) -> str:
    said = query.strip()
    if not said or len(said) > LONGEST:
        raise DefinitionError(f"a phrase has 1 to {LONGEST} characters, not {len(said)}")
    if any(0xD800 <= ord(char) < 0xE000 for char in said):
        raise DefinitionError("the phrase holds half a character: no text does")
    return said


def _rows(
    connection: duckdb.DuckDBPyConnection, snapshot: Path, known: Catalogue, said: Sequence[str]
) -> Numbers:
    """Rows of the catalogue; by reading every text where the snapshot has no index."""
    index = opened(index_folder(snapshot))
    if index is None:
        return known.rows_of(
            [number for (number,) in QUESTIONS.rows(connection, "scanned", phrases=list(said))]
        )
    one_of = [(tantivy.Occur.Should, query) for phrase in said for query in _queries(phrase)]
    articles, others = matching(index, tantivy.Query.boolean_query(one_of))
    rows = known.rows_of(articles)
    return known.other_than(rows) if others else rows


def _queries(phrase: str) -> list[tantivy.Query]:
    schema = fields()
    if len(phrase) == 1:
        return [tantivy.Query.term_query(schema, "chars", characters(phrase)[0])]
    said = pairs(phrase)
    if len(said) == 1:
        return [tantivy.Query.term_query(schema, field, said[0]) for field in ("title", "text")]
    return [tantivy.Query.phrase_query(schema, field, list(said)) for field in ("title", "text")]


def _filtered(
    connection: duckdb.DuckDBPyConnection, known: Catalogue, rows: Numbers, chosen: Filter
) -> Numbers:
    choose(connection, chosen)
    let_through = [number for (number,) in QUESTIONS.rows(connection, "filtered")]
    kept: Numbers = rows[np.isin(known.article[rows], np.array(let_through, np.uint64))]
    return kept


def _shown(
    connection: duckdb.DuckDBPyConnection, known: Catalogue, rows: Numbers, said: Sequence[str]
) -> Iterator[Row]:
    """In the order of `rows`, with the first place of the phrase; whole texts are held for a batch only."""
    ids = [f"a-{number:016x}" for number in known.article[rows].tolist()]
    for start in range(0, len(ids), BATCH):
        batch = ids[start : start + BATCH]
        texts = {row["article_id"]: row for row in QUESTIONS.table(connection, "shown", articles=batch)[1]}
        yield from (_with_snippet(texts[one], said) for one in batch if one in texts)


def _with_snippet(article: Row, said: Sequence[str]) -> Row:
    places = [
        (article[field].find(phrase), field, len(phrase))
        for field in ("text", "title")
        for phrase in said
        if phrase in article[field]
    ]
    start, field, size = places[0]
    snippet = article[field][max(0, start - AROUND) : start + size + AROUND]
    row = article | {"snippet": snippet, "field": field, "char_start": start, "char_end": start + size}
    return {column: row[column] for column in COLUMNS}
