"""The standing questions, each over `chosen` as somebody made it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.questions import Questions

QUESTION_FILES = Questions(Path(__file__).resolve().parent / "reports")
Row = dict[str, Any]
Table = tuple[tuple[str, ...], list[Row]]

PER = "per"  # first column of most questions: NULL, or the platform where each is asked about at once
OWN_PARAMETERS = {"datable": ("basis",)}
FINDINGS = "findings"
NUMBERED = "numbered"  # counts what these reports read, once for all that are asked for
# What the rows of a report stand for, of the kinds of counted_kinds.
COUNTED_KINDS = {
    "practices": "practice", "tips": "tip", "laws": "law", "sites": "site", "templates": "template",
    "operators": "operator",
}  # fmt: skip
# Of that question these are the rows of one kind: its id, what else it says.
KINDS = {
    "practices": ("practice_id", ("group", "assertion", "own")),
    "tips": ("tip_id", ("promotional",)),
    "laws": ("law_id", ("note",)),
}
OF_ONE_KIND = {name for _, own in KINDS.values() for name in own}
# A row of practices is one assertion: what is alleged or claimed beside it says nothing of it.
LEFT_OUT = {"practices": {"alleged_own_stories", "alleged_templated_stories", "claimed_stories"}}


def answers(connection: duckdb.DuckDBPyConnection, questions: Sequence[str], bound: Row) -> dict[str, Table]:
    """Columns and rows of each; what they count is counted at once for all."""
    told: dict[str, Table] = {}
    _count(connection, questions, bound)
    for name, parameters, asking in _files(questions, bound):
        columns, rows = QUESTION_FILES.table(connection, name, **parameters)
        for question in asking:
            kept = _kept(question, columns)
            kind = _kind(question)
            told[question] = (
                tuple(kept.values()),
                [
                    {new: row[old] for old, new in kept.items()}
                    for row in rows
                    if not kind or row["kind"] == kind
                ],
            )
    return {question: told[question] for question in questions}


def typed_answers(
    connection: duckdb.DuckDBPyConnection, questions: Sequence[str], bound: Row
) -> Iterator[tuple[str, pa.Table]]:
    """The same with the types of their columns, each led by `per` where its question is."""
    _count(connection, questions, bound)
    for name, parameters, asking in _files(questions, bound):
        found = QUESTION_FILES.arrow(connection, name, **parameters)
        for question in asking:
            kept = _kept(question, found.column_names, per=True)
            kind = _kind(question)
            rows = found.filter(pc.equal(found["kind"], pa.scalar(kind))) if kind else found
            yield question, rows.select(list(kept)).rename_columns(list(kept.values()))


def without_per(table: pa.Table) -> pa.Table:
    return table.drop_columns([PER]) if PER in table.column_names else table


def _count(connection: duckdb.DuckDBPyConnection, questions: Sequence[str], bound: Row) -> None:
    """Make `numbered` for those that read it."""
    if kinds := [COUNTED_KINDS[question] for question in questions if question in COUNTED_KINDS]:
        QUESTION_FILES.run(
            connection, NUMBERED, kinds=kinds, practice=bound["practice"], assertion=bound["assertion"]
        )


def _files(questions: Sequence[str], bound: Row) -> Iterator[tuple[str, Row, list[str]]]:
    """Which files are asked, with which parameters, for which of the questions."""
    if found := [question for question in questions if question in KINDS]:
        yield FINDINGS, {}, found
    for question in questions:
        if question not in KINDS:
            yield question, {name: bound[name] for name in OWN_PARAMETERS.get(question, ())}, [question]


def _kind(question: str) -> str | None:
    return COUNTED_KINDS[question] if question in KINDS else None


def _kept(question: str, columns: Sequence[str], *, per: bool = False) -> dict[str, str]:
    """Which columns of its file a question has, and as what."""
    left_out = set() if per else {PER}
    names = {}
    if question in KINDS:
        identity, own = KINDS[question]
        left_out |= LEFT_OUT.get(question, set()) | (OF_ONE_KIND - set(own)) | {"kind"}
        names = {"finding": identity}
    return {name: names.get(name, name) for name in columns if name not in left_out}
