"""An exact phrase, in either script; counts of reports never come from here."""

from __future__ import annotations

from pathlib import Path

from explorer.desk import Desk, Row, Table, View
from explorer.marks import Span, pieces
from explorer.texts import say
from pipeline.search.find import COLUMNS, LONGEST, Found, Window
from pipeline.search.find import search as find
from pipeline.store.reports import Filter


def search(desk: Desk) -> View:
    asked = desk.asked
    phrase = (asked.get("q") or "")[:LONGEST]
    found = _found(desk, phrase) if phrase else None
    rows = [_with_mark(row, found.phrases) for row in found.rows] if found else []
    values = {"q": phrase, "counts": found.counts if found else None, "current": "search"}
    table = Table("search", COLUMNS, rows, found.counts.pages if found else 0, asked.first)
    return View("search.html", say(asked.lang, "title", "search"), values, (table,))


def _found(desk: Desk, phrase: str) -> Found:
    chosen = desk.asked.filter
    only = None if chosen == Filter(basis=chosen.basis) else chosen
    window = Window(desk.asked.size, desk.asked.first)
    return find(desk.connection, Path(desk.opened.key[0]), phrase, only, window)


def _with_mark(row: Row, phrases: tuple[str, ...]) -> Row:
    """The phrase stands in the snippet as the text has it; where a line end cut it, nothing is marked."""
    snippet = row["snippet"]
    places = [(at, phrase) for phrase in phrases if (at := snippet.find(phrase)) >= 0]
    return {**row, "marked": pieces(snippet, [Span(at, at + len(said), "found") for at, said in places[:1]])}
