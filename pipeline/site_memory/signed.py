"""Signatures of pages' own texts, remembered from build to build: a page is read again only if its own text,
that is all but the lines at its edges that recur, is another one than before."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import duckdb
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from pipeline.site_memory.alike import BINS, Minima, signatures
from pipeline.site_memory.part_lines import QUESTIONS, MemoryPart, together

Hashes = NDArray[np.uint64]


class Signed(NamedTuple):
    """Page by page, in the order of `articles`: which lines were left out (`masks`), and the signature."""

    articles: Hashes
    masks: Hashes
    minima: Minima


def nothing_signed() -> Signed:
    return Signed(np.empty(0, np.uint64), np.empty(0, np.uint64), np.empty((0, BINS), np.uint32))


def signed(
    connection: duckdb.DuckDBPyConnection, parts: Sequence[MemoryPart], pages: pa.Table, known: Signed
) -> Minima:
    """A row a page of `pages` (as edges.sql gives them)."""
    articles, masks = (pages[name].to_numpy() for name in ("article", "mask"))
    minima, is_known = _recalled(articles, masks, known)
    numbers, rows = pages["part"].to_numpy(), np.flatnonzero(~is_known)
    rows = rows[np.argsort(numbers[rows], kind="stable")]
    for some in together(np.unique(numbers[rows]).tolist()):
        first, end = np.searchsorted(numbers[rows], [some[0], some[-1] + 1])
        wanted = pages.take(pa.array(rows[first:end], pa.int64()))
        minima[rows[first:end]] = signatures(_bodies(connection, [parts[n] for n in some], wanted))
    return minima


def _recalled(articles: Hashes, masks: Hashes, known: Signed) -> tuple[Minima, NDArray[np.bool_]]:
    minima = np.empty((len(articles), BINS), np.uint32)
    if not len(known.articles):
        return minima, np.zeros(len(articles), np.bool_)
    at = np.minimum(np.searchsorted(known.articles, articles), len(known.articles) - 1)
    found = (known.articles[at] == articles) & (known.masks[at] == masks)
    minima[found] = known.minima[at[found]]
    return minima, found


def _bodies(
    connection: duckdb.DuckDBPyConnection, parts: Sequence[MemoryPart], wanted: pa.Table
) -> list[Any]:
    rows = pa.array(range(len(wanted)), pa.int64())
    connection.register("memory_wanted", wanted.select(["article_id", "edges"]).append_column("row", rows))
    found = QUESTIONS.rows(connection, "bodies", draft_lines=[part.draft_lines for part in parts])
    connection.unregister("memory_wanted")
    return [body for _, body in found]


def learnt(pages: pa.Table, minima: Minima) -> Signed:
    """For the next build."""
    articles, masks = (pages[name].to_numpy() for name in ("article", "mask"))
    order = np.argsort(articles)
    return Signed(articles[order], masks[order], minima[order])
