"""Lines that recur across a site's texts: its furniture, as no single page can show it.

Counted over texts and not pages, or re-posted articles and templates with names filled in would look like
furniture: pages whose own text is alike are one text. Signatures are made here, page by page; DuckDB counts.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa

from pipeline.site_memory.alike import BINS, Minima, signature, texts

Furniture = frozenset[tuple[str, str]]  # (site_id, line key)

LEAST_TEXTS, LEAST_SHARE = 3, 0.1  # findings/extraction: max(2–3, 10 % of the host's pages)
EDGE_START, EDGE_END = 3, 5  # lines: greeting and notice above, disclaimer and calls below
EDGE_SHARE = 0.8
HEADING_CHARS = 12
# A line in mid-text must be on more texts, between ever different lines: a sentence that a mill repeats in
# its articles has its paragraph around it, an advert that the theme inserts has not.
INNER_TEXTS, INNER_SHARE, INNER_CHARS, DIVERSE = 5, 0.2, 12, 0.6

PAGES_AT_ONCE = 500

_HERE = Path(__file__).resolve().parent


def furniture(
    connection: duckdb.DuckDBPyConnection, drafts: Sequence[Path], draft_lines: Sequence[Path]
) -> Furniture:
    """(site_id, line key) of every line that is its site's furniture, over the given Parquet parts."""
    if not drafts or not draft_lines:
        return frozenset()
    files = {"drafts": [str(path) for path in drafts], "draft_lines": [str(path) for path in draft_lines]}
    connection.execute(_statement("lines"), files)
    articles, urls, sites, minima = _signatures(connection)
    text_ids = texts(sites, urls, minima)
    connection.register("memory_groups", pa.table({"article_id": articles, "text_id": text_ids}))
    found = connection.execute(_statement("furniture"), _thresholds()).fetchall()
    connection.unregister("memory_groups")
    connection.execute("DROP TABLE memory_lines")
    return frozenset((str(site), str(key)) for site, key in found)


def digests(furniture: Furniture) -> dict[str, str]:
    """16 hex digits per site that has furniture; a site without any is not in it."""
    held: dict[str, list[str]] = defaultdict(list)
    for site, key in sorted(furniture):
        held[site].append(key)
    return {site: hashlib.sha256("\n".join(keys).encode()).hexdigest()[:16] for site, keys in held.items()}


def _signatures(connection: duckdb.DuckDBPyConnection) -> tuple[list[str], list[str], list[str], Minima]:
    """Ids, URLs, sites and minima of all pages that count, read a few hundred texts at a time."""
    articles: list[str] = []
    urls: list[str] = []
    sites: list[str] = []
    minima = [np.empty((0, BINS), np.uint32)]
    for batch in _bodies(connection):
        articles += [row[0] for row in batch]
        urls += [row[1] for row in batch]
        sites += [row[2] for row in batch]
        minima.append(np.stack([signature(row[3]) for row in batch]))
    return articles, urls, sites, np.concatenate(minima)


def _bodies(connection: duckdb.DuckDBPyConnection) -> Iterator[list[tuple[Any, ...]]]:
    edges = {"edge_start": EDGE_START, "edge_end": EDGE_END, "least": LEAST_TEXTS}
    result = connection.execute(_statement("bodies"), edges)
    while rows := result.fetchmany(PAGES_AT_ONCE):
        yield rows


def _thresholds() -> dict[str, float]:
    return {
        "least": LEAST_TEXTS,
        "share": LEAST_SHARE,
        "edge_start": EDGE_START,
        "edge_end": EDGE_END,
        "edge_share": EDGE_SHARE,
        "heading_chars": HEADING_CHARS,
        "inner_least": INNER_TEXTS,
        "inner_share": INNER_SHARE,
        "inner_chars": INNER_CHARS,
        "diverse": DIVERSE,
    }


@cache
def _statement(name: str) -> str:
    return (_HERE / f"{name}.sql").read_text(encoding="utf-8")
