"""Which articles share a text: candidates by SQL, comparison in numpy, guarded groups."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import duckdb
import numpy as np
from numpy.typing import NDArray

from pipeline.copies.groups import LEAST_COVERED, SURELY_COVERED, Rule, cores_of, grouped
from pipeline.copies.hashing import Numbers
from pipeline.copies.leaders import leaders
from pipeline.copies.sql import lend, numbers, run, statement
from pipeline.copies.stitched import stitched
from pipeline.copies.texts import PLACE_BITS, Texts, texts_of

# A sentence that stands in this many clusters, none holding this share of it, belongs to none of them
# (findings, copies.md §2).
STOCK_CLUSTERS = 5
STOCK_SHARE = 0.6
STOCK_LIKE = 0.5  # of a line's grams: it is a stock sentence reworded or cut short
SETTLED = 0.85  # covered so far, a core is not asked again when stock sentences are known
STOCK_BOUND = 0.2  # of a text: it may be in its group for the sake of quoted law
LINES = 1 << 14  # looked at together
FETCHED = 1000  # normal forms at a time, some 5 megabytes


@dataclass(frozen=True)
class Compared:
    """The normal forms of all units, and which of their lines are stock sentences."""

    texts: Texts
    stock: NDArray[np.bool_]


def cluster_units(connection: duckdb.DuckDBPyConnection) -> Compared:
    """copy_articles → copy_clusters(unit, cluster), copy_stitched(unit, first, second).

    Stock sentences are counted over groups that only a text goes into which is theirs beyond doubt; then they
    are nothing to compare.
    """
    texts = texts_of(_bodies(connection))
    pages = numbers(connection, "unit_pages")["pages"]
    pairs = _pairs(connection, texts)
    counted = np.ones(len(texts.line_sizes), np.bool_)
    leader = leaders(texts, pages, pairs, counted)
    sure = grouped(texts, cores_of(texts, leader, pages, counted), Rule(counted, SURELY_COVERED))
    stock = _stock(connection, texts, sure.clusters(leader))
    leader = _settled(texts, pages, pairs, sure.clusters(leader, SETTLED), stock)
    found = grouped(texts, cores_of(texts, leader, pages, ~stock), Rule(~stock, LEAST_COVERED))
    clusters = found.clusters(leader)
    lend(connection, "copy_grouped", {"unit": np.arange(len(clusters)), "cluster": clusters})
    _lend_stitched(connection, stitched(texts, found, ~stock), leader)
    run(connection, "clusters")
    return Compared(texts, stock)


def _settled(
    texts: Texts, pages: Numbers, pairs: tuple[Numbers, Numbers], sure: Numbers, stock: NDArray[np.bool_]
) -> Numbers:
    """Leaders of the groups that are sure; texts that are half stock sentences are led anew, by the rest."""
    total = np.bincount(texts.line_text, texts.line_sizes, minlength=len(texts))
    heavy = np.bincount(texts.line_text, texts.line_sizes * stock, minlength=len(texts)) > STOCK_BOUND * total
    first = np.full(len(texts), len(texts), np.int64)
    np.minimum.at(first, sure[~heavy], np.flatnonzero(~heavy))
    settled = np.where(heavy[sure], first[sure], sure)
    both = heavy[pairs[0]] & heavy[pairs[1]]
    anew = leaders(texts, pages, (pairs[0][both], pairs[1][both]), ~stock)
    leader: Numbers = np.where(heavy, anew, settled)
    return leader


def _lend_stitched(
    connection: duckdb.DuckDBPyConnection, parents: dict[int, tuple[int, int]], leader: Numbers
) -> None:
    """Copies of a stitched page are stitched too."""
    units = np.flatnonzero(np.isin(leader, np.array(list(parents), np.int64)))
    both = np.array([parents[text] for text in leader[units].tolist()], np.int64).reshape(-1, 2)
    lend(connection, "copy_parents", {"unit": units, "first": both[:, 0], "second": both[:, 1]})


def _bodies(connection: duckdb.DuckDBPyConnection) -> Iterator[str]:
    """Read to the end before anything else is asked of the connection."""
    result = connection.execute(statement("unit_texts"))
    while batch := result.fetchmany(FETCHED):
        yield from (body for (body,) in batch)


def _pairs(connection: duckdb.DuckDBPyConnection, texts: Texts) -> tuple[Numbers, Numbers]:
    count, bands = texts.bands.shape
    lend(connection, "copy_bands", {"hash": texts.bands.ravel(), "unit": np.repeat(np.arange(count), bands)})
    found = numbers(connection, "candidates")
    return found["lower"], found["upper"]


def _stock(connection: duckdb.DuckDBPyConnection, texts: Texts, groups: Numbers) -> NDArray[np.bool_]:
    """Lines that stand in many groups and belong to none of them, and lines that are half made of these."""
    keyed = np.flatnonzero(texts.line_keys)
    columns = {"key": texts.line_keys[keyed], "cluster": groups[texts.line_text[keyed]]}
    lend(connection, "copy_lines", columns)
    found = connection.execute(
        statement("stock_lines"), {"least_clusters": STOCK_CLUSTERS, "largest_share": STOCK_SHARE}
    ).fetchnumpy()
    stock: NDArray[np.bool_] = np.isin(texts.line_keys, np.asarray(found["key"], np.uint64))
    table = np.zeros(1 << PLACE_BITS, np.bool_)
    for line in np.flatnonzero(stock).tolist():
        table[texts.places[texts.line_starts[line] : texts.line_starts[line + 1]]] = True
    for start in range(0, len(stock), LINES):
        lines = slice(start, min(start + LINES, len(stock)))
        stock[lines] |= _hits(texts, table, lines) >= np.maximum(1, STOCK_LIKE * texts.line_sizes[lines])
    return stock


def _hits(texts: Texts, table: NDArray[np.bool_], lines: slice) -> Numbers:
    """Grams of each of these lines that are marked in the table."""
    starts = texts.line_starts[lines.start : lines.stop + 1]
    total = np.concatenate([[0], np.cumsum(table[texts.places[starts[0] : starts[-1]]])])
    hits: Numbers = np.diff(total[starts - starts[0]])
    return hits
