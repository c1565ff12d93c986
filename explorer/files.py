"""A table of a page as a file: the same rows, whole or saying how much is missing."""

from __future__ import annotations

import json
from typing import Any

from starlette.responses import Response

from explorer.desk import Desk, Table, View
from pipeline.release.cells import csv_text, json_value

BOM = "\ufeff"  # without it, Excel takes UTF-8 for something else
TYPES = {"csv": "text/csv; charset=utf-8", "json": "application/json"}


def file_of(view: View, table: Table, desk: Desk) -> Response:
    """CSV has rows only, so its name and headers say what is missing; JSON says it itself."""
    form = desk.asked.form
    if form == "json":
        text = _json(view, table, desk)
    else:
        text = csv_text(table.columns, table.rows)
        text = BOM + text if desk.asked.get("excel") else text
    headers = {
        "Content-Disposition": f'attachment; filename="{_name(table, desk)}.{form}"',
        "X-Rows": str(len(table.rows)),
        "X-Rows-Found": str(table.found),
        "X-Snapshot": desk.opened.name,
    }
    return Response(text.encode(errors="replace"), media_type=TYPES[form], headers=headers)


def _name(table: Table, desk: Desk) -> str:
    part = (
        "" if len(table.rows) == table.found else f"-rows-{table.first + 1}-{_last(table)}-of-{table.found}"
    )
    return f"yuqi-{table.name}{part}-{desk.opened.name}"


def _last(table: Table) -> int:
    return table.first + len(table.rows)


def _json(view: View, table: Table, desk: Desk) -> str:
    about: dict[str, Any] = {
        "page": view.title,
        "table": table.name,
        "snapshot": desk.opened.name,
        "query": desk.asked.url(format=None, table=None),
        "first": table.first + 1,
        "shown": len(table.rows),
        "found": table.found,
        "missing": table.found - len(table.rows),
        "notes": [note for note in table.notes if note],
    }
    if desk.words.synthetic:
        about["synthetic"] = desk.words.synthetic
    rows = [json_value({column: row.get(column) for column in table.columns}) for row in table.rows]
    head = json.dumps(about, ensure_ascii=True)[:-1]
    return head + ', "rows": [' + ",\n ".join(rows) + "]}\n"
