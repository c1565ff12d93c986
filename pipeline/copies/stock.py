"""Stock sentences: quoted law, greetings, sections that everybody copies. They belong to no template."""

from __future__ import annotations

import duckdb
import numpy as np
from numpy.typing import NDArray

from pipeline.copies.aligned import Sentences, learn, no_sentences, version_of
from pipeline.copies.compiled import compiled
from pipeline.copies.hashing import Numbers
from pipeline.copies.lines import Lines, line_grams
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
    stock: NDArray[np.bool_] = np.isin(texts.line_keys, np.asarray(found["key"], np.uint64))
    known = np.flatnonzero(stock)
    _, firsts = np.unique(texts.line_keys[known], return_index=True)
    _add_versions(texts.lines, stock, known[np.sort(firsts)], no_sentences(len(firsts)))
    return stock


@compiled
def _add_versions(lines: Lines, stock: NDArray[np.bool_], firsts: Numbers, known: Sentences) -> None:
    """Marks the other lines of which half stands in one stock sentence; `firsts`: each of those once."""
    count = 0
    for line in firsts:
        count = learn(known, lines, (line, line + 1), count, STOCK_LIKE)
    for line in range(len(stock)):
        if not stock[line] and version_of(known, line_grams(lines, line), STOCK_LIKE):
            stock[line] = True
