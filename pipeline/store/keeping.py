"""Answering what most readers ask when a snapshot is made."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict

import duckdb
import numpy as np
import pyarrow as pa

from pipeline.store import sql
from pipeline.store.answering import PER, QUESTION_FILES, typed_answers, without_per
from pipeline.store.load import insert
from pipeline.store.reports import BASES, QUESTIONS, Filter, choose
from pipeline.store.standing import DATED, answered
from pipeline.store.telling import NAME as TELLING
from pipeline.store.telling import first_told
from pipeline.tables.answers import StandingAnswer

LEAST_ARTICLES = (
    5_000  # planning 46 questions takes 2 s; of fewer articles each is answered as fast when asked
)
# Of every filter that leaves most of the corpus: those that leave little are answered as fast when asked.
EXPECTED = (
    Filter(),
    Filter(basis="published"),
    Filter(state="live"),
    Filter(assertion="alleged"),
    Filter(assertion="claimed-practice"),
)
# On a platform's page; to plan them takes longer than to answer them, and there they are asked all at once.
OF_EACH_PLATFORM = ("platforms", "practices", "tips", "laws", "sites", "templates", "denominator")


def keep_answers(connection: duckdb.DuckDBPyConnection, least: int = LEAST_ARTICLES) -> None:
    """The last thing that a store is given: everything that is counted has to be there. Earlier ones go."""
    connection.execute(f'DELETE FROM "{StandingAnswer.table}"')  # noqa: S608
    _, (counts,) = sql.table(connection, "summary")
    if counts["articles"] >= least:
        insert(connection, StandingAnswer, _answers(connection))
        of_each = sorted(_of_each_platform(connection), key=lambda answer: answer.asked)
        insert(connection, StandingAnswer, of_each)  # those of a platform lie together


def _answers(connection: duckdb.DuckDBPyConnection) -> Iterator[StandingAnswer]:
    for chosen in EXPECTED:
        bound = choose(connection, chosen)
        only_dated = bound == asdict(Filter(basis="published"))
        questions = DATED if only_dated else (*QUESTIONS, "denominator", *DATED)
        for question, found in typed_answers(connection, questions, bound):
            yield answered(question, bound, without_per(found))
        if not only_dated:
            yield answered(TELLING, bound, without_per(first_told(connection, bound)))


def _of_each_platform(connection: duckdb.DuckDBPyConnection) -> Iterator[StandingAnswer]:
    """What a filter of a platform alone answers, for each that is a subject."""
    platforms = [row["platform_id"] for row in sql.table(connection, "subjects")[1]]
    for basis in BASES:
        bound = choose(connection, Filter(basis=basis))
        QUESTION_FILES.run(connection, "each-platform")
        questions = (*DATED, *(OF_EACH_PLATFORM if basis == Filter().basis else ()))
        found = dict(typed_answers(connection, questions, bound))
        if basis == Filter().basis:
            found[TELLING] = first_told(connection, bound, each=True)
        for question, table in found.items():
            for platform, rows in _parted(table, platforms):
                yield answered(question, bound | {"platform": platform}, rows)


def _parted(table: pa.Table, platforms: list[str]) -> Iterator[tuple[str, pa.Table]]:
    """Each platform's rows in the order of the question."""
    whose = table[PER if PER in table.column_names else "platform_id"].to_pylist()
    held: dict[str, list[int]] = {platform: [] for platform in platforms}
    for place, platform in enumerate(whose):
        if platform is not None:
            held[platform].append(place)
    rows = without_per(table).combine_chunks()
    for platform, places in held.items():
        yield platform, rows.take(np.array(places, np.int64))
