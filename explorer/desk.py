"""What a page is made from, and what it gives: no HTML here."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Protocol

import duckdb

from crawler.workspace import Workspace
from explorer.asked import Asked
from explorer.shelf import Opened
from pipeline.questions import Questions
from pipeline.store.reports import Report
from pipeline.store.trend import Trend

QUESTIONS = Questions(Path(__file__).resolve().parent / "questions")

Row = dict[str, Any]
Meanwhile = Callable[..., Future[Any]]


class NotThereError(LookupError):
    """Nothing in this snapshot has this id; says what became of it where that is known."""


class Presented(Protocol):
    """A report with what must be said with it, in one language."""

    @property
    def columns(self) -> tuple[str, ...]: ...
    @property
    def rows(self) -> Sequence[Mapping[str, Any]]: ...
    @property
    def title(self) -> str: ...
    @property
    def notes(self) -> tuple[str, ...]: ...
    @property
    def extra(self) -> Sequence[Mapping[str, Any]]: ...


@dataclass(frozen=True)
class Words:
    """How the command line says things: the explorer says them in the same words."""

    headings: Callable[[str], Mapping[str, str]]
    present: Callable[[str, Report, str, dict[str, Any]], Presented]
    present_trend: Callable[[Trend, str, str, dict[str, str]], Presented]
    synthetic: str | None = None  # the mark of a demo's workspace


@dataclass(frozen=True)
class Desk:
    """One request: what is asked, of which snapshot, by whom."""

    workspace: Workspace
    opened: Opened
    connection: duckdb.DuckDBPyConnection
    asked: Asked
    words: Words
    is_operator: bool = False  # who runs `yuqi serve`, by the link it prints
    may_judge: bool = False  # the operator, where there is a sheet of findings to judge

    def rows(self, name: str, **parameters: object) -> list[Row]:
        """Rows of one question of the explorer's own."""
        return QUESTIONS.table(self.connection, name, **parameters)[1]


@dataclass(frozen=True)
class Table:
    """Rows as the page shows them and as its files hold them: the same records."""

    name: str
    columns: tuple[str, ...]
    rows: Sequence[Mapping[str, Any]]
    found: int  # of so many
    first: int = 0  # rows before these
    title: str = ""
    notes: tuple[str, ...] = ()
    emphasis: str | None = None  # the column that the order rests on


@dataclass(frozen=True)
class View:
    """A page: its template, what it says, and its tables, the main one first."""

    template: str
    title: str
    values: Mapping[str, Any] = field(default_factory=dict)
    tables: tuple[Table, ...] = ()

    def table(self, name: str | None) -> Table | None:
        """The one asked for, else the main one."""
        if name is None:
            return self.tables[0] if self.tables else None
        return next((table for table in self.tables if table.name == name), None)


@contextmanager
def beside(desk: Desk) -> Iterator[Meanwhile]:
    """What rests on nothing else of a page is asked meanwhile: `meanwhile(work, …)` calls `work(desk, …)`.

    It has a cursor and a thread of its own. To plan a question takes one core, whatever it has to count.
    """
    with desk.connection.cursor() as cursor, ThreadPoolExecutor(1) as thread:
        other = replace(desk, connection=cursor)
        yield lambda work, *said: thread.submit(work, other, *said)


def paged(table: Table, asked: Asked) -> Table:
    """The part of a whole table that a page, or a file, is asked to show."""
    rows = table.rows[asked.first : asked.first + asked.size]
    return replace(table, rows=rows, first=asked.first)


def whole(name: str, rows: Sequence[Row], columns: Sequence[str] = (), **more: Any) -> Table:
    """A table of all there is; columns are those of its rows."""
    return Table(name, tuple(columns or (rows[0] if rows else ())), rows, len(rows), **more)
