"""The four maps of a build as the part runner sees them: which files each reads, which tables it writes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

from crawler.archive import read_pages
from crawler.page import Fetch, Page
from pipeline.assemble import Assemble
from pipeline.copies import SIGNATURE_TABLES, Sign
from pipeline.findings import Find
from pipeline.parts import part_file, read_rows
from pipeline.read import Read
from pipeline.records import (
    Article,
    Draft,
    DraftLine,
    Drop,
    Edit,
    Fingerprint,
    Law,
    LineRemoved,
    Mention,
    Original,
    Practice,
    RepairNote,
    Section,
    TipSource,
)


@dataclass(frozen=True)
class ReadSource:
    """Committed fetches of one archive file, in the order of their records."""

    root: Path
    fetches: tuple[Fetch, ...]
    unsourced: frozenset[str]  # URLs nobody vouches for


@dataclass(frozen=True)
class ReadStage:
    """Archived responses → drafts."""

    name: ClassVar[str] = "read"
    tables: ClassVar[tuple[type, ...]] = (Draft, DraftLine, Fingerprint, Drop)
    read: Read

    def documents(self, source: ReadSource) -> Iterator[tuple[Page, str]]:
        runs = {fetch.fetch_id: fetch.run_id for fetch in source.fetches}
        for page in read_pages(source.root, source.fetches, source.unsourced):
            yield page, runs[page.fetch_id]

    def __call__(self, document: tuple[Page, str]) -> Iterable[Any]:
        return self.read(*document)

    def lost(self, document: tuple[Page, str]) -> Drop:
        page, run_id = document
        return Drop(page.url, run_id, self.name, "extractor-failed")


@dataclass(frozen=True)
class ArticleStage:
    """Drafts and the site's furniture → articles."""

    name: ClassVar[str] = "article"
    tables: ClassVar[tuple[type, ...]] = (Article, Section, Edit, RepairNote, LineRemoved, Original, Drop)
    assemble: Assemble

    def documents(self, source: Path) -> Iterator[tuple[Draft, list[DraftLine]]]:
        lines = _by_article(source, DraftLine)
        for draft in read_rows(part_file(source, Draft), Draft):
            yield draft, lines[draft.article_id]

    def __call__(self, document: tuple[Draft, list[DraftLine]]) -> Iterable[Any]:
        return self.assemble(*document)

    def lost(self, document: tuple[Draft, list[DraftLine]]) -> Drop:
        return Drop(document[0].url, document[0].run_id, self.name, "extractor-failed")


@dataclass(frozen=True)
class FindStage:
    """Articles → platforms, practices, laws and tips as spans."""

    name: ClassVar[str] = "find"
    tables: ClassVar[tuple[type, ...]] = (Mention, Practice, Law, TipSource, Drop)
    find: Find

    def documents(self, source: Path) -> Iterator[tuple[Article, list[Section], list[Edit]]]:
        sections, edits = _by_article(source, Section), _by_article(source, Edit)
        for article in read_rows(part_file(source, Article), Article):
            yield article, sections[article.article_id], edits[article.article_id]

    def __call__(self, document: tuple[Article, list[Section], list[Edit]]) -> Iterable[Any]:
        return self.find(*document)

    def lost(self, document: tuple[Article, list[Section], list[Edit]]) -> Drop:
        return Drop(document[0].url, None, self.name, "extractor-failed")


@dataclass(frozen=True)
class SignStage:
    """Articles and their mentions → signatures for comparing."""

    name: ClassVar[str] = "sign"
    tables: ClassVar[tuple[type, ...]] = (*SIGNATURE_TABLES, Drop)
    sign: Sign

    def documents(self, source: tuple[Path, Path]) -> Iterator[tuple[Article, list[Mention], list[Practice]]]:
        articles, found = source
        mentions, practices = _by_article(found, Mention), _by_article(found, Practice)
        for article in read_rows(part_file(articles, Article), Article):
            yield article, mentions[article.article_id], practices[article.article_id]

    def __call__(self, document: tuple[Article, list[Mention], list[Practice]]) -> Iterable[Any]:
        return self.sign(*document)

    def lost(self, document: tuple[Article, list[Mention], list[Practice]]) -> Drop:
        return Drop(document[0].url, None, self.name, "extractor-failed")


def _by_article(folder: Path, record: type) -> dict[str, list[Any]]:
    """Rows of one part by article, in order; a part is at most a thousand pages."""
    held: dict[str, list[Any]] = defaultdict(list)
    for row in read_rows(part_file(folder, record), record):
        held[row.article_id].append(row)
    return held


def chunks(fetches: Sequence[Fetch], size: int) -> Iterator[tuple[Fetch, ...]]:
    """Neighbours of one archive file; a file that grows changes its last chunk only."""
    for start in range(0, len(fetches), size):
        yield tuple(fetches[start : start + size])
