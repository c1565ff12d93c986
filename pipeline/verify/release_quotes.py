"""A release's quotes against the workspace's archive: by the release's own tables, not today's."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from crawler.archive import ArchiveError, read_page
from crawler.page import Fetch
from pipeline.duck import opened
from pipeline.questions import Questions
from pipeline.repair.edited import TextEdit, undone
from pipeline.script import simplify
from pipeline.verify.checked import Checked
from pipeline.verify.folding import folded
from pipeline.verify.page_words import UnreadableError, page_words, squeezed, stands_in

EVERY = 2**31 - 1
TABLES = ("practices", "edits", "article_pages", "fetches")
QUESTIONS = Questions(Path(__file__).resolve().parent)

Row = Mapping[str, Any]


def checked_release_quotes(folder: Path, root: Path, sample: int | None = None) -> Iterator[Checked]:
    """`root`: the workspace whose archive the release was made from; a record that is gone is a fault."""
    with opened() as connection:
        for name in TABLES:
            connection.read_parquet(str(folder / "parquet" / f"{name}.parquet")).create_view(name)
        _, rows = QUESTIONS.table(connection, "release_quotes", limit=sample or EVERY)
    for row in rows:
        try:
            texts = [text for fetch in row["fetches"] or () for text in _folded_pages(root, fetch)]
        except (ArchiveError, UnreadableError) as error:
            yield Checked("release-quotes", row["article_id"], str(error))
            continue
        for quote in row["quotes"]:
            yield Checked("release-quotes", row["article_id"], _wrong(quote, row["edits"] or (), texts))


def _wrong(quote: Row, edits: Sequence[Row], texts: Sequence[str]) -> str | None:
    lines = [squeezed(folded(line)) for line in own_words(quote, edits).split("\n")]
    if all(any(stands_in(line, text) for text in texts) for line in lines if line):
        return None
    return f"not on the archived page: “{quote['quote'][:80]}”"


def own_words(quote: Row, edits: Sequence[Row]) -> str:
    """The quote with its edits undone, in simplified script; an edit that its ends cut is left out whole."""
    held = [edit for edit in edits if edit["field"] == quote["field"] and _touches(edit, quote)]
    start = max([quote["start"], *(edit["end"] for edit in held if edit["start"] < quote["start"])])
    end = min([quote["end"], *(edit["start"] for edit in held if edit["end"] > quote["end"])])
    whole = [
        TextEdit(e["kind"], e["start"] - start, e["end"] - start, e["original"], e["confidence"])
        for e in held
        if start <= e["start"] and e["end"] <= end
    ]
    return undone(quote["quote"][start - quote["start"] : end - quote["start"]], whole)


def _touches(edit: Row, quote: Row) -> bool:
    return bool(edit["start"] < quote["end"] and quote["start"] < edit["end"]) or (
        edit["start"] == edit["end"] and quote["start"] < edit["start"] < quote["end"]
    )


def _folded_pages(root: Path, fetch: Row) -> tuple[str, ...]:
    """As the page is and as traditional text: 隨著 is 随着 in words, 随著 by single characters."""
    page = read_page(root, Fetch(**{name: fetch[name] for name in Fetch.__slots__}), sourced=True)
    texts = page_words(page.payload, page.content_type)
    return tuple(squeezed(folded(said)) for text in texts for said in (text, simplify(text, "hant")))
