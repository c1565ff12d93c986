"""Which articles share a text: candidates by SQL, comparison in numpy, guarded groups."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import duckdb
import numpy as np

from pipeline.copies.groups import (
    LEAST_COVERED,
    LOOSELY_COVERED,
    SURELY_COVERED,
    Cores,
    Rule,
    cores_of,
    grouped,
)
from pipeline.copies.hashing import Numbers
from pipeline.copies.leaders import leaders
from pipeline.copies.remembered import Remembered
from pipeline.copies.seen import Seen
from pipeline.copies.sql import lend, numbers, run, statement
from pipeline.copies.stitched import stitched
from pipeline.copies.stock import stock_lines
from pipeline.copies.texts import Texts, texts_of

SETTLED = 0.85  # covered so far, a core is not asked again when stock sentences are known
STOCK_BOUND = 0.2  # of a text: it may be in its group for the sake of quoted law
FETCHED = 1000  # normal forms at a time, some 5 megabytes
SURE = Rule(SURELY_COVERED, SURELY_COVERED)
OTHER_THRESHOLDS = {"loose": LOOSELY_COVERED, "strict": SURELY_COVERED}
FOUND = Rule(LOOSELY_COVERED, SURELY_COVERED)  # every threshold that a partition is made at lies within


@dataclass(frozen=True)
class Units:
    """The normal forms of all units, whole and without stock lines; the cores that groups are made of."""

    whole: Seen
    rest: Seen
    leader: Numbers
    cores: Cores


def compared_units(connection: duckdb.DuckDBPyConnection, remembered: Remembered) -> Units:
    """From copy_articles. Stock sentences are counted over groups that only a text goes into which is theirs
    beyond doubt; then they are nothing to compare.
    """
    texts = texts_of(_bodies(connection))
    digests = np.asarray(connection.execute(statement("unit_digests")).fetchnumpy()["digest"], np.uint64)
    whole = Seen.whole(texts, digests, remembered)
    pages = numbers(connection, "unit_pages")["pages"]
    pairs = _pairs(connection, texts)
    leader = leaders(whole, pages, pairs)
    sure = grouped(whole, cores_of(whole, leader, pages), SURE, SURELY_COVERED)
    stock = stock_lines(connection, texts, sure.clusters(leader))
    rest = whole.without(stock)
    leader = _settled(rest, pages, pairs, sure.clusters(leader, SETTLED))
    return Units(whole, rest, leader, cores_of(rest, leader, pages))


def cluster_units(connection: duckdb.DuckDBPyConnection, units: Units, least: float = LEAST_COVERED) -> None:
    """copy_articles → copy_clusters(unit, cluster), copy_stitched(unit, first, second)."""
    found = grouped(units.rest, units.cores, FOUND, least)
    clusters = found.clusters(units.leader)
    lend(connection, "copy_grouped", {"unit": np.arange(len(clusters)), "cluster": clusters})
    _lend_stitched(connection, stitched(units.rest, found), units.leader)
    run(connection, "clusters")


def _settled(rest: Seen, pages: Numbers, pairs: tuple[Numbers, Numbers], sure: Numbers) -> Numbers:
    """Leaders of the groups that are sure; texts that are half stock sentences are led anew, by the rest."""
    texts = rest.texts
    total = np.bincount(texts.line_text, texts.line_sizes, minlength=len(texts))
    heavy = total - rest.sizes > STOCK_BOUND * total
    first = np.full(len(texts), len(texts), np.int64)
    np.minimum.at(first, sure[~heavy], np.flatnonzero(~heavy))
    settled = np.where(heavy[sure], first[sure], sure)
    both = heavy[pairs[0]] & heavy[pairs[1]]
    anew = leaders(rest, pages, (pairs[0][both], pairs[1][both]))
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


def thresholds() -> dict[str, str]:
    """From which share of a text on it joins a group: in the partition that is kept, and in the others."""
    return {
        f"threshold-{name}": str(least)
        for name, least in (("kept", LEAST_COVERED), *OTHER_THRESHOLDS.items())
    }
