"""Which parts of drafts an article part is made from: pages of one article may have been archived apart."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
from pyarrow.compute import field

from pipeline.drafts import Draft, DraftLine
from pipeline.joining.chains import Chains
from pipeline.parts import part_file
from pipeline.site_memory import Furniture, Recurring
from pipeline.stages import ArticleSource


@dataclass(frozen=True)
class _Further:
    """A further page, with all of it that decides on the key of its article's part."""

    part: Path
    furniture: Furniture
    digest: str


def article_sources(
    parts: Sequence[Path], joined: Chains, known: Recurring
) -> Iterator[tuple[ArticleSource, tuple[object, ...]]]:
    """Each part's source, and what its key says beside the part's own name.

    That is the site furniture in it and, of divided articles, what their further pages hold, wherever these
    lie: news of other pages leaves the key alone.
    """
    wanted = {article_id for chain in joined.further.values() for article_id in chain}
    drafts = {part: _drafts(part, wanted | joined.further.keys(), joined.continuations) for part in parts}
    held = {
        article_id: page
        for part in parts
        for article_id, page in _further(part, drafts[part], wanted, known.furniture).items()
    }
    for part, standing in zip(parts, known.by_part, strict=True):
        urls = {draft["url"] for draft in drafts[part]}
        chains = {
            first: joined.further[first]
            for first in sorted(draft["article_id"] for draft in drafts[part])
            if first in joined.further
        }
        pages = [held[article_id] for chain in chains.values() for article_id in chain]
        source = ArticleSource(
            part,
            {first: tuple((held[one].part, one) for one in chain) for first, chain in chains.items()},
            joined.continuations & urls,
        )
        said = [(first, [held[one].digest for one in chain]) for first, chain in chains.items()]
        furniture = standing.union(*(page.furniture for page in pages))
        yield source, (sorted(furniture), said, sorted(source.continuations))


def _drafts(part: Path, ids: Collection[str], urls: Collection[str]) -> list[dict[str, Any]]:
    """Those of divided articles; most pages belong to none."""
    if not (ids or urls):
        return []
    divided = field("article_id").isin(sorted(ids)) | field("url").isin(sorted(urls))
    columns = ["article_id", "site_id", "url"]
    return pq.read_table(part_file(part, Draft), columns=columns, filters=divided).to_pylist()


def _further(
    part: Path, drafts: Sequence[dict[str, Any]], wanted: Collection[str], known: Furniture
) -> dict[str, _Further]:
    """The further pages that lie in a part, by article id."""
    drafts = [draft for draft in drafts if draft["article_id"] in wanted]
    if not drafts:
        return {}
    chosen = field("article_id").isin([draft["article_id"] for draft in drafts])
    rows: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for record in (Draft, DraftLine):
        for row in pq.read_table(part_file(part, record), filters=chosen).to_pylist():
            rows[row["article_id"]].append(row)
    found = {}
    for draft in drafts:
        said = rows[draft["article_id"]]
        keys = known.intersection((draft["site_id"], row["key"]) for row in said[1:])
        digest = hashlib.sha256(json.dumps(said, ensure_ascii=False, default=str).encode()).hexdigest()
        found[draft["article_id"]] = _Further(part, keys, digest)
    return found
