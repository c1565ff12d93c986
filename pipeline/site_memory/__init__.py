"""Lines that recur across a site's texts: its furniture, as no single page can show it.

Counted over texts and not pages, or re-posted articles and templates with names filled in would look like
furniture: pages whose own text is alike are one text. Signatures are made here, page by page; DuckDB counts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa

from pipeline.questions import Questions
from pipeline.site_memory.alike import BINS, Minima, signatures, texts

Furniture = frozenset[tuple[str, str]]  # (site_id, line key)
NOT_DIVIDED: Mapping[str, str] = {}

# A paragraph taken for furniture is lost, a line of furniture left in is a blemish: hence large shares.
LEAST_TEXTS = 3  # findings/extraction: three pages of a host are nearly enough
LEAST_SHARE = 0.3  # of the site's texts; findings' 10 % took short lines of advice on farms of 1,000 pages
# As long as a sentence: of texts and of pages, and that many texts more, so that of few all must have it.
LONG_SHARE, LONG_SPARE, LONG_HAN = 0.5, 1.5, 20
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
# A sentence that cites a law, by its article or by a title that ends as Chinese laws do, is no notice.
CITES = r"第[一二三四五六七八九十百千零〇\d]{1,7}条|《[^》]*(?:法|法典|条例|规定|办法|解释)》"
NUMBERED_HEADING = (
    r"^\s*(?:第?[一二三四五六七八九十百]{1,3}[、，,.．:：章节部]|[（(][一二三四五六七八九十\d]{1,3}[)）]|"
    r"\d{1,2}(?:[.．]\d{1,2})+|\d{1,2}[、.．)）][^\d])"
)
HEADING_CHARS = 40  # the longest of the real numbered headings has 23
MOST_ROUNDS = 8  # a frame has at most eight lines, and each round but the last takes one out of it

PAGES_AT_ONCE = 500

PLACING = {
    "least": LEAST_TEXTS,
    "heading": NUMBERED_HEADING,
    "heading_chars": HEADING_CHARS,
    "sentence": r"[。！？!?；;…”」]\s*$",
    "long_han": LONG_HAN,
}
RECURRING = {
    "least": LEAST_TEXTS,
    "share": LEAST_SHARE,
    "long_share": LONG_SHARE,
    "spare": LONG_SPARE,
    "headed": HEADED,
    "cites": CITES,
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
    "cites": CITES,
}
FRAME_TYPES = pa.schema([("site_id", pa.string()), ("key", pa.string())])
TABLES = ("memory_lines", "memory_placed", "memory_recurring")

QUESTIONS = Questions(Path(__file__).resolve().parent)


def furniture(
    connection: duckdb.DuckDBPyConnection,
    drafts: Sequence[Path],
    draft_lines: Sequence[Path],
    first_of: Mapping[str, str] = NOT_DIVIDED,
) -> Furniture:
    """(site_id, line key) of every line that is its site's furniture, over the given Parquet parts.

    `first_of`: URL of a divided article's further page → URL of its first; all of them are one text.
    """
    if not drafts or not draft_lines:
        return frozenset()
    files = {"drafts": [str(path) for path in drafts], "draft_lines": [str(path) for path in draft_lines]}
    connection.execute(QUESTIONS.sql("lines"), files | PLACING)
    articles, urls, sites, minima = _signatures(connection)
    text_ids = texts(sites, [first_of.get(url, url) for url in urls], minima)
    connection.register("memory_groups", pa.table({"article_id": articles, "text_id": text_ids}))
    connection.execute(QUESTIONS.sql("recurring"), RECURRING)
    found = [
        *_framing(connection),
        *connection.execute(QUESTIONS.sql("inserted"), INSERTED).fetchall(),
        *connection.execute(QUESTIONS.sql("standing"), STANDING).fetchall(),
    ]
    connection.unregister("memory_groups")
    for table in TABLES:
        connection.execute(f"DROP TABLE {table}")
    return frozenset((str(site), str(key)) for site, key in found)


def _framing(connection: duckdb.DuckDBPyConnection) -> list[tuple[Any, ...]]:
    """The lines left when all have gone that do not stand at an edge, or next to furniture that does."""
    found = connection.execute("SELECT site_id, key FROM memory_recurring").fetchall()
    for _ in range(MOST_ROUNDS):
        before = found
        sites, keys = [row[0] for row in before], [row[1] for row in before]
        frame = pa.table({"site_id": sites, "key": keys}, FRAME_TYPES)
        connection.register("memory_frame", frame)
        found = connection.execute(QUESTIONS.sql("frame"), FRAME).fetchall()
        connection.unregister("memory_frame")
        if len(found) == len(before):
            break
    return found


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
        minima.append(signatures([row[3] for row in batch]))
    return articles, urls, sites, np.concatenate(minima)


def _bodies(connection: duckdb.DuckDBPyConnection) -> Iterator[list[tuple[Any, ...]]]:
    edges = {"edge_start": EDGE_START, "edge_end": EDGE_END, "least": LEAST_TEXTS}
    result = connection.execute(QUESTIONS.sql("bodies"), edges)
    while rows := result.fetchmany(PAGES_AT_ONCE):
        yield rows
