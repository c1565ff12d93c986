"""Which parts of drafts an article part is made from: pages of one article may have been archived apart."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
from pyarrow.compute import field

from pipeline.drafts import Draft, DraftLine
from pipeline.joining.chains import Chains
from pipeline.parts import part_file
from pipeline.stages import ArticleSource

Keys = frozenset[tuple[str, str]]  # (site_id, line key)


@dataclass(frozen=True)
class _Further:
    """A further page, with all of it that decides on the key of its article's part."""

    part: Path
    furniture: Keys
    digest: str


def article_sources(
    parts: Sequence[Path], joined: Chains, known: Keys
) -> Iterator[tuple[ArticleSource, tuple[object, ...]]]:
    """Each part's source, and what its key says beside the part's own name.

    That is the site furniture in it and, of divided articles, what their further pages hold, wherever these
    lie: news of other pages leaves the key alone.
    """
    wanted = {article_id for chain in joined.further.values() for article_id in chain}
    held = {article_id: page for part in parts for article_id, page in _further(part, wanted, known).items()}
    for part in parts:
        drafts = _drafts(part)
        urls = {draft["url"] for draft in drafts}
        chains = {
            first: joined.further[first]
            for first in sorted(draft["article_id"] for draft in drafts)
            if first in joined.further
        }
        pages = [held[article_id] for chain in chains.values() for article_id in chain]
        furniture = _furniture(part, drafts, known).union(*(page.furniture for page in pages))
        source = ArticleSource(
            part,
            {first: tuple((held[one].part, one) for one in chain) for first, chain in chains.items()},
            joined.continuations & urls,
        )
        said = [(first, [held[one].digest for one in chain]) for first, chain in chains.items()]
        yield source, (sorted(furniture), said, sorted(source.continuations))


def _drafts(part: Path) -> list[dict[str, Any]]:
    return pq.read_table(part_file(part, Draft), columns=["article_id", "site_id", "url"]).to_pylist()


def _furniture(part: Path, drafts: Sequence[Mapping[str, Any]], known: Keys) -> Keys:
    """The site furniture that stands in a part; lines that are furniture nowhere are not made objects of."""
    site_of = {draft["article_id"]: draft["site_id"] for draft in drafts}
    sites = set(site_of.values())
    keys = sorted(key for site, key in known if site in sites)
    if not keys:
        return frozenset()
    lines = pq.read_table(
        part_file(part, DraftLine), columns=["article_id", "key"], filters=field("key").isin(keys)
    ).to_pydict()
    pairs = zip(lines["article_id"], lines["key"], strict=True)
    return known.intersection((site_of[article_id], key) for article_id, key in pairs)


def _further(part: Path, wanted: Collection[str], known: Keys) -> dict[str, _Further]:
    """The further pages that lie in a part, by article id."""
    drafts = [draft for draft in _drafts(part) if draft["article_id"] in wanted]
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
