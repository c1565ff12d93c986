"""The standing questions: one SQL file each, over the articles that a filter chooses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Literal, get_args

import duckdb

from crawler.definitions import DefinitionError
from pipeline.store.answering import QUESTION_FILES, answers
from pipeline.store.meta import facts
from pipeline.store.review import Precision, precision
from pipeline.store.sensitivity import THRESHOLDS, Row, Table, with_thresholds
from pipeline.store.standing import standing_answers

QUESTIONS = (
    "platforms", "practices", "tips", "laws", "templates", "operators", "sites", "unknown-platforms",
    "tip-candidates",
)  # fmt: skip
DateBasis = Literal["first-seen", "published"]  # of dates
BASES: tuple[DateBasis, ...] = get_args(DateBasis)
REVIEW_LISTS = (
    "unknown-platforms",
    "tip-candidates",
)  # nobody looked at these rows; their id is what they say
RANKED_STORIES = 5  # fewer allegations of their own say nothing about an order
RANKED_OPERATORS = 2  # one operator may write anything as often as he likes


@dataclass(frozen=True)
class Filter:
    """What a report is restricted to; None lets everything through. Days are Asia/Shanghai, inclusive."""

    platform: str | None = None
    practice: str | None = None
    site: str | None = None
    state: str | None = None
    assertion: str | None = None
    since: date | None = None
    until: date | None = None
    basis: DateBasis = "first-seen"


class Resolved(Filter):
    """One that names ids of this corpus, so that nobody looks for them again."""


@dataclass(frozen=True)
class Report:
    columns: tuple[str, ...]
    rows: list[Row]
    found: int  # rows before the limit
    ranked: int  # of the rows, the first so many hold a rank; platforms only
    basis: Row  # denominators of denominator.sql and what the snapshot says about itself
    precision: tuple[Precision, ...] = ()  # of this workspace's rules, as people judged samples


@dataclass(frozen=True)
class Basis:
    """What stands below every report."""

    figures: Row
    judged: tuple[Precision, ...]


def report(
    connection: duckdb.DuckDBPyConnection,
    question: str,
    chosen: Filter,
    sort: str | None = None,
    limit: int | None = None,
) -> Report:
    """Rows of one question in the order asked for, else in the question's own."""
    tables = ask(connection, (question, "denominator"), chosen)
    return _arranged(question, tables[question], (sort, limit), _basis(connection, tables["denominator"]))


def reports(
    connection: duckdb.DuckDBPyConnection, questions: Sequence[str], chosen: Filter, sort: str | None = None
) -> dict[str, Report]:
    """Several of the same articles, by `sort` or in their own order."""
    tables = ask(connection, (*questions, "denominator"), chosen)
    basis = _basis(connection, tables["denominator"])
    return {question: _arranged(question, tables[question], (sort, None), basis) for question in questions}


def reports_of_chosen(connection: duckdb.DuckDBPyConnection, questions: Sequence[str]) -> dict[str, Report]:
    """Several over `chosen` as somebody else made it, whatever else it leaves out."""
    bound = asdict(Filter())
    tables = answers(connection, (*questions, "denominator"), bound)
    basis = _basis(connection, tables["denominator"])
    return {question: _arranged(question, tables[question], (None, None), basis) for question in questions}


def sensitive_report(
    connection: duckdb.DuckDBPyConnection,
    question: str,
    chosen: Filter,
    sort: str | None = None,
    limit: int | None = None,
) -> Report:
    """The same, and beside each figure that depends on how texts are joined what else it could be."""
    bound = choose(connection, chosen)

    def asked_now(name: str = question) -> Table:
        return answers(connection, (name,), bound)[name]

    table = with_thresholds(connection, QUESTION_FILES, question, asked_now)
    basis = _basis(connection, asked_now("denominator"))
    table = _with_ranks(table) if question == "platforms" else table
    return _arranged(question, table, (sort, limit), basis)


def ask(connection: duckdb.DuckDBPyConnection, questions: Sequence[str], chosen: Filter) -> dict[str, Table]:
    """As answered with the snapshot, where all of them were; else the articles are chosen and counted now."""
    chosen = resolved(connection, chosen)
    known = standing_answers(connection, questions, asdict(chosen))
    if len(known) == len(questions):
        return known
    return answers(connection, questions, choose(connection, chosen))


