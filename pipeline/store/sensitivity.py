"""How a report's figures move when texts are joined from a lower or a higher likeness on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import duckdb

from crawler.definitions import DefinitionError
from pipeline.questions import Questions

THRESHOLDS = ("loose", "strict")
# What depends on how texts are joined; pages, sites and operators do not.
MOVING = ("stories", "templates", "alleged_own_stories", "alleged_templated_stories", "claimed_stories")
IDENTITY = {"practices": ("practice_id", "assertion", "own")}  # else the first column, the id

Row = dict[str, Any]
Table = tuple[tuple[str, ...], list[Row]]


def with_thresholds(
    connection: duckdb.DuckDBPyConnection, files: Questions, question: str, ask: Callable[[], Table]
) -> Table:
    """The rows that `ask` gives, and beside each moving figure what it is at the other thresholds.

    The same question is asked again over `chosen` as joined at each of them; `chosen` is as before then.
    """
    if not files.rows(connection, "known-thresholds"):
        raise DefinitionError("--sensitivity: this snapshot holds no other thresholds; run `yuqi build`")
    columns, rows = ask()
    identity = IDENTITY.get(question, columns[:1])
    connection.execute("RESET VARIABLE chosen_for").fetchall()
    connection.execute("CREATE OR REPLACE TEMP TABLE chosen_as_kept AS FROM chosen").fetchall()
    for threshold in THRESHOLDS:
        files.run(connection, "regrouped", threshold=threshold)
        connection.execute("CREATE OR REPLACE TEMP VIEW chosen AS FROM regrouped").fetchall()
        moved = {tuple(row[name] for name in identity): row for row in ask()[1]}
        for row in rows:
            other = moved[tuple(row[name] for name in identity)]
            row |= {f"{name}_{threshold}": other[name] for name in MOVING if name in columns}
    connection.execute("CREATE OR REPLACE TEMP VIEW chosen AS FROM chosen_as_kept").fetchall()
    return _widened(columns), [{name: row[name] for name in _widened(columns)} for row in rows]


def _widened(columns: Sequence[str]) -> tuple[str, ...]:
    """Each moving column, then the same at the other thresholds."""
    return tuple(
        name
        for column in columns
        for name in (column, *(f"{column}_{t}" for t in THRESHOLDS if column in MOVING))
    )
