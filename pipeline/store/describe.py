"""The schema as a page for people: tables, columns, drop reasons, reasons for removed lines.

`python -m pipeline.store.describe > docs/schema.md`; a test holds the page to the code.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.records import DROP_REASONS, LINE_REASONS
from pipeline.schema import DUCKDB, columns, table_name
from pipeline.tables.corpus import CORPUS

HEAD = """# Tables, columns and reasons

What `corpus.duckdb` and every snapshot hold. Times are UTC; a time without a zone on a page is taken for
Asia/Shanghai. Spans (`field`, `char_start`, `char_end`) are code points, 0-based, end exclusive;
`slice(text, char_start, char_end)` gives the surface, always. Ids are kebab-case.
This page is made from the code by `python -m pipeline.store.describe`."""

VIEW = """## platform_counts (view)
Over current articles in which the platform is `subject`; columns: platform_id, name, pages, stories,
templates, sites, operators, live_pages, gone_pages, undated_pages, alleged_own_stories,
alleged_own_operators, alleged_templated_stories, claimed_stories, ambiguous_share, first_seen, last_seen,
rule_precision."""


def schema_page() -> str:
    """The whole page, in Markdown."""
    return "\n\n".join([HEAD, *(_table(record) for record in CORPUS), VIEW, *_reasons()]) + "\n"


def _table(record: type) -> str:
    said = (record.__doc__ or "").strip().splitlines()[0]
    body = "\n".join(
        f"| {name} | {DUCKDB[kind]}{' or NULL' if nullable else ''} | {comment} |"
        for name, kind, nullable, comment in columns(record)
    )
    return f"## {table_name(record)}\n{said}\n\n| column | type | meaning |\n| --- | --- | --- |\n{body}"


def _reasons() -> Iterator[str]:
    for title, reasons in (
        ("Why a page yields no article (`drops.reason`)", DROP_REASONS),
        ("Why a line is not in the text (`lines_removed.reason`)", LINE_REASONS),
    ):
        body = "\n".join(f"| {reason} | {said} |" for reason, said in reasons.items())
        yield f"## {title}\n\n| reason | meaning |\n| --- | --- |\n{body}"


if __name__ == "__main__":
    print(schema_page(), end="")
