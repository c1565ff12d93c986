"""Which columns name a row of a table, and which name one of another; for checks and releases."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

# Table → the columns that no two of its rows share. Tables that are not here have rows of spans or events.
PRIMARY = {
    "sites": ("site_id",),
    "runs": ("run_id",),
    "fetches": ("fetch_id",),
    "pages": ("url",),
    "articles": ("article_id",),
    "article_pages": ("article_id", "ordinal", "field"),
    "sections": ("article_id", "ordinal"),
    "edits": ("article_id", "ordinal"),
    "lines_removed": ("article_id", "ordinal"),
    "stories": ("story_id",),
    "templates": ("template_id",),
    "operators": ("operator_id",),
    "operator_evidence": ("operator_id", "ordinal", "site_id"),
    "platforms": ("platform_id",),
    "platform_aliases": ("platform_id", "alias"),
    "platform_counts": ("platform_id",),
    "practice_kinds": ("practice_id",),
    "law_kinds": ("law_id",),
    "tips": ("tip_id",),
    "drops": ("url",),
}
# A column of this name, in whatever other table, names a row of that table (or is NULL).
NAMED_BY = {
    "site_id": "sites",
    "run_id": "runs",
    "fetch_id": "fetches",
    "url": "pages",
    "article_id": "articles",
    "representative_id": "articles",
    "first_article_id": "articles",
    "story_id": "stories",
    "template_id": "templates",
    "operator_id": "operators",
    "platform_id": "platforms",
    "practice_id": "practice_kinds",
    "law_id": "law_kinds",
    "tip_id": "tips",
}


@dataclass(frozen=True)
class Reference:
    """`column` holds values of `key` of `table`, or NULL."""

    column: str
    table: str
    key: str


def references(table: str, columns: Iterable[str], tables: Iterable[str]) -> tuple[Reference, ...]:
    """Of a table with these columns, beside these tables.

    >>> references("stories", ["story_id", "template_id"], ["stories", "templates"])
    (Reference(column='template_id', table='templates', key='template_id'),)
    """
    held = set(tables)
    return tuple(
        Reference(column, named, PRIMARY[named][0])
        for column in columns
        if (named := NAMED_BY.get(column)) and named != table and named in held
    )
