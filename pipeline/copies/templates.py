"""Which articles share a text: candidates by SQL, comparison in numpy, guarded groups."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import duckdb
import numpy as np

from pipeline.copies.clusters import Texts, cores, merged
from pipeline.copies.shingles import Shingles, shingles
from pipeline.copies.sql import lend, numbers, run, statement

# A sentence that stands in this many clusters, none holding this share of it, belongs to none of them
# (findings, copies.md §2).
STOCK_CLUSTERS = 5
STOCK_SHARE = 0.6
MAYBE_JACCARD = 0.4  # pairs less alike are not looked at again when stock sentences are taken out
FETCHED = 1000  # normal forms at a time, some 5 megabytes


def cluster_units(connection: duckdb.DuckDBPyConnection) -> None:
    """copy_articles, copy_sentences, copy_bands → copy_clusters(unit, cluster).

    Stock sentences are counted over cores, since they may join whole groups; then over the groups that are
    found without them, since a much reworded template's cores are many, and its own sentences look like
    stock there (F1 of template pairs on reworded farms .98 to .76).
    """
    texts = _texts(connection)
    _lend_clusters(connection, cores(texts))
    for _ in ("over cores", "over groups"):
        run(connection, "stock_sentences", least_clusters=STOCK_CLUSTERS, largest_share=STOCK_SHARE)
        _lend_clusters(connection, merged(replace(texts, sets=_without_stock(connection, texts.sets))))


def _texts(connection: duckdb.DuckDBPyConnection) -> Texts:
    pairs = numbers(connection, "candidates")
    sets = [shingles(text) for _, text in _fetched(connection, "unit_texts")]
    pages = numbers(connection, "unit_pages")["pages"].tolist()
    texts = Texts(sets, pages, pairs["lower"], pairs["upper"])
    lower, upper = texts.alike(MAYBE_JACCARD)
    return replace(texts, lower=lower, upper=upper)


def _without_stock(connection: duckdb.DuckDBPyConnection, sets: Sequence[Shingles]) -> list[Shingles]:
    """The sets, made again for the texts that hold a sentence of copy_stock."""
    held = list(sets)
    for unit, text in _fetched(connection, "stocked_texts"):
        held[unit] = shingles(text)
    return held


def _fetched(connection: duckdb.DuckDBPyConnection, name: str) -> Iterator[tuple[int, str]]:
    """Read to the end before anything else is asked of the connection."""
    result = connection.execute(statement(name))
    while batch := result.fetchmany(FETCHED):
        yield from batch


def _lend_clusters(connection: duckdb.DuckDBPyConnection, groups: list[int]) -> None:
    lend(connection, "copy_clusters", {"unit": np.arange(len(groups)), "cluster": np.array(groups, np.int64)})
