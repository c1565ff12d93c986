"""Pages that the site's memory knows better, read again: a part with them in place of the first reading."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import Any, ClassVar

import pyarrow as pa
import pyarrow.compute as pc

from crawler.archive import read_pages
from crawler.page import Fetch, Page
from pipeline.drafts import Draft, DraftContainer, DraftLine, DraftPassage
from pipeline.extract import Known
from pipeline.parts import Copied, part_file, part_key, read_rows, read_table
from pipeline.read import Read
from pipeline.records import Drop, Fingerprint
from pipeline.stages import ReadSource
from pipeline.versions import stage_version

COPIED = (Draft, DraftLine, DraftContainer, DraftPassage, Fingerprint)  # by article id


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
    tables: ClassVar[tuple[type, ...]] = (*COPIED, Drop)
    read: Read

    def documents(self, source: RereadSource) -> Iterator[list[Any] | Again]:
        wanted = _wanted(source)
        yield [*(_others(source, record) for record in COPIED), *_other_drops(source, wanted)]
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
    table = read_table(part_file(part, DraftContainer), ["article_id"])
    return set(map(str, table["article_id"].unique().to_pylist()))


def _wanted(source: RereadSource) -> tuple[Fetch, ...]:
    table = read_table(part_file(source.part, DraftContainer), ["article_id", "fetch_id"])
    ids = set(table.filter(_is_known(table, source))["fetch_id"].to_pylist())
    return tuple(fetch for fetch in source.read.fetches if fetch.fetch_id in ids)


def _is_known(table: pa.Table, source: RereadSource) -> pa.BooleanArray:
    return pc.is_in(table["article_id"], pa.array(source.known, pa.string()))


def _others(source: RereadSource, record: type) -> Copied:
    """Rows of all other pages."""
    table = read_table(part_file(source.part, record))
    return Copied(record, table.filter(pc.invert(_is_known(table, source))))


def _other_drops(source: RereadSource, wanted: Sequence[Fetch]) -> Iterator[Drop]:
    """A run visits a URL once, so that the two name one drop."""
    again = {(fetch.url, fetch.run_id) for fetch in wanted}
    rows = read_rows(part_file(source.part, Drop), Drop)
    return (row for row in rows if (row.url, row.run_id) not in again)
