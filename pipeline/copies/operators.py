"""Sites that belong together, by contacts and registrations that they share.

Wrong links would make many voices one, and missed ones make one voice many; the first is the greater damage,
so that what several owners may share is never evidence. Nothing is certain: every operator has a confidence
and its evidence.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.copies.site_groups import Group, Groups
from pipeline.copies.site_links import TEXTS, TEXTS_WEIGHT, WEIGHTS, Link, SiteLinks, surest_first
from pipeline.copies.site_prints import Key, Shown, Standing
from pipeline.copies.third_parties import third_parties
from pipeline.tables.copies import OperatorEvidence


@dataclass(frozen=True, slots=True)
class Shared:
    """One thing that sites of an operator have in common, where each has it, and what it says by itself."""

    kind: str
    weight: float
    standing: tuple[Standing, ...]


@dataclass(frozen=True, slots=True)
class Operator:
    """Sites in order of their ids; the weakest link that holds them together; what they share."""

    sites: tuple[str, ...]
    confidence: float
    evidence: tuple[Shared, ...]

    @property
    def said(self) -> str:
        """Kinds and sites: no value, no hash."""
        sites: dict[str, set[str]] = defaultdict(set)
        for shared in self.evidence:
            sites[shared.kind].update(row.site_id for row in shared.standing)
        return "; ".join(f"{kind}: {', '.join(sorted(held))}" for kind, held in sorted(sites.items()))


def operators(shown: Shown) -> list[Operator]:
    """Sites joined by links, the surest first; in the order of their first sites.

    Shared texts join two groups only where each part of one is alike each part of the other, so that they
    never lead on from site to site; contacts and registrations do: A has B's telephone, B C's registration.
    """
    held = SiteLinks(shown, third_parties(shown))
    groups = Groups({})
    for link in sorted(held.links(), key=surest_first):
        groups.join(link)
    for link in groups.complete([Link(TEXTS_WEIGHT, *pair, frozenset([TEXTS])) for pair in held.alike()]):
        groups.join(link)
    return [_operator(group, shown) for group in groups.found()]


def evidence_rows(operator: Operator, operator_id: str) -> Iterator[OperatorEvidence]:
    """One per shared thing and site."""
    for ordinal, shared in enumerate(operator.evidence, start=1):
        for row in shared.standing:
            pages = (row.n_pages, row.page_share, row.article_id, row.url)
            about = (operator_id, ordinal, shared.kind, shared.weight)
            yield OperatorEvidence(*about, row.site_id, row.place, *pages)


def _operator(group: Group, shown: Shown) -> Operator:
    evidence = [_shared(key, group.sites, shown) for key in sorted(group.keys)]
    known = sorted(evidence, key=lambda shared: (shared.kind, [row.site_id for row in shared.standing]))
    return Operator(tuple(sorted(group.sites)), round(group.weakest, 3), tuple(known))


def _shared(key: Key, sites: set[str], shown: Shown) -> Shared:
    if key == TEXTS:
        return Shared("texts", TEXTS_WEIGHT, tuple(_texts(sites, shown)))
    standing = tuple(row for site, row in sorted(shown.sites_of[key].items()) if site in sites)
    return Shared(key[0], WEIGHTS[key[0]], standing)


def _texts(sites: set[str], shown: Shown) -> Iterator[Standing]:
    """Per site the pages with a text that another of these sites has, too."""
    for site in sorted(sites):
        elsewhere = frozenset[int]().union(*(shown.texts_of.get(other, ()) for other in sites - {site}))
        rows = [row for row in shown.texts if row.site_id == site]
        same = [row for row in rows if row.cluster in elsewhere]
        if same:
            pages, first = sum(row.n_pages for row in same), min(same, key=lambda row: row.url)
            share = round(pages / sum(row.n_pages for row in rows), 4)
            yield Standing("texts", 0, "text", site, pages, share, first.article_id, first.url)
