"""What every article of a snapshot counts as, in memory: a search takes less time than DuckDB to plan one."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
from numpy.typing import NDArray

from pipeline.search.index import QUESTIONS

Numbers = NDArray[np.int64]
LEVELS = ("story", "template", "site", "operator")


@dataclass(frozen=True)
class Counts:
    """How many independent ones; what is unsourced counts in no site and no operator."""

    pages: int
    stories: int
    templates: int
    sites: int
    operators: int


@dataclass(frozen=True)
class Catalogue:
    """Rows of catalogue.sql as columns; `places` leads from an article's number to its row."""

    article: NDArray[np.uint64]
    levels: dict[str, Numbers]
    sorted_articles: NDArray[np.uint64]
    places: Numbers

    def rows_of(self, articles: list[int]) -> Numbers:
        """Rows of these articles, in the catalogue's order; what is no current article has none."""
        wanted = np.array(articles, np.uint64)
        at = np.searchsorted(self.sorted_articles, wanted)
        at[at == len(self.sorted_articles)] = 0
        known = self.sorted_articles[at] == wanted if len(self.sorted_articles) else np.zeros(len(at), bool)
        return np.sort(self.places[at[known]])

    def counts(self, rows: Numbers) -> Counts:
        return Counts(len(rows), *(_distinct(self.levels[level], rows) for level in LEVELS))

    def other_than(self, rows: Numbers) -> Numbers:
        """All rows but these: an index holds exactly the articles that the catalogue has."""
        kept = np.ones(len(self.article), bool)
        kept[rows] = False
        return np.flatnonzero(kept)

    def one_a_story_first(self, rows: Numbers, last: int) -> Numbers:
        """One text of each story, then the second of each, and so on: the first page shows different ones.

        Where the first `last` are all of different stories, only the first of each story are given.
        """
        if not len(rows):
            return rows
        story = self.levels["story"][rows]
        starts = np.flatnonzero(np.diff(story, prepend=-1))
        if last <= len(starts):
            firsts: Numbers = rows[starts]
            return firsts
        nth = np.arange(len(rows)) - np.repeat(starts, np.diff(starts, append=len(rows)))
        ordered: Numbers = rows[np.lexsort((rows, nth))]
        return ordered


def _distinct(numbers: Numbers, rows: Numbers) -> int:
    """How many of the numbers from 1 on these rows hold, by marking them: sorting takes ten times as long."""
    held = np.zeros(int(numbers.max(initial=0)) + 1, bool)
    held[numbers[rows]] = True
    return int(np.count_nonzero(held[1:]))


def catalogue(connection: duckdb.DuckDBPyConnection, snapshot: Path) -> Catalogue:
    """Read once for a snapshot, and again when a takedown has rewritten it."""
    known = snapshot.stat()
    key = (str(snapshot), known.st_ino, known.st_mtime_ns)
    if key not in _READ:
        while len(_READ) >= MOST_HELD:
            _READ.pop(next(iter(_READ)))
        _READ[key] = _read(connection)
    return _READ[key]


def _read(connection: duckdb.DuckDBPyConnection) -> Catalogue:
    found: dict[str, Any] = connection.execute(QUESTIONS.sql("catalogue")).fetchnumpy()
    article = np.asarray(found["article"], np.uint64)
    order = np.argsort(article)
    levels = {level: np.asarray(found[level], np.int64) for level in LEVELS}
    return Catalogue(article, levels, article[order], order)


MOST_HELD = 2  # snapshots: the newest, and the one that readers still hold
_READ: dict[tuple[str, int, int], Catalogue] = {}