def _arranged(question: str, table: Table, order: tuple[str | None, int | None], basis: Basis) -> Report:
    (columns, rows), (sort, limit) = table, order
    ranked = 0
    if sort is not None:
        rows = sorted_by(rows, columns, sort)
    elif question == "platforms":
        rows, ranked = ranking(rows)
    return Report(columns, rows[:limit], len(rows), min(ranked, limit or ranked), basis.figures, basis.judged)


def _basis(connection: duckdb.DuckDBPyConnection, denominator: Table) -> Basis:
    return Basis(denominator[1][0] | facts(connection), tuple(precision(connection)))


def choose(connection: duckdb.DuckDBPyConnection, chosen: Filter | None = None) -> Row:
    """Make `chosen`, the temporary view that every question reads; the filter as it was bound."""
    bound = asdict(resolved(connection, chosen or Filter()))
    if QUESTION_FILES.rows(connection, "chosen-for") == [(repr(bound),)]:
        return bound  # a page asks ten questions of the same articles
    QUESTION_FILES.run(connection, "asked", **bound)
    QUESTION_FILES.run(connection, "chosen")
    if bound["practice"] is not None or bound["assertion"] is not None:
        QUESTION_FILES.run(connection, "spoken")
    QUESTION_FILES.run(connection, "now-chosen", filter=repr(bound))
    return bound


def resolved(connection: duckdb.DuckDBPyConnection, chosen: Filter) -> Resolved:
    """The same filter by ids; a platform may be given by its name or an alias. Unknown ones are refused."""
    if isinstance(chosen, Resolved):
        return chosen
    for option in ("platform", "practice", "site"):
        value = getattr(chosen, option)
        if value is None:
            continue
        _, known = QUESTION_FILES.table(connection, f"known-{option}", said=value)
        if not known:
            raise DefinitionError(f"--{option}: `{value}` is not in this corpus; see `yuqi report {option}s`")
        chosen = replace(chosen, **{option: known[0]["id"]})
    return Resolved(**asdict(chosen))


def platform_id(connection: duckdb.DuckDBPyConnection, said: str) -> str | None:
    """By id, name or alias; None where the gazetteer has none."""
    known = QUESTION_FILES.table(connection, "known-platform", said=said)[1]
    return str(known[0]["id"]) if known else None


def ranking(rows: Sequence[Row], threshold: str = "") -> tuple[list[Row], int]:
    """Only what enough independent people allege orders anybody; the others keep the order of their ids.

    `threshold`: `_loose` or `_strict` for the order in which they would stand there.
    """
    stories = f"alleged_own_stories{threshold}"
    enough = [
        row
        for row in rows
        if row[stories] >= RANKED_STORIES and row["alleged_own_operators"] >= RANKED_OPERATORS
    ]
    enough.sort(key=lambda row: (-row[stories], -row["alleged_own_operators"], row["platform_id"]))
    held = {row["platform_id"] for row in enough}
    return [*enough, *(row for row in rows if row["platform_id"] not in held)], len(enough)


def _with_ranks(table: Table) -> Table:
    """The rank as counted, and what it would be at the other thresholds; NULL where there is none."""
    columns, rows = table
    for threshold in ("", *(f"_{name}" for name in THRESHOLDS)):
        ordered, ranked = ranking(rows, threshold)
        for place, row in enumerate(ordered, 1):
            row[f"rank{threshold}"] = place if place <= ranked else None
    ranks = ("rank", *(f"rank_{name}" for name in THRESHOLDS))
    return (*columns, *ranks), rows


def sorted_by(rows: Sequence[Row], columns: Sequence[str], sort: str) -> list[Row]:
    """Numbers and times from the largest, words from a to z; what is not known stands last."""
    if sort not in columns:
        raise DefinitionError(f"--sort: no column `{sort}`; there are {', '.join(columns)}")
    known = [row for row in rows if row[sort] is not None]
    down = bool(known) and not isinstance(known[0][sort], str)
    return sorted(known, key=lambda row: row[sort], reverse=down) + [row for row in rows if row[sort] is None]
