"""Which articles share a text: candidates by SQL, comparison and guarded groups in numpy."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import duckdb
import numpy as np
import pyarrow as pa

from pipeline.copies.cores import cores_of
from pipeline.copies.groups import LEAST_COVERED, LOOSELY_COVERED, SURELY_COVERED, Likely, Rule, grouped
from pipeline.copies.hashing import Numbers
from pipeline.copies.leaders import leaders
from pipeline.copies.pairs import Join, pairs_of
from pipeline.copies.remembered import Bits, Remembered
from pipeline.copies.seen import Seen
from pipeline.copies.sql import statement
from pipeline.copies.stitched import stitched
from pipeline.copies.stock import stock_lines, without_assembled
from pipeline.copies.stories import Told
from pipeline.copies.texts import texts_of

SETTLED = 0.85  # covered so far, a core is not asked again when stock sentences are known
STOCK_BOUND = 0.2  # of a text: it may be in its group for the sake of quoted law
FETCHED = 1000  # normal forms at a time, some 5 megabytes
SURE = Rule(SURELY_COVERED, SURELY_COVERED)
OTHER_THRESHOLDS = {"loose": LOOSELY_COVERED, "strict": SURELY_COVERED}
FOUND = Rule(LOOSELY_COVERED, SURELY_COVERED)  # every threshold that a partition is made at lies within


@dataclass(frozen=True)
class Units:
    """The normal forms of all units, whole; and without `stock` lines (of those that differ), by leader, what
    groups are made of."""

    whole: Seen
    leader: Numbers
    stock: Bits
    likely: Likely

    @property
    def rest(self) -> Seen:
        return self.likely.seen


class Stitched(NamedTuple):
    """Units that are stitched together, and the clusters of their two parents, the larger part first."""

    unit: Numbers
    first: Numbers
    second: Numbers


class Clustered(NamedTuple):
    """The cluster of each unit, and which are stitched together."""

    cluster: Numbers
    stitched: Stitched


def compared_units(
    connection: duckdb.DuckDBPyConnection, told: Told, remembered: Remembered, join: Join = pairs_of
) -> Units:
    """From copy_articles. Stock sentences are counted over groups that only a text goes into which is theirs
    beyond doubt; then they are nothing to compare. `join`: who joins bands, if not the connection alone.
    """
    texts, bands = texts_of(_bodies(connection))
    digests = np.empty(len(texts), np.uint64)
    digests[told.unit] = told.digest
    whole = Seen.whole(texts, digests, remembered)
    pages = np.bincount(told.unit, minlength=len(texts))
    pairs = join(connection, bands)
    del bands  # as much as all else that is known of the texts
    leader = leaders(whole, pages, pairs)
    likely = Likely.of(whole, cores_of(whole, leader, pages), SURE)
    sure = grouped(likely, SURELY_COVERED)
    likely.hold()
    stock = without_assembled(texts, whole.counted, stock_lines(texts, sure.clusters(leader)))
    rest = whole.without(stock)
    leader = _settled(whole, rest, pages, pairs, sure.clusters(leader, SETTLED))
    return Units(whole, leader, stock, Likely.of(rest, cores_of(rest, leader, pages), FOUND))


def cluster_units(units: Units, told: Told, least: float = LEAST_COVERED) -> Clustered:
    """Copies of a stitched page are stitched too."""
    found = grouped(units.likely, least)
    parents = stitched(units.rest, found)
    copies = np.flatnonzero(np.isin(units.leader, np.array(list(parents), np.int64)))
    both = np.array([parents[text] for text in units.leader[copies].tolist()], np.int64).reshape(-1, 2)
    of_two = Stitched(copies, both[:, 0], both[:, 1])
    return Clustered(housed(found.clusters(units.leader), of_two, told), of_two)


def housed(cluster: Numbers, stitched: Stitched, told: Told) -> Numbers:
    """A stitched page that is alone in its cluster goes to a parent that has a page about the same platforms,
    so that it is no story more; if none has, it stays alone. `cluster`: of each unit."""
    whole = np.delete(cluster, stitched.unit)
    alone = Stitched(*(column[~np.isin(cluster[stitched.unit], whole)] for column in stitched))
    abouts = int(told.about.max(initial=0)) + 1
    unit, about = told.unit[told.named], told.about[told.named]
    known = cluster[unit] * abouts + about
    place = np.full(len(cluster), -1)
    place[alone.unit] = np.arange(len(alone.unit))
    unit, about = unit[place[unit] >= 0], about[place[unit] >= 0]
    found = cluster.copy()
    for parents in (alone.second, alone.first):  # that one goes before this
        home = parents[place[unit]]
        has = np.isin(home * abouts + about, known)
        found[unit[has]] = home[has]
    return found


def _settled(
    whole: Seen, rest: Seen, pages: Numbers, pairs: tuple[Numbers, Numbers], sure: Numbers
) -> Numbers:
    """Leaders of the groups that are sure; texts that are half stock sentences are led anew, by the rest."""
    texts, total = rest.texts, whole.sizes
    heavy = total - rest.sizes > STOCK_BOUND * total
    first = np.full(len(texts), len(texts), np.int64)
    np.minimum.at(first, sure[~heavy], np.flatnonzero(~heavy))
    settled = np.where(heavy[sure], first[sure], sure)
    both = heavy[pairs[0]] & heavy[pairs[1]]
    anew = leaders(rest, pages, (pairs[0][both], pairs[1][both]))
    leader: Numbers = np.where(heavy, anew, settled)
    return leader


def _bodies(connection: duckdb.DuckDBPyConnection) -> Iterator[pa.Array[pa.StringScalar]]:
    """Read to the end before anything else is asked of the connection."""
    for batch in connection.sql(statement("unit_texts")).to_arrow_reader(FETCHED):
        yield batch.column(0)


def thresholds() -> dict[str, str]:
    """From which share of a text on it joins a group: in the partition that is kept, and in the others."""
    return {
        f"threshold-{name}": str(least)
        for name, least in (("kept", LEAST_COVERED), *OTHER_THRESHOLDS.items())
    }
