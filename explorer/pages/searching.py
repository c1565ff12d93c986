"""An exact phrase, in either script; counts of reports never come from here."""

from __future__ import annotations

from explorer.desk import Desk, Row, Table, View
from explorer.marks import Span, pieces
from explorer.texts import say
from pipeline.script import simplify

COLUMNS = ("article_id", "url", "title", "snippet", "story_id", "site_id", "state")
MAX_PHRASE = 200  # characters


def search(desk: Desk) -> View:
    asked = desk.asked
    phrase = (asked.get("q") or "")[:MAX_PHRASE]
    rows = _found(desk, phrase) if phrase else []
    found = rows[0]["found"] if rows else 0
    values = {"q": phrase, "stories": rows[0]["stories"] if rows else 0, "current": "search"}
    table = Table("search", COLUMNS, [_with_mark(row) for row in rows], found, asked.first)
    return View("search.html", say(asked.lang, "title", "search"), values, (table,))


def _found(desk: Desk, phrase: str) -> list[Row]:
    phrases = list(dict.fromkeys((phrase, simplify(phrase, "hant"))))
    asked = desk.asked
    return desk.rows("search", phrases=phrases, site=asked.filter.site, first=asked.first, size=asked.size)


def _with_mark(row: Row) -> Row:
    start = row["snippet_start"]
    return {**row, "marked": pieces(row["snippet"], [Span(start, start + row["n_chars"], "found")])}
