"""What each site shows of who runs it: fingerprints on most of its pages, and the texts that it has."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

import duckdb

from pipeline.copies.sql import rows
from pipeline.marks import ACCOUNTS

LEAST_PAGES = 3  # pages of a site that must show it, or all where there are fewer
FRAME_SHARE = 0.5  # most pages: a frame is the same on all, an advert beside it comes and goes
TEXT_SHARE = 0.6  # a contact block inside the text stands on most pages, an advert's on some
MOST_SITES = 30  # the largest known farm of one owner has fewer; adverts and hosts go far beyond

CONTACTS = frozenset(
    ("phone", "qq", "wechat", *ACCOUNTS)
)  # how to reach a person; a mailbox goes with its domain
REGISTERED = frozenset(("icp", "credit-code"))  # each names one registrant
T = TypeVar("T")
Key = tuple[str, int]  # kind of fingerprint, number of its value


@dataclass(frozen=True, slots=True)
class Standing:
    """One fingerprint on one site: where, on how many of its pages, and the first of them."""

    kind: str
    number: int
    place: str  # furniture | text
    site_id: str
    n_pages: int = 1
    page_share: float = 1.0
    article_id: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class SiteText:
    """One text, names left out, on one site."""

    site_id: str
    cluster: int
    n_pages: int = 1
    article_id: str = ""
    url: str = ""


@dataclass(frozen=True)
class Shown:
    """All that the sites show."""

    standing: tuple[Standing, ...]
    texts: tuple[SiteText, ...] = ()

    @cached_property
    def sites_of(self) -> Mapping[Key, Mapping[str, Standing]]:
        found: dict[Key, dict[str, Standing]] = defaultdict(dict)
        for row in self.standing:
            found[row.kind, row.number][row.site_id] = row
        return found

    @cached_property
    def prints_of(self) -> Mapping[str, frozenset[Key]]:
        return _grouped((row.site_id, (row.kind, row.number)) for row in self.standing)

    @cached_property
    def texts_of(self) -> Mapping[str, frozenset[int]]:
        return _grouped((row.site_id, row.cluster) for row in self.texts)

    def shown_by(self, site_id: str, kinds: frozenset[str]) -> frozenset[Key]:
        return frozenset(key for key in self.prints_of.get(site_id, frozenset()) if key[0] in kinds)


def shown(connection: duckdb.DuckDBPyConnection) -> Shown:
    """From current, sourced articles and their stories."""
    standing = rows(
        connection,
        "site_fingerprints",
        least_pages=LEAST_PAGES,
        frame_share=FRAME_SHARE,
        text_share=TEXT_SHARE,
        most_sites=MOST_SITES,
    )
    texts = rows(connection, "site_texts")
    return Shown(tuple(Standing(*row) for row in standing), tuple(SiteText(*row) for row in texts))


def _grouped(pairs: Iterable[tuple[str, T]]) -> Mapping[str, frozenset[T]]:
    found: dict[str, set[T]] = defaultdict(set)
    for site_id, said in pairs:
        found[site_id].add(said)
    return {site_id: frozenset(said) for site_id, said in found.items()}
