"""The findings behind a figure, one a story, the most telling first."""

from __future__ import annotations

from dataclasses import asdict, dataclass

import duckdb
import pyarrow as pa

from pipeline.store.answering import PER
from pipeline.store.evidence import QUESTIONS, Row
from pipeline.store.reports import Filter, choose, resolved
from pipeline.store.standing import standing_answers

FIRST = 50  # of the stories are there before anybody asks: as many as a page shows
NAME = "telling"


@dataclass(frozen=True)
class Wanted:
    """Of which findings; None lets everything through."""

    chosen: Filter
    kind: str | None = None
    finding: str | None = None


def telling(connection: duckdb.DuckDBPyConnection, wanted: Wanted, first: int, size: int) -> list[Row]:
    """Rows of telling.sql, without their words; each says how many stories there are in all (`found`)."""
    chosen = resolved(connection, wanted.chosen)
    if wanted == Wanted(wanted.chosen) and first + size <= FIRST:
        held = standing_answers(connection, (NAME,), asdict(chosen))
        if NAME in held:
            return held[NAME][1][first : first + size]
    said = _told(connection, choose(connection, chosen), wanted, (first, size))
    rows = QUESTIONS.table(connection, NAME, **said | {"each": False})[1]
    return [{name: value for name, value in row.items() if name != PER} for row in rows]


def first_told(connection: duckdb.DuckDBPyConnection, asked: Row, *, each: bool = False) -> pa.Table:
    """The first of `chosen`, which somebody made; with the platform, where each is asked about at once."""
    said = _told(connection, asked, Wanted(Filter()), (0, FIRST))
    return QUESTIONS.arrow(connection, NAME, **said | {"each": each})


def _told(connection: duckdb.DuckDBPyConnection, asked: Row, wanted: Wanted, window: tuple[int, int]) -> Row:
    """Which stories are told, of `chosen`, made for `asked`; the parameters for asking for their words."""
    said = {name: asked[name] for name in ("platform", "practice", "assertion")}
    said |= {"kind": wanted.kind, "finding": wanted.finding}
    if all(said[name] is None for name in ("kind", "finding", "practice", "assertion")):
        QUESTIONS.run(connection, "claims-placed")
    else:
        QUESTIONS.run(connection, "claims-found", **said)
        QUESTIONS.run(connection, "claims")
    QUESTIONS.run(connection, "told-stories", first=window[0], size=window[1])
    return said
