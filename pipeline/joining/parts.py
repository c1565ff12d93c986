"""Which parts of drafts an article part is made from: pages of one article may have been archived apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from pipeline.drafts import Draft, DraftLine
from pipeline.joining.chains import Chains
from pipeline.parts import part_file
from pipeline.questions import Questions
from pipeline.site_memory import Furniture, Recurring
from pipeline.stages import ArticleSource

QUESTIONS = Questions(Path(__file__).resolve().parent)

Page = tuple[str, str]  # article id and URL


@dataclass(frozen=True)
class _Further:
    """A further page, with all of it that decides on the key of its article's part."""

    furniture: Furniture
    digest: str


def article_sources(
    connection: duckdb.DuckDBPyConnection, parts: Sequence[Path], joined: Chains, known: Recurring
) -> Iterator[tuple[ArticleSource, tuple[object, ...]]]:
    """Each part's source, and what its key says beside the part's own name.

    That is the site furniture in it, the further pages of its divided articles and, of those in other parts,
    what they hold: news of other pages there leaves the key alone. Of its own pages its name tells.
    """
    wanted = {article_id for chain in joined.further.values() for article_id in chain}
    drafts = _drafts(connection, parts, wanted | joined.further.keys(), joined.continuations)
    place = {article_id: part for part in parts for article_id, _ in drafts[part]}  # of several the last
    chains = {part: _chains(joined, drafts[part]) for part in parts}
    apart = {one for part in parts for pages in chains[part].values() for one in pages if place[one] != part}
    holding = {place[one] for one in apart}
    held = _further(connection, [part for part in parts if part in holding], apart, known.furniture)
    for part, standing in zip(parts, known.by_part, strict=True):
        source = ArticleSource(
            part,
            {first: tuple((place[one], one) for one in pages) for first, pages in chains[part].items()},
            joined.continuations & {url for _, url in drafts[part]},
        )
        elsewhere = {one: held[one] for pages in chains[part].values() for one in pages if place[one] != part}
        furniture = standing.union(*(page.furniture for page in elsewhere.values()))
        said = list(chains[part].items()), sorted((one, page.digest) for one, page in elsewhere.items())
        yield source, (sorted(furniture), said, sorted(source.continuations))


def _chains(joined: Chains, drafts: Sequence[Page]) -> dict[str, tuple[str, ...]]:
    """The further pages of the articles that begin here."""
    firsts = sorted(article_id for article_id, _ in drafts if article_id in joined.further)
    return {first: joined.further[first] for first in firsts}


def _drafts(
    connection: duckdb.DuckDBPyConnection, parts: Sequence[Path], ids: Collection[str], urls: Collection[str]
) -> Mapping[Path, list[Page]]:
    """Those of divided articles, by part; most pages belong to none."""
    held: defaultdict[Path, list[Page]] = defaultdict(list)
    if ids or urls:
        asked = {"drafts": _files(parts, Draft), "ids": sorted(ids), "urls": sorted(urls)}
        for folder, *page in QUESTIONS.rows(connection, "divided_pages", **asked):
            held[Path(folder)].append((page[0], page[1]))
    return held


def _further(
    connection: duckdb.DuckDBPyConnection, parts: Sequence[Path], wanted: Collection[str], known: Furniture
) -> dict[str, _Further]:
    """The further pages by article id; of one that lies in several parts the last. Seldom any."""
    if not parts:
        return {}
    files = {"drafts": _files(parts, Draft), "draft_lines": _files(parts, DraftLine)}
    rows = QUESTIONS.rows(connection, "further_pages", ids=sorted(wanted), **files)
    place = {part: at for at, part in enumerate(parts)}
    return {
        article_id: _Further(known.intersection((site_id, key) for key in keys), digest)
        for _, article_id, site_id, digest, keys in sorted(rows, key=lambda row: place[Path(row[0])])
    }


def _files(parts: Sequence[Path], record: type) -> list[str]:
    return [str(part_file(part, record)) for part in parts]
