"""Reports and months over the articles that the URL chooses; each asked once a snapshot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from explorer.chart import Chart, bars
from explorer.desk import Desk, NotThereError, Table, whole
from pipeline.store.reports import (
    QUESTIONS,
    Filter,
    Report,
    reports,
    resolved,
    sensitive_report,
)
from pipeline.store.trend import Trend, trend


@dataclass(frozen=True)
class Months:
    """How many stories fall into each month, drawn where the dates carry it."""

    table: Table
    chart: Chart | None


def asked_report(desk: Desk, question: str) -> Table:
    """All rows of a report with its heading and notes, in the order asked for."""
    if question not in QUESTIONS:
        raise NotThereError(question)
    chosen, sort = desk.asked.filter, desk.asked.get("sort")
    if desk.asked.get("sensitivity"):
        key = ("sensitive", question, chosen, sort)
        found = desk.opened.remember(key, lambda: sensitive_report(desk.connection, question, chosen, sort))
        return presented(desk, question, found, chosen, sort)
    return asked_reports(desk, (question,), chosen, sort)[question]


def asked_reports(
    desk: Desk, questions: Sequence[str], chosen: Filter, sort: str | None = None
) -> dict[str, Table]:
    """Several, of the same articles, which are chosen once."""
    key = ("reports", tuple(questions), chosen, sort)
    found = desk.opened.remember(key, lambda: reports(desk.connection, questions, chosen, sort))
    return {question: presented(desk, question, found[question], chosen, sort) for question in questions}


def presented(desk: Desk, question: str, found: Report, chosen: Filter, sort: str | None = None) -> Table:
    """The report as the command line says it: its notes, its ranks, its warnings."""
    said = desk.words.present(question, found, desk.asked.lang, vars(chosen))
    extra = tuple(said.extra[0]) if said.extra else ()
    rows = [{**row, **more} for row, more in zip(said.rows, said.extra, strict=True)] if extra else said.rows
    columns = (*(name for name in extra if name == "rank"), *said.columns, *(n for n in extra if n != "rank"))
    return Table(
        name=question,
        columns=columns,
        rows=rows,
        found=found.found,
        title=said.title,
        notes=tuple(note for note in said.notes if note),
        emphasis=sort or ("alleged_own_stories" if found.ranked else None),
    )


def months(desk: Desk, chosen: Filter) -> Months:
    """What `report --trend` says of these articles, and its bars."""
    found: Trend = desk.opened.remember(("months", chosen), lambda: trend(desk.connection, chosen))
    said = desk.words.present_trend(found, desk.asked.lang, chosen.basis, desk.opened.facts)
    notes = tuple(note for note in said.notes if note)
    table = whole("months", found.rows, found.columns, title=said.title, notes=notes)
    return Months(table, bars(found.rows, "stories"))


def of_platform(desk: Desk, platform: str) -> Filter:
    """What the URL chooses, of one platform; by ids, so that a name is asked for once."""
    return resolved(desk.connection, replace(desk.asked.filter, platform=platform))
