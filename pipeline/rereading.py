"""Pages that the site's memory knows better, read again: a part with them in place of the first reading."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import Any, ClassVar

import pyarrow.parquet as pq

from crawler.archive import read_pages
from crawler.page import Fetch, Page
from pipeline.drafts import Draft, DraftContainer, DraftLine, DraftPassage
from pipeline.extract import Known
from pipeline.parts import part_file, part_key, read_rows
from pipeline.read import Read
from pipeline.records import Drop, Fingerprint
from pipeline.stages import ReadSource
from pipeline.versions import stage_version

COPIED = (Draft, DraftLine, DraftContainer, DraftPassage, Fingerprint, Drop)


@dataclass(frozen=True)
class RereadSource:
    """A part as it was read first, and what is known of some of its pages."""

    part: Path
    read: ReadSource
    known: Mapping[str, Known]  # by article id


@dataclass(frozen=True)
class Again:
    """One page to be read with what is known of it."""

    page: Page
    run_id: str
    known: Known


@dataclass(frozen=True)
class RereadStage:
    """Drafts of a first reading → the same, pages that went astray read with what was learnt."""

    name: ClassVar[str] = "reread"
    tables: ClassVar[tuple[type, ...]] = COPIED
    read: Read

    def documents(self, source: RereadSource) -> Iterator[list[Any] | Again]:
        yield [row for record in COPIED for row in _others(source, record)]
        wanted = _wanted(source)
        runs = {fetch.fetch_id: fetch.run_id for fetch in wanted}
        for page in read_pages(source.read.root, wanted, source.read.unsourced):
            yield Again(page, runs[page.fetch_id], source.known[page.article_id])

    def __call__(self, document: list[Any] | Again) -> Iterable[Any]:
        if isinstance(document, list):
            return document
        return self.read(document.page, document.run_id, document.known)

    def lost(self, document: list[Any] | Again) -> Drop:
        if isinstance(document, list):
            raise TypeError("rows that stand in a part already cannot fail")
        return Drop(document.page.url, document.run_id, "read", "extractor-failed")


def reread_sources(
    parts: Sequence[Path], sources: Sequence[ReadSource], astray: Mapping[str, Known]
) -> Iterator[tuple[int, str, RereadSource]]:
    """(index, key, source) of each part that holds pages to be read again."""
    for index, (part, source) in enumerate(zip(parts, sources, strict=True)):
        known = {article_id: astray[article_id] for article_id in _held(part) & astray.keys()}
        if known:
            said = [(article_id, *astuple(one)) for article_id, one in sorted(known.items())]
            yield index, part_key(part.name, stage_version("read"), said), RereadSource(part, source, known)


def _held(part: Path) -> set[str]:
    table = pq.read_table(part_file(part, DraftContainer), columns=["article_id"])
    return {str(article_id) for article_id in table.column(0).unique().to_pylist()}


def _wanted(source: RereadSource) -> tuple[Fetch, ...]:
    rows = read_rows(part_file(source.part, DraftContainer), DraftContainer)
    ids = {row.fetch_id for row in rows if row.article_id in source.known}
    return tuple(fetch for fetch in source.read.fetches if fetch.fetch_id in ids)


def _others(source: RereadSource, record: type) -> Iterator[Any]:
    """Rows of all other pages. A run visits a URL once, so that the two name one drop."""
    rows = read_rows(part_file(source.part, record), record)
    if record is Drop:
        again = {(fetch.url, fetch.run_id) for fetch in _wanted(source)}
        return (row for row in rows if (row.url, row.run_id) not in again)
    return (row for row in rows if row.article_id not in source.known)
