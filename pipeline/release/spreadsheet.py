"""summary.xlsx: the standing figures for people who will not open anything else.

Cells of text are written as text, so that a spreadsheet reckons nothing from a page; what is longer than a
sheet can usefully be is cut, and the first sheet says by how many rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb
import xlsxwriter

from pipeline.release.cells import CONTROL, plain
from pipeline.release.described import SYNTHETIC, Facts
from pipeline.store.reports import reports_of_chosen

NAME = "summary.xlsx"
SHEETS = ("platforms", "practices", "tips", "laws", "templates", "operators", "sites")
MAX_ROWS = 5_000  # a sheet for people; the tables hold all
MAX_CELL = 2_000  # code points; a spreadsheet holds 32,767 at most
READ_FIRST = (
    "The unit is an article, not a complaint and not a borrower.",
    "Not a sample of borrowers, not adjusted for the number of customers, text not verified.",
    "alleged, claimed and the same sentence in a template are three things; they must not be added up.",
)


@dataclass(frozen=True)
class Sheet:
    name: str
    columns: tuple[str, ...]
    rows: Sequence[Sequence[Any]]
    found: int  # rows before the sheet was cut


def write_summary(connection: duckdb.DuckDBPyConnection, facts: Facts, folder: Path) -> None:
    """Over the articles that `prepare` has chosen."""
    sheets = _sheets(connection)
    with xlsxwriter.Workbook(folder / NAME) as book:
        moment = datetime.fromisoformat(facts.date)  # no clock: the same snapshot gives the same bytes
        book.set_properties({"title": facts.title, "comments": facts.abstract, "created": moment})
        _write(book, Sheet("read first", ("what", "said"), list(_read_first(facts, sheets)), 0))
        for sheet in sheets:
            _write(book, sheet)


def _sheets(connection: duckdb.DuckDBPyConnection) -> list[Sheet]:
    told = reports_of_chosen(connection, SHEETS)
    return [
        Sheet(name, one.columns, [list(row.values()) for row in one.rows[:MAX_ROWS]], len(one.rows))
        for name, one in told.items()
    ]


def _read_first(facts: Facts, sheets: Sequence[Sheet]) -> list[tuple[str, str]]:
    told = [("title", facts.title), ("version", facts.version), ("snapshot", facts.snapshot)]
    told += [("method", facts.method), ("edition", facts.edition.name)]
    told += [("read this first", line) for line in READ_FIRST]
    if facts.synthetic:
        told.append(("synthetic", SYNTHETIC.strip("*")))
    for sheet in sheets:
        missing = sheet.found - len(sheet.rows)
        whole = "whole" if not missing else f"cut: {missing} more rows stand in the tables"
        told.append((f"sheet {sheet.name}", f"{len(sheet.rows)} rows, {whole}"))
    return told


def _write(book: Any, sheet: Sheet) -> None:
    page = book.add_worksheet(sheet.name)
    page.freeze_panes(1, 0)
    bold = book.add_format({"bold": True})
    for place, column in enumerate(sheet.columns):
        page.write_string(0, place, column, bold)
    for line, row in enumerate(sheet.rows, start=1):
        for place, value in enumerate(row):
            _write_cell(page, (line, place), plain(value))


def _write_cell(page: Any, place: tuple[int, int], value: Any) -> None:
    match value:
        case None:
            return
        case bool():
            page.write_boolean(*place, value)
        case int() | float():
            page.write_number(*place, value)
        case _:
            page.write_string(*place, CONTROL.sub("", str(value))[:MAX_CELL])
