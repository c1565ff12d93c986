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
        levels = (np.count_nonzero(np.unique(self.levels[level][rows])) for level in LEVELS)
        return Counts(len(rows), *map(int, levels))

    def one_a_story_first(self, rows: Numbers) -> Numbers:
        """One text of each story, then the second of each, and so on: the first page shows different ones."""
        if not len(rows):
            return rows
        story = self.levels["story"][rows]
        starts = np.flatnonzero(np.diff(story, prepend=-1))
        nth = np.arange(len(rows)) - np.repeat(starts, np.diff(starts, append=len(rows)))
        ordered: Numbers = rows[np.lexsort((rows, nth))]
        return ordered


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
