"""`yuqi search`."""

from __future__ import annotations

from dataclasses import asdict

import click

from crawler.workspace import Workspace
from pipeline.search.find import COLUMNS, EVERY, Found, Window, search
from pipeline.store.age import check_age
from pipeline.store.meta import facts
from pipeline.store.reader import latest_file, open_snapshot
from pipeline.store.reports import Filter
from yuqi.filtering import filtered
from yuqi.options import results
from yuqi.output import Look, Result, emit
from yuqi.words import headings, word

HIDDEN = frozenset({"field", "char_start", "char_end", "sourced", "fetched_at"})


@click.command("search")
@click.argument("query")
@filtered("--since and --until")
@click.option("--limit", type=click.IntRange(1), help="So many rows at most. Default: every match.")
@results
def command(place: Workspace, look: Look, query: str, chosen: Filter, limit: int | None) -> None:
    """An exact phrase over title and text, in either script, with snippets.

    Every match is found, of two characters too, and counted at five levels; one text of each story comes
    first. Reports never count by it.

    Example: yuqi search 爆通讯录 --platform 示例贷 --limit 20
    """
    snapshot = latest_file(place)
    with open_snapshot(snapshot) as connection:
        check_age(connection, snapshot.stem)
        only = None if chosen == Filter(basis=chosen.basis) else chosen
        found = search(connection, snapshot, query, only, Window(limit or EVERY))
        basis = facts(connection)
    emit(_result(found, look.lang, basis), look)


def _result(found: Found, lang: str, basis: dict[str, str]) -> Result:
    counts = asdict(found.counts)
    notes = (
        word(lang, "search", "counts", **counts),
        word(lang, "search", "phrases", phrases=" / ".join(found.phrases)) if len(found.phrases) > 1 else "",
        word(lang, "note", "shown", shown=len(found.rows), all=found.counts.pages)
        if len(found.rows) < found.counts.pages
        else "",
        word(lang, "search", "snapshot", snapshot=basis.get("snapshot", "?")),
        word(lang, "note", "caveat"),
    )
    return Result(COLUMNS, found.rows, word(lang, "search", "title"), notes, headings(lang), HIDDEN)
