"""Rows as csv, JSON, JSON lines, markdown and a terminal's table; each guards what would read it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from rich.cells import cell_len

from pipeline.release.cells import csv_text, json_value, plain
from yuqi.terminal import clean, cut, pad

__all__ = ["csv_text", "json_text", "jsonl_text", "markdown_cell", "markdown_text", "shown", "table_text"]

WIDEST = 60  # cells of one column of a table; longer ones are cut with a sign


def json_text(columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> str:
    objects = [json_value({column: row[column] for column in columns}) for row in rows]
    return "[" + ",\n ".join(objects) + "]\n"


def jsonl_text(columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> str:
    return "".join(json_value({column: row[column] for column in columns}) + "\n" for row in rows)


def markdown_text(headings: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    lines = [headings, ["---"] * len(headings), *rows]
    return "\n".join("| " + " | ".join(markdown_cell(cell) for cell in line) + " |" for line in lines)


def markdown_cell(value: Any) -> str:
    """
    >>> markdown_cell("a|b <b>*c*")
    'a\\\\|b &lt;b&gt;\\\\*c\\\\*'
    """
    text = shown(value).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return re.sub(r"([\\`*_\[\]|#~!])", r"\\\1", text) if text != "---" else text


def table_text(headings: Sequence[str], rows: Sequence[Sequence[Any]]) -> str:
    """Columns side by side; numbers to the right, wide characters counted as two cells."""
    cells = [[cut(shown(cell), WIDEST) for cell in row] for row in rows]
    widths = [max(map(cell_len, column)) for column in zip(headings, *cells, strict=True)]
    right = [_numbers(column) for column in zip(*rows, strict=True)] if rows else [False] * len(headings)
    lines = [headings, ["─" * width for width in widths], *cells]
    return "\n".join(
        "  ".join(pad(*cell) for cell in zip(line, widths, right, strict=True)).rstrip() for line in lines
    )


def _numbers(column: Sequence[Any]) -> bool:
    return all(isinstance(v, int | float | None) and not isinstance(v, bool) for v in column)


def shown(value: Any) -> str:  # noqa: PLR0911 (one return a type)
    """One line for people."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case datetime():
            moment = value.astimezone(UTC) if value.tzinfo else value
            return moment.strftime("%Y-%m-%d %H:%M")
        case float():
            return f"{value:g}"
        case str():
            return clean(value)
        case Mapping() | list() | tuple():
            return clean(json.dumps(plain(value), ensure_ascii=False))
        case _:
            return clean(str(value))
