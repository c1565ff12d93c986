"""Lines that recur across a site's texts: its furniture, as no single page can show it.

Counted over texts and not pages, or re-posted articles and templates with names filled in would look like
furniture: pages whose own text is alike are one text. What is asked of a page alone stands with its part
(part_lines.py), signatures are remembered (signed.py); DuckDB counts over all of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa

from pipeline.site_memory.alike import Minima, texts
from pipeline.site_memory.part_lines import LEAST_TEXTS, QUESTIONS, MemoryPart, prepare
from pipeline.site_memory.signed import Signed, learnt, nothing_signed, signed

Furniture = frozenset[tuple[str, str]]  # (site_id, line key)
NOT_DIVIDED: Mapping[str, str] = {}

# A paragraph taken for furniture is lost, a line of furniture left in is a blemish: hence large shares.
LEAST_SHARE = 0.3  # of the site's texts; findings' 10 % took short lines of advice on farms of 1,000 pages
# As long as a sentence: of texts and of pages, and that many texts more, so that of few all must have it.
LONG_SHARE, LONG_SPARE = 0.5, 1.5
EDGE_START, EDGE_END = 3, 5  # lines: greeting and notice above, disclaimer and calls below
EDGE_SHARE = 0.8  # of a line's places; a page cut short or with comments below hides the edge
HEADED = 0.2  # of a line's places: under a numbered heading, so it is what the heading announces
# A line in mid-text must stand between ever different lines: a sentence that a mill repeats in its articles
# has its paragraph around it, an advert that the theme inserts has not.
INNER_TEXTS, INNER_CHARS, DIVERSE = 5, 12, 0.6
INNER_LONG_SHARE = 0.9  # a law that two thirds of the articles quote is no furniture
SHORT_HEADING = 12
# A line in an element of its own: on most texts that have the element, and hardly anything else in it.
STANDING_SHARE, STANDING_LONG_SHARE = 0.6, 0.9
STANDING_PLACE = 0.8
AT_HOME = 0.8  # of the line's places; elsewhere the same words are text
MOST_ROUNDS = 8  # a frame has at most eight lines, and each round but the last takes one out of it

RECURRING = {
    "least": LEAST_TEXTS,
    "share": LEAST_SHARE,
    "long_share": LONG_SHARE,
    "spare": LONG_SPARE,
    "headed": HEADED,
}
FRAME = {"edge_start": EDGE_START, "edge_end": EDGE_END, "edge_share": EDGE_SHARE}
INSERTED = {
    "inner_least": INNER_TEXTS,
    "inner_chars": INNER_CHARS,
    "diverse": DIVERSE,
    "inner_long_share": INNER_LONG_SHARE,
    "short_heading": SHORT_HEADING,
}
STANDING = {
    "least": LEAST_TEXTS,
    "standing": STANDING_SHARE,
    "standing_long": STANDING_LONG_SHARE,
    "share": LEAST_SHARE,
    "of_place": STANDING_PLACE,
    "at_home": AT_HOME,
    "headed": HEADED,
    "short_heading": SHORT_HEADING,
}
FRAME_TYPES = pa.schema([("site", pa.uint64()), ("key", pa.uint64())])
FIRST_OF_TYPES = pa.schema([("url", pa.string()), ("first", pa.string())])
TABLES = ("memory_lines", "memory_placed", "memory_sites", "memory_recurring")

Numbered = list[tuple[Any, ...]]  # (site, key) as numbers


@dataclass(frozen=True)
class Recurring:
    """`furniture` of all sites, `by_part` what of it stands in each part; `signed` for the next build."""

    furniture: Furniture = frozenset()
    by_part: tuple[Furniture, ...] = ()
    signed: Signed = field(default_factory=nothing_signed)


def recurring(
    connection: duckdb.DuckDBPyConnection,
    parts: Sequence[MemoryPart],
    first_of: Mapping[str, str] = NOT_DIVIDED,
    known: Signed | None = None,
) -> Recurring:
    """Every line that is its site's furniture. `known`, of an earlier build, saves work and changes nothing.

    `first_of`: URL of a divided article's further page → URL of its first; all of them are one text.
    """
    if not parts:
        return Recurring()
    prepare(connection, parts)
    connection.execute(QUESTIONS.sql("lines"), {"lines": [part.lines for part in parts]})
    pages = _edges(connection, parts, first_of)
    minima = signed(connection, parts, pages, known or nothing_signed())
    del known  # a kilobyte for four pages
    _group(connection, pages, minima)
    now = learnt(pages, minima)
    del pages, minima
    found = [
        *_framing(connection),
        *connection.execute(QUESTIONS.sql("inserted"), INSERTED).fetchall(),
        *connection.execute(QUESTIONS.sql("standing"), STANDING).fetchall(),
    ]
    for table in TABLES:
        connection.execute(f"DROP TABLE {table}")
    return _named(connection, parts, found, now)


def _edges(
    connection: duckdb.DuckDBPyConnection, parts: Sequence[MemoryPart], first_of: Mapping[str, str]
) -> pa.Table:
    """The pages that are compared, and which of their lines stand at an edge."""
    files = [part.pages for part in parts]
    connection.register("memory_files", pa.table({"file": files, "part": np.arange(len(files))}))
    addresses = {"url": list(first_of), "first": list(first_of.values())}
    connection.register("memory_first_of", pa.table(addresses, schema=FIRST_OF_TYPES))
    edges = {"edge_start": EDGE_START, "edge_end": EDGE_END, "least": LEAST_TEXTS}
    pages = QUESTIONS.arrow(connection, "edges", pages=files, **edges)
    connection.unregister("memory_files")
    connection.unregister("memory_first_of")
    return pages


def _group(connection: duckdb.DuckDBPyConnection, pages: pa.Table, minima: Minima) -> None:
    """memory_placed and memory_recurring, over texts and not pages."""
    sites, addresses = (pages[name].to_numpy().view(np.int64) for name in ("site", "address"))
    ids = pa.array(texts(sites, addresses, minima))
    connection.register("memory_groups", pages.select(["article", "site"]).append_column("text_id", ids))
    connection.execute(QUESTIONS.sql("recurring"), RECURRING)
    connection.unregister("memory_groups")


def _framing(connection: duckdb.DuckDBPyConnection) -> Numbered:
    """The lines left when all have gone that do not stand at an edge, or next to furniture that does."""
    found = connection.execute("SELECT site, key FROM memory_recurring").fetchall()
    for _ in range(MOST_ROUNDS):
        before = found
        connection.register("memory_frame", _columns(before))
        found = connection.execute(QUESTIONS.sql("frame"), FRAME).fetchall()
        connection.unregister("memory_frame")
        if len(found) == len(before):
            break
    return found


def _columns(found: Numbered) -> pa.Table:
    sites, keys = [row[0] for row in found], [row[1] for row in found]
    return pa.table({"site": sites, "key": keys}, FRAME_TYPES)


def _named(
    connection: duckdb.DuckDBPyConnection, parts: Sequence[MemoryPart], found: Numbered, signed: Signed
) -> Recurring:
    """The lines by their sites' names, and part by part."""
    connection.register("memory_found", _columns(found))
    sites = dict(QUESTIONS.rows(connection, "sites", pages=[part.pages for part in parts]))
    standing = QUESTIONS.rows(connection, "by_part", lines=[part.lines for part in parts])
    connection.unregister("memory_found")
    held: dict[str, set[tuple[str, str]]] = {part.lines: set() for part in parts}
    for file, site, key in standing:
        held[file].add((sites[site], f"{key:016x}"))
    by_part = tuple(frozenset(held[part.lines]) for part in parts)
    return Recurring(frozenset().union(*by_part), by_part, signed)


__all__ = ["Furniture", "MemoryPart", "Recurring", "Signed", "nothing_signed", "recurring"]
