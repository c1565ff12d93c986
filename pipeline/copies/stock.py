"""Stock sentences: quoted law, greetings, sections that everybody copies. They belong to no template."""

from __future__ import annotations

import duckdb
import numpy as np
from numpy.typing import NDArray

from pipeline.compiled import ZERO, compiled
from pipeline.copies.aligned import Sentences, learn, no_sentences, version_of
from pipeline.copies.hashing import Numbers
from pipeline.copies.lines import Lines, line_grams
from pipeline.copies.marked import hits, is_like, mark, no_marks
from pipeline.copies.sql import lend, statement
from pipeline.copies.texts import Texts

# A sentence that stands in this many clusters, none holding this share of it, belongs to none of them
# (findings, copies.md §2).
STOCK_CLUSTERS = 5
STOCK_SHARE = 0.6
STOCK_LIKE = 0.5  # of a line's grams stand in one stock sentence: it is that, reworded or cut short


def stock_lines(connection: duckdb.DuckDBPyConnection, texts: Texts, groups: Numbers) -> NDArray[np.bool_]:
    """Lines that stand in many groups and belong to none of them, and versions of these."""
    keyed = np.flatnonzero(texts.line_keys)
    columns = {"key": texts.line_keys[keyed], "cluster": groups[texts.line_text[keyed]]}
    lend(connection, "copy_lines", columns)
    found = connection.execute(
        statement("stock_lines"), {"least_clusters": STOCK_CLUSTERS, "largest_share": STOCK_SHARE}
    ).fetchnumpy()
    stock = _among(texts.line_keys, np.sort(np.asarray(found["key"], np.uint64)))
    known = np.flatnonzero(stock)
    _, firsts = np.unique(texts.line_keys[known], return_index=True)
    _add_versions(texts.lines, stock, known[np.sort(firsts)], no_sentences(len(firsts)))
    return stock


@compiled
def _add_versions(lines: Lines, stock: NDArray[np.bool_], firsts: Numbers, known: Sentences) -> None:
    """Marks the other lines of which half stands in one stock sentence; `firsts`: each of those once."""
    count, marks = ZERO, no_marks()
    for line in firsts:
        count = learn(known, lines, (line, line + 1), count, STOCK_LIKE)
        mark(marks, line_grams(lines, line))
    for line in range(len(stock)):
        places = line_grams(lines, line)
        if not stock[line] and is_like(hits(marks, places), len(places), STOCK_LIKE):
            stock[line] = version_of(known, places, STOCK_LIKE) > 0


def _among(keys: NDArray[np.uint64], chosen: NDArray[np.uint64]) -> NDArray[np.bool_]:
    """Which of the keys are among the chosen ones, given in order."""
    if not len(chosen):
        return np.zeros(len(keys), np.bool_)
    found: NDArray[np.bool_] = chosen[np.minimum(np.searchsorted(chosen, keys), len(chosen) - 1)] == keys
    return found
