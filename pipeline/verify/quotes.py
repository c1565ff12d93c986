"""Quotes against the archived page: every finding's own words, and every line of every article."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb

from crawler.archive import ArchiveError, read_page
from crawler.page import Fetch
from pipeline.questions import Questions
from pipeline.store.evidence import evidence
from pipeline.verify.checked import Checked
from pipeline.verify.page_words import UnreadableError, page_words, squeezed, stands_in

BATCH = 100  # articles whose evidence and pages are held at once
EVERY = 2**31 - 1
QUESTIONS = Questions(Path(__file__).resolve().parent)

Row = Mapping[str, Any]
Progress = Callable[[str, int, int], None]


def checked_quotes(
    connection: duckdb.DuckDBPyConnection,
    root: Path,
    sample: int | None = None,
    broken: Collection[str] = (),
    progress: Progress = lambda *_: None,
) -> Iterator[Checked]:
    """`sample`: so many articles, others in every snapshot. `broken`: articles whose edits do not add up."""
    ids = [row[0] for row in QUESTIONS.rows(connection, "sampled", limit=sample or EVERY)]
    for start in range(0, len(ids), BATCH):
        progress("quotes", start, len(ids))
        yield from _checked_batch(connection, root, ids[start : start + BATCH], broken)


def _checked_batch(
    connection: duckdb.DuckDBPyConnection, root: Path, ids: Sequence[str], broken: Collection[str]
) -> Iterator[Checked]:
    quotes, lines, pages = (_by_article() for _ in range(3))
    for row in evidence(connection, [one for one in ids if one not in broken]):
        quotes[row["article_id"]].append((row["quote_original"], row["payload_sha256"]))
    for article_id, text in QUESTIONS.rows(connection, "originals", articles=list(ids)):
        lines[article_id].extend((line, None) for line in text.split("\n"))
    for row in QUESTIONS.table(connection, "archived", articles=list(ids))[1]:
        pages[row["article_id"]].append(row)
    for article_id in ids:
        try:
            said = {row["payload_sha256"]: _page_words(root, row) for row in pages[article_id]}
        except (ArchiveError, UnreadableError) as error:
            yield Checked("quote-lines", article_id, str(error))
            continue
        yield from _compared("quote-lines", article_id, lines[article_id], said)
        yield from _compared("quotes", article_id, quotes[article_id], said)


def _by_article() -> defaultdict[str, list[Any]]:
    return defaultdict(list)


def _page_words(root: Path, row: Row) -> tuple[str, ...]:
    fetch = Fetch(**{name: row[name] for name in Fetch.__slots__})
    page = read_page(root, fetch, sourced=True)
    return page_words(page.payload, page.content_type)


def _compared(
    check: str, article_id: str, quotes: Iterable[tuple[str, str | None]], said: Mapping[str, Sequence[str]]
) -> Iterator[Checked]:
    """Each quote once, with the payload that it names; None: any page of the article."""
    for quote, payload in dict.fromkeys(quotes):
        wrong = None if _stands(quote, payload, said) else f"not on the archived page: “{quote[:80]}”"
        yield Checked(check, article_id, wrong)


def _stands(quote: str, payload: str | None, said: Mapping[str, Sequence[str]]) -> bool:
    """Line by line, since lines of the page between them may be left out, or a divided article's page end.

    The first line stands on the page that the quote names.
    """
    everywhere = [text for texts in said.values() for text in texts]
    named = everywhere if payload is None else said.get(payload, ())
    parts = [part for line in quote.split("\n") if (part := squeezed(line))]
    places = [named, *([everywhere] * len(parts))]
    lines = zip(parts, places, strict=False)
    return all(any(stands_in(part, text) for text in texts) for part, texts in lines)
