"""Results in the form that was asked for: data on stdout, what is said about them where it fits.

A table or markdown carries its heading and notes; csv, json and jsonl carry rows only, so that a program
reads exactly the documented columns, and the notes go to stderr.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from yuqi import formats
from yuqi.terminal import clean

SYNTHETIC = "SYNTHETIC 合成样本"
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Result:
    """Rows with their columns in order. `hidden` columns are for programs only: too wide for a table."""

    columns: tuple[str, ...]
    rows: Sequence[Row]
    title: str = ""
    notes: tuple[str, ...] = ()
    headings: Mapping[str, str] | None = None
    hidden: frozenset[str] = frozenset()
    extra: Sequence[Row] = ()  # per row, columns for people only: a rank, a warning

    def for_people(self) -> tuple[list[str], list[list[Any]]]:
        """Heading cells and rows as a table shows them."""
        shown = [column for column in self.columns if column not in self.hidden]
        added = list(self.extra[0]) if self.extra else []
        names = self.headings or {}
        rows = [[row[c] for c in shown] for row in self.rows]
        if self.extra:
            rows = [[*row, *more.values()] for row, more in zip(rows, self.extra, strict=True)]
        return [names.get(c, c) for c in [*shown, *added]], rows


@dataclass(frozen=True)
class Look:
    form: str = "table"
    lang: str = "en"
    synthetic: bool = False


WRITERS: dict[str, Callable[[Sequence[str], Sequence[Row]], str]] = {
    "csv": formats.csv_text,
    "json": formats.json_text,
    "jsonl": formats.jsonl_text,
}


def emit(result: Result, look: Look) -> None:
    title = " · ".join(part for part in (result.title, SYNTHETIC if look.synthetic else "") if part)
    if look.form in WRITERS:
        write_data(WRITERS[look.form](result.columns, result.rows))
        say([title, *result.notes])
        return
    headings, rows = result.for_people()
    notes = ["", *filter(None, result.notes)] if any(result.notes) else []
    if look.form == "markdown":
        body = [f"## {formats.markdown_cell(title)}", ""] if title else []
        body += [formats.markdown_text(headings, rows), *[f"\n{formats.markdown_cell(n)}" for n in notes[1:]]]
        print("\n".join(body))
    else:
        print("\n".join([*([title, ""] if title else []), formats.table_text(headings, rows), *notes]))


def emit_object(value: Row, columns: Sequence[str], look: Look, text: str) -> None:
    """One object: `text` for people, an array of one for programs."""
    if look.form in WRITERS:
        write_data(WRITERS[look.form](columns, [value]))
        say([SYNTHETIC] if look.synthetic else [])
    else:
        print("\n".join([*([SYNTHETIC] if look.synthetic else []), text]))


def write_data(text: str) -> None:
    """UTF-8, whatever the terminal's encoding: a program reads it."""
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8")
    sys.stdout.write(text)


def say(lines: Sequence[str]) -> None:
    for line in lines:
        if line:
            print(clean(line), file=sys.stderr)
