"""Reports and months over the articles that the URL chooses; each asked once a snapshot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from explorer.chart import Chart, bars
from explorer.desk import Desk, NotThereError, Row, Table, whole
from pipeline.store.reports import QUESTIONS, Filter, Report, choose, report, resolved, sensitive_report

# Where more of the dates than this are missing or a farm's, the months say nothing; the limit.
MAX_DOUBTFUL_SHARE = 0.3
ASSERTED = ("platforms", "practices")


@dataclass(frozen=True)
class Months:
    """How many stories fall into each month, and whether that may be drawn."""

    rows: tuple[Row, ...]
    chart: Chart | None
    doubtful_share: float

    @property
    def table(self) -> Table:
        return whole("months", self.rows)


def asked_report(desk: Desk, question: str, chosen: Filter | None = None) -> Table:
    """All rows of a report with its heading and notes, in the order asked for."""
    if question not in QUESTIONS:
        raise NotThereError(question)
    chosen = chosen or desk.asked.filter
    sort = desk.asked.get("sort") if chosen == desk.asked.filter else None
    ask = sensitive_report if desk.asked.get("sensitivity") else report

    def answer() -> Report:
        return ask(desk.connection, question, chosen, sort, None)

    found = desk.opened.remember((ask.__name__, question, chosen, sort), answer)
    return presented(desk, question, found, chosen, sort)


def presented(desk: Desk, question: str, found: Report, chosen: Filter, sort: str | None) -> Table:
    """The report as the command line says it: its notes, its ranks, its warnings."""
    said = desk.words.present(question, found, desk.asked.lang, _said(chosen))
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


def _said(chosen: Filter) -> dict[str, object]:
    return {name: getattr(chosen, name) for name in Filter.__dataclass_fields__}


def months(desk: Desk, chosen: Filter | None = None) -> Months:
    chosen = chosen or desk.asked.filter

    def answer() -> Months:
        choose(desk.connection, chosen)
        return _months(desk.rows("months"), desk.rows("doubtful")[0], chosen)

    return desk.opened.remember(("months", chosen), answer)


def _months(rows: Sequence[Row], doubt: Row, chosen: Filter) -> Months:
    """When a page was first seen is known of every one; what it says of itself is not."""
    doubtful = doubt["doubtful"] / max(doubt["articles"], 1) if chosen.basis == "published" else 0.0
    chart = bars(rows, "stories") if doubtful <= MAX_DOUBTFUL_SHARE else None
    return Months(tuple(rows), chart, doubtful)


def of_platform(desk: Desk, platform: str) -> Filter:
    """What the URL chooses, of one platform; by ids, so that a name is asked for once."""
    return resolved(desk.connection, replace(desk.asked.filter, platform=platform))
