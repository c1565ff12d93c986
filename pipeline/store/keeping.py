"""Answering what most readers ask when a snapshot is made."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict

import duckdb

from pipeline.store import sql
from pipeline.store.load import insert
from pipeline.store.reports import QUESTION_FILES, QUESTIONS, Filter, choose, own_parameters
from pipeline.store.standing import DATED, answered
from pipeline.tables import StandingAnswer

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


def keep_answers(connection: duckdb.DuckDBPyConnection, least: int = LEAST_ARTICLES) -> None:
    """The last thing that a store is given: everything that is counted has to be there. Earlier ones go."""
    connection.execute(f'DELETE FROM "{StandingAnswer.table}"')  # noqa: S608
    _, (counts,) = sql.table(connection, "summary")
    if counts["articles"] >= least:
        insert(connection, StandingAnswer, _answers(connection))


def _answers(connection: duckdb.DuckDBPyConnection) -> Iterator[StandingAnswer]:
    for chosen in EXPECTED:
        bound = choose(connection, chosen)
        only_dated = bound == asdict(Filter(basis="published"))
        for question in DATED if only_dated else (*QUESTIONS, "denominator", *DATED):
            own = own_parameters(question, bound)
            yield answered(question, bound, QUESTION_FILES.arrow(connection, question, **own))
