"""Rows of evidence: what was found, beside the page's own words, with its place in the archive."""

from __future__ import annotations

from collections.abc import Sequence

from explorer.desk import Desk, Row
from explorer.marks import Piece, Span, pieces, within
from pipeline.store.evidence import with_quotes
from pipeline.store.telling import Wanted, telling

# What a file has of each row; a page shows the same.
COLUMNS = (
    "quote", "quote_original", "kind", "finding", "platform_id", "assertion", "own", "rule", "url", "site_id",
    "fetched_at", "published_at", "published_doubt", "first_seen_at", "state", "pages", "sites", "live_pages",
    "story_id", "article_id", "field", "char_start", "char_end", "payload_sha256", "warc_file", "warc_offset",
)  # fmt: skip


def quoted(desk: Desk, wanted: Wanted, first: int, size: int) -> tuple[list[Row], int]:
    """One row a story, and how many stories there are in all."""
    key = ("evidence", wanted, first, size)
    return desk.opened.remember(key, lambda: _quoted(desk, wanted, first, size))


def _quoted(desk: Desk, wanted: Wanted, first: int, size: int) -> tuple[list[Row], int]:
    told = telling(desk.connection, wanted, first, size)
    return with_quotes(desk.connection, told), told[0]["found"] if told else 0


def marked(row: Row) -> list[Piece]:
    """The quote with what was found in it."""
    return _marked(row["quote"], row)


def marked_original(row: Row) -> list[Piece]:
    """The page's own words; what was found is marked where both are of one length, as two scripts are."""
    plain = row["quote"].replace("［", "").replace("］", "")
    own = row["quote_original"]
    if len(own) != len(plain):
        return pieces(own, [])
    start = row["surface_start"] - row["char_start"]
    return pieces(own, [Span(start, start + len(row["surface"]), "found")])


def _marked(quote: str, row: Row) -> list[Piece]:
    place = within(quote, row["surface_start"] - row["char_start"], row["surface"])
    return pieces(quote, [Span(*place, "found")] if place else [])


def kept(rows: Sequence[Row]) -> list[Row]:
    """The documented columns of each, and what marks the quote."""
    return [{**row, "marked": marked(row), "marked_original": marked_original(row)} for row in rows]
