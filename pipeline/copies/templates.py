"""Which articles share a text: candidates by SQL, comparison in numpy, guarded groups."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import duckdb
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from pipeline.copies.cores import cores_of
from pipeline.copies.groups import LEAST_COVERED, SURELY_COVERED, Rule, grouped
from pipeline.copies.hashing import Numbers
from pipeline.copies.leaders import leaders
from pipeline.copies.sql import lend, numbers, run, statement
from pipeline.copies.stitched import stitched
from pipeline.copies.stock import stock_lines
from pipeline.copies.texts import Texts, texts_of

SETTLED = 0.85  # covered so far, a core is not asked again when stock sentences are known
STOCK_BOUND = 0.2  # of a text: it may be in its group for the sake of quoted law
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
    stock = stock_lines(connection, texts, sure.clusters(leader))
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


def _bodies(connection: duckdb.DuckDBPyConnection) -> Iterator[pa.Array[pa.StringScalar]]:
    """Read to the end before anything else is asked of the connection."""
    for batch in connection.sql(statement("unit_texts")).to_arrow_reader(FETCHED):
        yield batch.column(0)


def _pairs(connection: duckdb.DuckDBPyConnection, texts: Texts) -> tuple[Numbers, Numbers]:
    count, bands = texts.bands.shape
    lend(connection, "copy_bands", {"hash": texts.bands.ravel(), "unit": np.repeat(np.arange(count), bands)})
    found = numbers(connection, "candidates")
    return found["lower"], found["upper"]
