"""The quotes behind a figure, one a story."""

from __future__ import annotations

from explorer.desk import Desk, Table, View
from explorer.quotes import COLUMNS, kept, quoted
from explorer.texts import say
from pipeline.store.reports import resolved
from pipeline.store.telling import Wanted


def quotes(desk: Desk) -> View:
    asked = desk.asked
    chosen = resolved(desk.connection, asked.filter)
    wanted = Wanted(chosen, asked.get("kind"), asked.get("finding"))
    rows, found = quoted(desk, wanted, asked.first, asked.size)
    table = Table("evidence", COLUMNS, kept(rows), found, asked.first)
    title = say(asked.lang, "title", "evidence")
    return View("evidence.html", title, {"current": "evidence"}, (table,))
