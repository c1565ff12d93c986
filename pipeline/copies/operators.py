"""Sites that belong together, by contacts and registrations that they share.

Wrong links would make many voices one, and missed ones make one voice many; both are weighed, nothing is
certain, so every operator has a confidence and its evidence.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations

import duckdb

from pipeline.copies.sql import rows

LEAST_PAGES = 3  # pages of a site that must show it, or all where there are fewer
FURNITURE_SHARE = 0.2  # layouts change, and one of five may show its contacts
TEXT_SHARE = 0.6  # a contact block inside the text stands on most pages, an advert's on some
MOST_SITES = 30  # the largest known farm of one owner has fewer; adverts and hosts go far beyond

# How much a kind says by itself: judgement, not measurement. A registration is checked by an authority; a
# telephone or mailbox has one owner; analytics accounts are kept by agencies for many.
WEIGHTS = {"icp": 0.95, "phone": 0.8, "email": 0.8, "qq": 0.75, "wechat": 0.75, "analytics": 0.6}
TEXT_WEIGHT = 0.7  # in the text, not in the site's furniture
OTHER_REGISTRANT = (
    0.75  # both are registered, under nothing in common: contacts say less, accounts too little
)
LINK = 0.5  # one contact in the furniture, or two in the text


@dataclass(frozen=True, slots=True)
class Shared:
    """One fingerprint that stands on a substantial share of a site's pages."""

    kind: str
    keyed_hash: str
    place: str
    site_id: str


@dataclass(frozen=True, slots=True)
class Operator:
    """Sites in order of their ids; the weakest link that holds them together; what they share."""

    sites: tuple[str, ...]
    confidence: float
    kinds: tuple[str, ...]

    @property
    def evidence(self) -> str:
        """Kinds and sites: no value, no hash."""
        return f"{', '.join(self.kinds)}: {', '.join(self.sites)}"


@dataclass(frozen=True, slots=True)
class Link:
    """How surely two sites belong together."""

    weight: float
    left: str
    right: str
    kinds: frozenset[str]


def find_operators(connection: duckdb.DuckDBPyConnection) -> list[Operator]:
    """From the fingerprints of current, sourced articles."""
    found = rows(
        connection,
        "shared_fingerprints",
        least_pages=LEAST_PAGES,
        furniture_share=FURNITURE_SHARE,
        text_share=TEXT_SHARE,
        most_sites=MOST_SITES,
    )
    registered: dict[str, set[str]] = defaultdict(set)
    for site_id, keyed_hash in rows(connection, "site_registrations"):
        registered[site_id].add(keyed_hash)
    return operators([Shared(*row) for row in found], registered)


def operators(shared: Iterable[Shared], registered: Mapping[str, set[str]]) -> list[Operator]:
    """Sites joined by links, the surest first; in the order of their first sites."""
    group: dict[str, set[str]] = {}
    weakest: dict[str, float] = {}
    kinds: dict[str, set[str]] = {}
    for link in sorted(links(shared, registered), key=lambda link: (-link.weight, link.left, link.right)):
        left, right = group.setdefault(link.left, {link.left}), group.setdefault(link.right, {link.right})
        if left is not right:
            left |= right
            for site in right:
                group[site] = left
            first = min(left)
            weakest[first] = link.weight  # links come in falling order
            kinds[first] = set().union(*(kinds.get(site, ()) for site in left))
        kinds.setdefault(min(left), set()).update(link.kinds)
    sites = {min(joined): tuple(sorted(joined)) for joined in group.values()}
    return [
        Operator(sites[first], round(weakest[first], 3), tuple(sorted(kinds[first])))
        for first in sorted(sites)
    ]


def links(shared: Iterable[Shared], registered: Mapping[str, set[str]]) -> list[Link]:
    """Pairs of sites whose shared fingerprints, taken as independent, say enough."""
    by_print: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    for row in shared:
        by_print[row.kind, row.keyed_hash][row.site_id] = row.place
    doubt: dict[tuple[str, str], float] = defaultdict(lambda: 1.0)
    kinds: dict[tuple[str, str], set[str]] = defaultdict(set)
    for (kind, _), places in sorted(by_print.items()):
        for left, right in combinations(sorted(places), 2):
            doubt[left, right] *= 1 - _weight(kind, places[left], places[right])
            kinds[left, right].add(kind)
    found = []
    for left, right in sorted(doubt):
        weight = 1 - doubt[left, right]
        if _other_registrant(registered.get(left, set()), registered.get(right, set())):
            weight *= OTHER_REGISTRANT
        if weight >= LINK:
            found.append(Link(weight, left, right, frozenset(kinds[left, right])))
    return found


def _weight(kind: str, *places: str) -> float:
    return WEIGHTS.get(kind, 0.0) * (1 if set(places) == {"furniture"} else TEXT_WEIGHT)


def _other_registrant(left: set[str], right: set[str]) -> bool:
    return bool(left and right and left.isdisjoint(right))
