"""The four maps of a build as the part runner sees them: which files each reads, which tables it writes."""

from __future__ import annotations

import pickle
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, ClassVar

from crawler.archive import read_pages
from crawler.page import Fetch, Page
from pipeline.assemble import STAGE, Assemble, PageDraft
from pipeline.copies import SIGNATURE_TABLES, Sign
from pipeline.drafts import Draft, DraftContainer, DraftLine, DraftPassage
from pipeline.findings import Find, kept_find
from pipeline.parts import part_file, read_rows
from pipeline.read import Read
from pipeline.records import (
    Article,
    ArticlePage,
    Drop,
    Edit,
    Fingerprint,
    Law,
    LineRemoved,
    Mention,
    NameHint,
    Original,
    Practice,
    RepairNote,
    Section,
    TipCandidate,
    TipSource,
)
from pipeline.topic import Topic

PACKED = 1  # level: half of it is digests, which do not get shorter


@dataclass(frozen=True)
class Fetches:
    """Some fetches in order, packed: a build plans all its parts before it makes the first, and a million
    fetches as records would take a gigabyte."""

    packed: bytes
    count: int

    @classmethod
    def of(cls, fetches: Sequence[Fetch]) -> Fetches:
        return cls(zlib.compress(pickle.dumps(list(fetches)), PACKED), len(fetches))

    def __iter__(self) -> Iterator[Fetch]:
        yield from pickle.loads(zlib.decompress(self.packed))  # noqa: S301  what this build has packed

    def __len__(self) -> int:
        return self.count


@dataclass(frozen=True)
class ReadSource:
    """Committed fetches of one archive file, in the order of their records."""

    root: Path
    fetches: Fetches
    unsourced: frozenset[str]  # URLs nobody vouches for


@dataclass(frozen=True)
class ReadStage:
    """Archived responses → drafts."""

    name: ClassVar[str] = "read"
    tables: ClassVar[tuple[type, ...]] = (
        Draft, DraftLine, DraftContainer, DraftPassage, Fingerprint, Drop,
    )  # fmt: skip
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


Held = tuple[Path, str]  # the part that holds a draft, and its article id


@dataclass(frozen=True)
class ArticleSource:
    """A part of drafts, and what of divided articles concerns it; pages of one may lie in several parts."""

    part: Path
    further: Mapping[str, tuple[Held, ...]] = field(default_factory=dict)  # by the first page's id, in order
    continuations: frozenset[str] = frozenset()  # URLs of this part that are no articles of their own


@dataclass(frozen=True)
class ArticleStage:
    """Drafts and the site's furniture → articles."""

    name: ClassVar[str] = "article"
    tables: ClassVar[tuple[type, ...]] = (
        Article, ArticlePage, Section, Edit, RepairNote, LineRemoved, Original, Drop,
    )  # fmt: skip
    assemble: Assemble

    def documents(self, source: ArticleSource) -> Iterator[Drop | list[PageDraft]]:
        """The pages of each article, its first one in this part; a further page is only counted here."""
        elsewhere = _pages_of(source.further.values())
        for draft, lines in _drafts(source.part):
            if draft.url in source.continuations:
                yield Drop(draft.url, draft.run_id, STAGE, "continuation")
            else:
                further = source.further.get(draft.article_id, ())
                yield [(draft, lines), *(elsewhere[held] for held in further)]

    def __call__(self, document: Drop | list[PageDraft]) -> Iterable[Any]:
        if isinstance(document, Drop):
            return [document]
        (draft, lines), *further = document
        return self.assemble(draft, lines, further)

    def lost(self, document: Drop | list[PageDraft]) -> Drop:
        if isinstance(document, Drop):
            return document
        draft = document[0][0]
        return Drop(draft.url, draft.run_id, self.name, "extractor-failed")


@dataclass(frozen=True)
class FindStage:
    """Articles → platforms, practices, laws and tips as spans."""

    name: ClassVar[str] = "find"
    tables: ClassVar[tuple[type, ...]] = (Mention, Practice, Law, TipSource, TipCandidate, NameHint, Drop)
    topic: Topic

    @cached_property
    def find(self) -> Find:
        """Made where it is used: its patterns take a second, which who hands the work out need not spend."""
        return kept_find(self.topic)

    def documents(self, source: Path) -> Iterator[tuple[Article, list[Section], list[Edit]]]:
        """A mistake in the topic is raised here: it is no page's fault."""
        _ = self.find
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


def _drafts(part: Path) -> Iterator[PageDraft]:
    lines = _by_article(part, DraftLine)
    for draft in read_rows(part_file(part, Draft), Draft):
        yield draft, lines[draft.article_id]


def _pages_of(chains: Iterable[Sequence[Held]]) -> dict[Held, PageDraft]:
    """The further pages, from the parts that hold them."""
    wanted: dict[Path, set[str]] = defaultdict(set)
    for chain in chains:
        for part, article_id in chain:
            wanted[part].add(article_id)
    return {
        (part, draft.article_id): (draft, lines)
        for part, ids in wanted.items()
        for draft, lines in _drafts(part)
        if draft.article_id in ids
    }


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
