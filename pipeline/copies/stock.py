"""Stock sentences: quoted law, greetings, sections that everybody copies. They belong to no template."""

from __future__ import annotations

import duckdb
import numpy as np
from numpy.typing import NDArray

from pipeline.copies.aligned import Aligned
from pipeline.copies.hashing import Numbers
from pipeline.copies.marked import Gathered
from pipeline.copies.sql import lend, statement
from pipeline.copies.texts import Texts

# A sentence that stands in this many clusters, none holding this share of it, belongs to none of them
# (findings, copies.md §2).
STOCK_CLUSTERS = 5
STOCK_SHARE = 0.6
STOCK_LIKE = 0.5  # of a line's grams stand in one stock sentence: it is that, reworded or cut short
LINES = 1 << 13  # looked at together
NOTHING = np.empty(0, np.int64)


def stock_lines(connection: duckdb.DuckDBPyConnection, texts: Texts, groups: Numbers) -> NDArray[np.bool_]:
    """Lines that stand in many groups and belong to none of them, and versions of these."""
    keyed = np.flatnonzero(texts.line_keys)
    columns = {"key": texts.line_keys[keyed], "cluster": groups[texts.line_text[keyed]]}
    lend(connection, "copy_lines", columns)
    found = connection.execute(
        statement("stock_lines"), {"least_clusters": STOCK_CLUSTERS, "largest_share": STOCK_SHARE}
    ).fetchnumpy()
    stock: NDArray[np.bool_] = np.isin(texts.line_keys, np.asarray(found["key"], np.uint64))
    stock[_versions(texts, stock)] = True
    return stock


def _versions(texts: Texts, stock: NDArray[np.bool_]) -> Numbers:
    """Other lines of which half stands in one stock sentence; asked are those of which half stands in any."""
    known = np.flatnonzero(stock)
    _, firsts = np.unique(texts.line_keys[known], return_index=True)
    aligned = Aligned(texts, STOCK_LIKE)
    for line in known[np.sort(firsts)].tolist():
        aligned.learn_lines(Gathered.of_lines(texts, np.array([line])))
    found = [NOTHING]
    for start in range(0, len(stock), LINES):
        lines = np.arange(start, min(start + LINES, len(stock)))
        lines = lines[~stock[lines] & (_hits(texts, aligned, lines) >= STOCK_LIKE * texts.line_sizes[lines])]
        gathered = Gathered.of_lines(texts, lines)
        found.append(lines[aligned.versions_of(gathered).sentences > 0])
    return np.concatenate(found)


def _hits(texts: Texts, aligned: Aligned, lines: Numbers) -> Numbers:
    """How many grams of each of these neighbouring lines stand in any stock sentence."""
    starts = texts.line_starts[lines[0] : lines[-1] + 2]
    total = np.concatenate([[0], np.cumsum(aligned.table[texts.places[starts[0] : starts[-1]]] > 0)])
    hits: Numbers = np.diff(total[starts - starts[0]])
    return hits
