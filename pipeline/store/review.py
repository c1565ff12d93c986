"""Findings for people to judge, and how often the rules were right."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator
from dataclasses import dataclass

import duckdb

from pipeline.store.evidence import Row, evidence, rows
from pipeline.store.finding_ids import article_of
from pipeline.store.strikes import QUESTIONS, stratum

AROUND = 100  # code points of context on either side of a quote
SPARE = 4  # candidates asked for per finding wanted: some were judged already
Z = 1.96  # of a 95 % interval
COLUMNS = (
    "finding_id", "stratum", "kind", "finding", "platform_id", "assertion", "rule", "quote", "context",
    "quote_original", "url", "fetched_at", "drawn", "verdict", "reviewer", "reason",
)  # fmt: skip


@dataclass(frozen=True)
class Precision:
    """Of one stratum, with Wilson's 95 % interval; `unsure` counts in neither."""

    stratum: str
    right: int
    wrong: int
    unsure: int

    @property
    def interval(self) -> tuple[float, float, float]:
        """Low, share, high.

        >>> [round(share, 2) for share in Precision("alleged-own", 9, 1, 0).interval]
        [0.6, 0.9, 0.98]
        """
        judged = self.right + self.wrong
        if not judged:
            return 0.0, 0.0, 1.0
        share = self.right / judged
        middle = (share + Z * Z / (2 * judged)) / (1 + Z * Z / judged)
        half = Z * math.sqrt(share * (1 - share) / judged + Z * Z / (4 * judged * judged))
        half /= 1 + Z * Z / judged
        return max(0.0, middle - half), share, min(1.0, middle + half)


def precision(connection: duckdb.DuckDBPyConnection) -> list[Precision]:
    """By stratum, of verdicts on samples; empty where nobody judged one."""
    return [Precision(*row) for row in QUESTIONS.rows(connection, "precision")]


def sample(connection: duckdb.DuckDBPyConnection, count: int, judged: Collection[str] = ()) -> list[Row]:
    """So many findings nobody judged, strata in turn, at most one of a stratum a story; always the same."""
    limit = SPARE * count + SPARE * len(judged)
    drawn = QUESTIONS.table(connection, "candidates", limit=limit)[1]
    found = {_place(row): row for row in evidence(connection, sorted({row["article_id"] for row in drawn}))}
    picked: dict[str, Row] = {}
    for candidate in drawn:
        row = found[_place(candidate)]
        if row["finding_id"] not in judged and len(picked) < count:
            picked.setdefault(row["finding_id"], row)
    return list(_with_context(connection, list(picked.values())))


def finding(connection: duckdb.DuckDBPyConnection, finding_id: str) -> Row | None:
    """The finding with this id, as evidence has it; None where the snapshot has none."""
    found = evidence(connection, [article_of(finding_id)])
    return next((row for row in found if row["finding_id"] == finding_id), None)


def _place(row: Row) -> tuple[object, ...]:
    names = ("article_id", "kind", "finding", "platform_id", "field", "surface_start")
    return tuple(row[name] for name in names)


def _with_context(connection: duckdb.DuckDBPyConnection, picked: list[Row]) -> Iterator[Row]:
    articles = sorted({row["article_id"] for row in picked})
    said = {
        (row["article_id"], row["field"]): row["text"]
        for row in rows(connection, "fields", articles=articles)
    }
    for row in picked:
        text = said[row["article_id"], row["field"]]
        context = text[max(0, row["char_start"] - AROUND) : row["char_end"] + AROUND]
        added = {"context": context, "stratum": stratum(row), "drawn": "sample"}
        yield {column: (row | added).get(column) for column in COLUMNS}
