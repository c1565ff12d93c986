"""The corpus against itself: spans, undone edits, digests, counts; by a reckoning of its own."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import duckdb

from crawler.page import article_id
from pipeline.questions import Questions
from pipeline.records import Edit
from pipeline.repair.edited import TextEdit, undone
from pipeline.script import simplify
from pipeline.store import sql
from pipeline.verify.checked import Checked
from pipeline.verify.folding import folded

BATCH = 500  # articles held at once
QUESTIONS = Questions(Path(__file__).resolve().parent)

Row = Mapping[str, Any]


def checked_corpus(connection: duckdb.DuckDBPyConnection) -> Iterator[Checked]:
    """Streams the articles; a promise or count that does not hold is named once."""
    wrong = sql.rows(connection, "check")
    yield Checked("corpus-promises", *(wrong[0] if wrong else ("the whole corpus",)))
    for record, said in QUESTIONS.rows(connection, "counts"):
        yield Checked("corpus-counts", record, said)
    ids = [row[0] for row in connection.execute("SELECT article_id FROM articles ORDER BY ALL").fetchall()]
    for start in range(0, len(ids), BATCH):
        yield from _checked_batch(connection, ids[start : start + BATCH])


def _checked_batch(connection: duckdb.DuckDBPyConnection, ids: Sequence[str]) -> Iterator[Checked]:
    spans, edits = _by_field(connection, "spans", ids), _by_field(connection, "edits", ids)
    for row in QUESTIONS.table(connection, "fields", articles=list(ids))[1]:
        key = row["article_id"], row["field"]
        if row["field"] == "title":
            yield Checked("corpus-digests", row["article_id"], _wrong_digest(row))
        for span in spans[key]:
            yield Checked("corpus-spans", f"{key[0]} {key[1]} {span['kind']}", _wrong_span(row["said"], span))
        yield Checked("corpus-originals", f"{key[0]} {key[1]}", _wrong_original(row, edits[key]))


def _by_field(
    connection: duckdb.DuckDBPyConnection, name: str, ids: Sequence[str]
) -> defaultdict[tuple[str, str], list[Row]]:
    held: defaultdict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in QUESTIONS.table(connection, name, articles=list(ids))[1]:
        held[row["article_id"], row["field"]].append(row)
    return held


def _wrong_digest(row: Row) -> str | None:
    if article_id(row["url"], row["payload_sha256"]) != row["article_id"]:
        return "the id is not that of its URL and payload"
    said = hashlib.sha256(f"{row['title']}\n{row['text']}".encode()).hexdigest()
    if said != row["text_sha256"] or len(row["text"]) != row["n_chars"]:
        return "title and text are not those of text_sha256 and n_chars"
    return None


def _wrong_span(text: str, span: Row) -> str | None:
    start, end = span["char_start"], span["char_end"]
    if not 0 <= start <= end <= len(text) or text[start:end] != span["surface"]:
        return f"[{start}:{end}] is not “{span['surface'][:40]}”"
    return None


def _wrong_original(row: Row, edits: Sequence[Row]) -> str | None:
    """Character by character, since pages mix scripts; width and script are no difference of words."""
    if row["original"] is None:
        return "the page's own words are missing"
    made = sorted((Edit(**edit) for edit in edits), key=lambda edit: edit.ordinal)
    text = undone(row["said"], [TextEdit(e.kind, e.char_start, e.char_end, e.original) for e in made])
    if len(text) != len(row["original"]):
        return f"undone it has {len(text)} code points, the page's own words {len(row['original'])}"
    place = _first_other(text, row["original"])
    if place is None:
        return None
    return f"undone it says “{text[place : place + 12]}”, the page “{row['original'][place : place + 12]}”"


def _first_other(text: str, page: str) -> int | None:
    """Where the two first differ by more than width and script, in which 瞭解 is 了解, and 瞭 alone 瞭."""
    places = [at for at, (a, b) in enumerate(zip(text, page, strict=True)) if a != b and not _same_word(a, b)]
    if not places:
        return None
    phrased = "\n".join(simplify(line, "hant") for line in page.split("\n"))
    return next((at for at in places if text[at] != phrased[at]), None)


@cache
def _same_word(clean: str, page: str) -> bool:
    """One character in two scripts or widths. At most as many pairs as the characters that exist in both.

    >>> _same_word("着", "著"), _same_word("，", ","), _same_word("催", "收")
    (True, True, False)
    """
    said = {folded(page), folded(simplify(page, "hant"))}
    return not said.isdisjoint({folded(clean), folded(simplify(clean, "hant"))})
