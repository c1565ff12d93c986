"""Who is named, by how many independent texts: the front page."""

from __future__ import annotations

from explorer.asking import asked_report, months
from explorer.desk import Desk, View, beside, paged
from pipeline.store import sql


def overview(desk: Desk) -> View:
    with beside(desk) as meanwhile:
        asked = meanwhile(months, desk.asked.filter)
        ranking = asked_report(desk, "platforms")
        by_month = asked.result()
    counts = desk.opened.remember("summary", lambda: _summary(desk))
    values = {"counts": counts, "months": by_month, "current": "platforms"}
    return View("overview.html", ranking.title, values, (paged(ranking, desk.asked), by_month.table))


def _summary(desk: Desk) -> dict[str, int]:
    found = desk.connection.execute(sql.sql("summary"))
    names = [column[0] for column in found.description or ()]
    return dict(zip(names, found.fetchall()[0], strict=True))


def standing_report(desk: Desk, question: str) -> View:
    """One of the standing questions, in full."""
    table = asked_report(desk, question)
    return View("report.html", table.title, {"current": question}, (paged(table, desk.asked),))
